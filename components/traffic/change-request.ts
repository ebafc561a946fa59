/** A change of weights on its way to the server: from a draft, or from an entry of the history. */
import type { WeightsRequest } from '@/lib/api/weights';
import type { HistoryEntry, Route, Router } from '@/lib/mesh/model';
import { blastRadius, draftTargets, seenTargets, writtenObject } from '@/lib/mesh/weights';
import type { BlastRadius, DraftBase, SeenTarget, WeightsDraft } from '@/lib/mesh/weights';
import { undoTargets } from './undo';

export type Proposal = { kind: 'draft'; draft: WeightsDraft } | { kind: 'undo'; entry: HistoryEntry };

export interface WantedChange {
  base: DraftBase;
  targets: SeenTarget[];
  undo?: string | undefined;
}

/** What a proposal asks for. An undo is measured against what is live now, a draft against what it was begun from. */
export function wantedChange(proposal: Proposal, router: Router, route: Route): WantedChange {
  if (proposal.kind === 'draft') return { base: proposal.draft.base, targets: draftTargets(proposal.draft) };
  const { uid, resourceVersion } = writtenObject(router, route);
  return {
    base: { uid, resourceVersion, targets: seenTargets(route) },
    targets: undoTargets(route, proposal.entry),
    undo: proposal.entry.id,
  };
}

const plain = (targets: readonly SeenTarget[]) =>
  targets.map(({ node, weight, port }) => ({ node, weight, ...(port === undefined ? {} : { port }) }));

/**
 * The request body. Seen weights that the contract cannot carry (a live 33.5 or 110) are left out; the object's version
 * then guards alone.
 */
export function requestOf(
  { base, targets, undo }: WantedChange,
  options: { dryRun: boolean; reason: string; acknowledgeOwner: boolean },
): WeightsRequest {
  const { uid, resourceVersion } = base;
  const carried = base.targets.every(
    ({ weight }) => Number.isInteger(weight) && weight >= 0 && weight <= 100,
  );
  const reason = options.reason.trim();
  return {
    targets: plain(targets),
    expected: { uid, resourceVersion, ...(carried ? { targets: plain(base.targets) } : {}) },
    ...(reason === '' ? {} : { reason }),
    ...(options.dryRun ? { dryRun: true } : {}),
    ...(undo === undefined ? {} : { undo }),
    ...(options.acknowledgeOwner ? { acknowledgeOwner: true } : {}),
  };
}

/** How much a change moves of the traffic it was measured against. */
export const radiusOf = ({ base, targets }: WantedChange): BlastRadius => blastRadius(base.targets, targets);
