/** What is sent for a draft, and what is sent to take it back. */
import type { BackendsWrite, BulkBackendsAnswer, BulkBackendsRequest } from '@/lib/api/backends';
import { undoing } from '@/components/traffic/undo-writes';
import { planOf } from '@/lib/mesh/backends/edits';
import type { NodePlan } from '@/lib/mesh/backends/edits';
import type { Impact } from '@/lib/mesh/backends/impact';
import type { Backends } from './use-backends';

type Changes = BulkBackendsRequest['changes'];

/** What a review is about. */
export interface ReviewPlan {
  plans: readonly NodePlan[];
  impact: Impact;
  changes: Changes;
  /** More may change than names tell: the YAML is shown. */
  whole?: boolean;
}

/** The draft as one change. */
export function draftPlan({ source, draft, list, impact }: Backends): ReviewPlan {
  const plans = planOf(draft, list);
  return { plans, impact, changes: changesOf(source, plans) };
}

/** One change for each node, measured against what was seen when the review was opened. */
export const changesOf = (source: string, plans: readonly NodePlan[]): Changes =>
  plans.map(({ namespace, name, allow, revoke, expected }) => ({
    source,
    namespace,
    node: name,
    ...(allow.length === 0 ? {} : { allow: allow.map((service) => ({ service })) }),
    ...(revoke.length === 0 ? {} : { revoke }),
    expected,
  }));

export const { undoOf, standing, undoAccount } = undoing<BackendsWrite>(({ source, namespace, node }) =>
  JSON.stringify([source, namespace, node]),
);

/** The request that takes back what stands of `done` after some attempts. */
export const undoChanges = (done: BulkBackendsAnswer, attempts: readonly BulkBackendsAnswer[]): Changes =>
  standing(done, attempts).flatMap(({ source, namespace, node, answer }) => {
    if (answer?.historyId === undefined) return [];
    const { uid, resourceVersion } = answer.node;
    return [
      {
        source,
        namespace,
        node,
        undo: answer.historyId,
        expected: { uid, resourceVersion, backends: answer.after },
      },
    ];
  });

/** What is typed to confirm: the node, where it is one; the service, where all is about one; else the mesh. */
export function confirmationName(plans: readonly NodePlan[], mesh: string): string {
  const [first] = plans;
  if (first !== undefined && plans.length === 1) return `${first.namespace}/${first.name}`;
  const services = new Set(plans.flatMap(({ allow, revoke }) => [...allow, ...revoke]));
  const [service] = services;
  return service !== undefined && services.size === 1 ? service : mesh;
}
