'use client';
import Link from 'next/link';
import { newShiftPath } from '@/components/shell/addresses';
import { useSpeech } from '@/lib/i18n/react';
import type { Route, Router } from '@/lib/mesh/model';
import { ShiftSign } from './shift-sign';

/** From a route to the shift that holds its router, or to a new one. */
export function ShiftEntry({ source, router, route }: { source: string; router: Router; route: Route }) {
  const { t } = useSpeech();
  const { ref, ownership } = router;
  if (ownership.manager === 'shift') return <ShiftSign source={source} owner={ownership} named />;
  // A router of an App Mesh API has no namespace, and no shift can be made for it.
  if (ref.namespace === '' || route.protocol === 'unknown' || route.targets.length < 2) return null;
  return (
    <Link href={newShiftPath(source, { router: `${ref.namespace}/${ref.name}`, route: route.name })}>
      {t('shifts.byPlan')}
    </Link>
  );
}
