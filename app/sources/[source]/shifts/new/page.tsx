import { NewShift } from '@/components/traffic/shifts/new-shift';

export default async function Page({
  params,
  searchParams,
}: {
  params: Promise<{ source: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { source } = await params;
  const { router, route, like, swapped } = await searchParams;
  const text = (part: string | string[] | undefined) => (typeof part === 'string' ? part : '');
  return (
    <NewShift
      source={decodeURIComponent(source)}
      router={text(router)}
      route={text(route)}
      like={text(like)}
      swapped={swapped !== undefined}
    />
  );
}
