import { BackendsScreen } from '@/components/backends/backends-screen';

export default async function Page({ params }: { params: Promise<{ source: string; mesh: string }> }) {
  const { source, mesh } = await params;
  return <BackendsScreen source={decodeURIComponent(source)} mesh={decodeURIComponent(mesh)} />;
}
