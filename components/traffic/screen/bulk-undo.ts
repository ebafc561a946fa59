/** Taking back what a change of several routes has applied: what of it still stands, and what is to be sent for that. */
import type { BulkAnswer, BulkRequest, BulkWrite } from '@/lib/api/weights';

const placeOf = ({ source, mesh = '', namespace, router, routes }: BulkWrite): string =>
  JSON.stringify([source, mesh, namespace, router, [...routes].sort()]);

/** What the last attempt that named a write says of it; `undefined` where none did. */
export const undoOf = (write: BulkWrite, attempts: readonly BulkAnswer[]): BulkWrite | undefined =>
  attempts
    .flatMap(({ writes }) => writes)
    .findLast((attempt) => attempt.state !== 'notSent' && placeOf(attempt) === placeOf(write));

/** A server that could not be reached may be asked again; one that said no says it again. */
const final = (attempt: BulkWrite | undefined): boolean =>
  attempt?.state === 'refused' && (attempt.problem?.status ?? 500) < 500;

/**
 * The request that takes back what stands of `done` after some attempts, the last write first. Writes that cannot be taken back
 * are left out: since all are rehearsed before any is sent, one of them would hold up the rest.
 */
export const undoChanges = (done: BulkAnswer, attempts: readonly BulkAnswer[]): BulkRequest['changes'] =>
  done.writes
    .filter((write) => {
      const attempt = undoOf(write, attempts);
      return write.state === 'applied' && attempt?.state !== 'applied' && !final(attempt);
    })
    .reverse()
    .flatMap(({ source, mesh, namespace, router, routes, answers = [] }) =>
      answers.flatMap(({ before, after, historyId, router: left }, i) => {
        const route = routes[i];
        if (historyId === undefined || route === undefined) return [];
        const { uid, resourceVersion } = left;
        return [
          {
            ...{ source, namespace, router, route, targets: before, undo: historyId },
            ...(mesh === undefined ? {} : { mesh }),
            expected: { uid, resourceVersion, targets: after },
          },
        ];
      }),
    );

/** How the attempts went over all: of the writes that were applied, so many are taken back. */
export function undoAccount(
  done: BulkAnswer,
  attempts: readonly BulkAnswer[],
): { applied: number; undone: number } {
  const applied = done.writes.filter(({ state }) => state === 'applied');
  const undone = applied.filter((write) => undoOf(write, attempts)?.state === 'applied');
  return { applied: applied.length, undone: undone.length };
}
