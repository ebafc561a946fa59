import { ShiftList } from '@/components/traffic/shifts/shift-list';

export default async function Page({ params }: { params: Promise<{ source: string }> }) {
  const { source } = await params;
  return <ShiftList source={decodeURIComponent(source)} />;
}
