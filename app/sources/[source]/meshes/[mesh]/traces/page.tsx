import { TracesScreen } from '@/components/telemetry/traces/traces-screen';

export default async function Page({ params }: { params: Promise<{ source: string; mesh: string }> }) {
  const { source, mesh } = await params;
  return <TracesScreen source={decodeURIComponent(source)} mesh={decodeURIComponent(mesh)} />;
}
