import { TrafficScreen } from '@/components/traffic/screen/traffic-screen';

export default function Page() {
  return <TrafficScreen />;
}
