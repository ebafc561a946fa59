/** Taking back what a change of several routes has applied: what of it still stands, and what is to be sent for that. */
import type { BulkAnswer, BulkRequest, BulkWrite } from '@/lib/api/weights';
import { undoing } from '../undo-writes';

export const { undoOf, standing, undoAccount } = undoing<BulkWrite>(
  ({ source, mesh = '', namespace, router, routes }) =>
    JSON.stringify([source, mesh, namespace, router, [...routes].sort()]),
);

/** The request that takes back what stands of `done` after some attempts. */
export const undoChanges = (done: BulkAnswer, attempts: readonly BulkAnswer[]): BulkRequest['changes'] =>
  standing(done, attempts).flatMap(({ source, mesh, namespace, router, routes, answers = [] }) =>
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
