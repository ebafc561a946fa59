'use client';
import { useState } from 'react';
import { screenWritable } from './writable';
import { useTopologyScope } from '@/components/topology/topology-context';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { DraftBar } from './draft-bar';
import { DraftEdges } from './draft-edges';
import { Review } from './review';
import { draftPlan } from './review-plan';
import type { Backends } from './use-backends';

/** The draft of the whitelist over the canvas. */
export function GraphDrafts({ backends, selected }: { backends: Backends; selected: EntityKey | undefined }) {
  const { t } = useSpeech();
  const { standing, sourceReadOnly } = useTopologyScope();
  const writable = screenWritable(standing, sourceReadOnly, t);
  return <DraftEdges backends={backends} selected={selected} writable={writable} />;
}

/** The same draft's bar below a screen, and its review. */
export function DraftFoot({ backends }: { backends: Backends }) {
  const [reviewing, setReviewing] = useState(false);
  return (
    <>
      <DraftBar backends={backends} onReview={() => setReviewing(true)} />
      {reviewing && (
        <Review backends={backends} plan={draftPlan(backends)} onClose={() => setReviewing(false)} />
      )}
    </>
  );
}
