'use client';
import { useTold } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import type { EdgeKey } from '@/lib/mesh/topology';
import { figuresText } from './quantity-text';

/** What was measured of an edge, with who says so behind it. Nothing where nothing is known. */
export function EdgeFigures({ of, className }: { of: EdgeKey; className: string | undefined }) {
  const { t } = useSpeech();
  const observations = useTold(of)?.edge?.observations ?? [];
  const text = figuresText(observations, t, true);
  if (text === '') return null;
  return (
    <span className={className} title={observations.flatMap(({ witnesses }) => witnesses).join('\n')}>
      {text}
    </span>
  );
}
