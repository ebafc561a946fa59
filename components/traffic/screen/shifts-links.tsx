'use client';
import Link from 'next/link';
import { shiftsPath } from '@/components/shell/addresses';
import type { ListedSource } from '@/lib/api/routes';
import { useSpeech } from '@/lib/i18n/react';

/** To the TrafficShifts of each cluster: App Mesh APIs have none. Only of several is each named. */
export function ShiftsLinks({ sources }: { sources: readonly ListedSource[] }) {
  const { t } = useSpeech();
  const clusters = sources.filter(({ kind }) => kind === 'kubernetes');
  return clusters.map(({ id, name }) => (
    <Link key={id} href={shiftsPath(id)}>
      {clusters.length === 1 ? t('shifts.title') : t('routes.shifts', { name })}
    </Link>
  ));
}
