/** The patches of a shift. Each tests the version that was read: one made by an engine that has lost its turn does nothing. */
import type { HistoryEntry } from '@/lib/mesh/model';
import type { Effect } from '@/lib/shifts';
import { HISTORY_ANNOTATION } from './history';
import { annotationOps, historyWith, weightsPatch } from './patch';
import type { JsonPatchOp } from './patch';
import type { RawObject } from './resources';
import { LOCK_ANNOTATION, SHIFT_FINALIZER } from './shifts';

type Write = Extract<Effect, { kind: 'write' }>;

const seenVersion = ({ metadata }: RawObject): JsonPatchOp[] => [
  { op: 'test', path: '/metadata/uid', value: metadata.uid },
  { op: 'test', path: '/metadata/resourceVersion', value: metadata.resourceVersion },
];

const plain = (targets: Write['routes'][number]['before']) =>
  targets.map(({ node, weight }) => ({ node, weight }));

/**
 * The patch that takes the lock and gives the routes their weights, with an entry of the history for each; `undefined` where the
 * router is not as it was when this was decided. `at` is ISO 8601.
 */
export function shiftWritePatch(
  router: RawObject,
  write: Write,
  lock: string,
  at: string,
): JsonPatchOp[] | undefined {
  const { routes, intent, by, reason } = write;
  const changes: JsonPatchOp[] = [];
  for (const { route, after } of routes) {
    const made = weightsPatch(router, route, after);
    if (!made.ok) return undefined;
    changes.push(...made.patch);
  }
  const [first, ...rest] = routes.map(({ route, before, after }, i): HistoryEntry => ({
    id: `${lock.split('/').at(-1) ?? ''}.${intent}${i === 0 ? '' : `.${i}`}`,
    at,
    by,
    reason,
    route,
    before: plain(before),
    after: plain(after),
  }));
  const history = first === undefined ? {} : { [HISTORY_ANNOTATION]: historyWith(router, first, ...rest) };
  const annotations = annotationOps(router, { [LOCK_ANNOTATION]: lock, ...history });
  return [...seenVersion(router), ...changes, ...annotations];
}

const LOCK_PATH = `/metadata/annotations/${LOCK_ANNOTATION.replaceAll('/', '~1')}`;

/** Takes the lock off, where it is this one. */
export const unlockPatch = (router: RawObject, lock: string): JsonPatchOp[] => [
  { op: 'test', path: '/metadata/uid', value: router.metadata.uid },
  { op: 'test', path: LOCK_PATH, value: lock },
  { op: 'remove', path: LOCK_PATH },
];

/** The finalizers of a shift with ours among them, or without. */
export function finalizerPatch(shift: RawObject, on: boolean): JsonPatchOp[] {
  const { finalizers } = shift.metadata as { finalizers?: string[] }; // checked when the shift was read
  const others = (finalizers ?? []).filter((each) => each !== SHIFT_FINALIZER);
  return [
    ...seenVersion(shift),
    { op: 'add', path: '/metadata/finalizers', value: on ? [...others, SHIFT_FINALIZER] : others },
  ];
}
