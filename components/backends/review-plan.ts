/** What is sent for a draft, and what is sent to take it back. */
import type { BackendsWrite, BulkBackendsAnswer, BulkBackendsRequest } from '@/lib/api/backends';
import type { NodePlan } from '@/lib/mesh/backends/edits';

type Changes = BulkBackendsRequest['changes'];

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

const placeOf = ({ source, namespace, node }: BackendsWrite): string =>
  JSON.stringify([source, namespace, node]);

/** What the last attempt that reached a node says of it; `undefined` where none did. */
export const undoOf = (
  write: BackendsWrite,
  attempts: readonly BulkBackendsAnswer[],
): BackendsWrite | undefined =>
  attempts
    .flatMap(({ writes }) => writes)
    .findLast((attempt) => attempt.state !== 'notSent' && placeOf(attempt) === placeOf(write));

/** A server that could not be reached may be asked again; one that said no says it again. */
const final = (attempt: BackendsWrite | undefined): boolean =>
  attempt?.state === 'refused' && (attempt.problem?.status ?? 500) < 500;

/**
 * The request that takes back what stands of `done` after some attempts, the last write first. Writes that cannot be taken back
 * are left out: since all are rehearsed before any is sent, one of them would hold up the rest.
 */
export const undoChanges = (done: BulkBackendsAnswer, attempts: readonly BulkBackendsAnswer[]): Changes =>
  done.writes
    .filter((write) => {
      const attempt = undoOf(write, attempts);
      return write.state === 'applied' && attempt?.state !== 'applied' && !final(attempt);
    })
    .reverse()
    .flatMap(({ source, namespace, node, answer }) => {
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

/** Of the nodes that were applied, so many are taken back. */
export function undoAccount(
  done: BulkBackendsAnswer,
  attempts: readonly BulkBackendsAnswer[],
): { applied: number; undone: number } {
  const applied = done.writes.filter(({ state }) => state === 'applied');
  const undone = applied.filter((write) => undoOf(write, attempts)?.state === 'applied');
  return { applied: applied.length, undone: undone.length };
}
