import { ShiftRun } from '@/components/traffic/shifts/shift-run';

export default async function Page({
  params,
}: {
  params: Promise<{ source: string; namespace: string; name: string }>;
}) {
  const { source, namespace, name } = await params;
  return (
    <ShiftRun
      source={decodeURIComponent(source)}
      namespace={decodeURIComponent(namespace)}
      name={decodeURIComponent(name)}
    />
  );
}
