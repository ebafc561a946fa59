import { TopologyScreen } from '@/components/topology/topology-screen';

export default async function Page({ params }: { params: Promise<{ source: string; mesh: string }> }) {
  const { source, mesh } = await params;
  return <TopologyScreen source={decodeURIComponent(source)} mesh={decodeURIComponent(mesh)} />;
}
