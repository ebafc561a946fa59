/** JSON Patches for weights. Everything the caller saw is tested, so that a patch made for another state of the route fails as a whole. */
import type { HistoryEntry } from '@/lib/mesh/model';
import { virtualRouterCr } from './cr';
import type { WeightedTargetCr } from './cr';
import { HISTORY_ANNOTATION, readHistory, writeHistory } from './history';
import type { RawObject } from './resources';
import { routeBody } from './routes';
import { shellQuoted } from './shell';

export type JsonPatchOp =
  { op: 'test' | 'add' | 'replace'; path: string; value: unknown } | { op: 'remove'; path: string };

/** A weight wanted for one target. `node` is namespace/name, or the ARN where the route names an ARN. */
export interface WantedWeight {
  node: string;
  weight: number;
  /** Needed only where one route names the same node twice. */
  port?: number | undefined;
}

export type WeightsPatch =
  | { ok: true; patch: JsonPatchOp[] }
  /** malformed: the router cannot be read. unknownRoute: no such route, or several of the name. uneditable: no known body. targetsDiffer: `next` does not name the route's targets one by one. */
  | { ok: false; kind: 'malformed' | 'unknownRoute' | 'uneditable' | 'targetsDiffer' };

/** How requests and the history name a target. */
export function targetName(target: WeightedTargetCr, namespace: string): string {
  if (target.virtualNodeARN) return target.virtualNodeARN;
  return `${target.virtualNodeRef?.namespace || namespace}/${target.virtualNodeRef?.name ?? ''}`;
}

const pointer = (...parts: (string | number)[]) =>
  parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function locate(router: RawObject, routeName: string) {
  const parsed = virtualRouterCr.safeParse(router);
  if (!parsed.success) return { ok: false, kind: 'malformed' } as const;
  const routes = parsed.data.spec.routes ?? [];
  const matching = routes.flatMap((route, index) => (route.name === routeName ? [{ route, index }] : []));
  const [only] = matching;
  if (!only || matching.length > 1) return { ok: false, kind: 'unknownRoute' } as const;
  const found = routeBody(only.route);
  if (!found) return { ok: false, kind: 'uneditable' } as const;
  const path = ['spec', 'routes', only.index, found.field, 'action', 'weightedTargets'] as const;
  return { ok: true, index: only.index, path, targets: found.body.action.weightedTargets } as const;
}

/** Weight wanted for each target of the route in its order; `undefined` when `next` and the targets do not match one to one. */
function assign(
  targets: readonly WeightedTargetCr[],
  next: readonly WantedWeight[],
  namespace: string,
): number[] | undefined {
  if (targets.length !== next.length) return undefined;
  const open = [...next];
  const weights: number[] = [];
  for (const target of targets) {
    const name = targetName(target, namespace);
    const exact = open.findIndex((each) => each.node === name && each.port === (target.port ?? undefined));
    const at = exact < 0 ? open.findIndex((each) => each.node === name && each.port === undefined) : exact;
    const [taken] = at < 0 ? [] : open.splice(at, 1);
    if (!taken) return undefined;
    weights.push(taken.weight);
  }
  return weights;
}

/** Writes annotations over what the router was seen with; each one that was there is tested. */
export function annotationOps(
  { metadata }: RawObject,
  wanted: Readonly<Record<string, string>>,
): JsonPatchOp[] {
  const { annotations } = metadata;
  const first: JsonPatchOp[] =
    annotations === undefined ? [{ op: 'add', path: '/metadata/annotations', value: {} }] : [];
  return Object.entries(wanted).reduce((ops, [name, text]) => {
    const path = pointer('metadata', 'annotations', name);
    const old = annotations?.[name];
    if (old === undefined) return [...ops, { op: 'add', path, value: text }];
    return [...ops, { op: 'test', path, value: old }, { op: 'replace', path, value: text }];
  }, first);
}

/** The history with these changes on top, the last of them first. */
export function historyWith(
  router: RawObject,
  first: HistoryEntry,
  ...rest: readonly HistoryEntry[]
): string {
  const old = readHistory(router.metadata.annotations?.[HISTORY_ANNOTATION]);
  return rest.reduce((text, entry) => writeHistory(readHistory(text), entry), writeHistory(old, first));
}

/**
 * The patch that gives one route its new weights and writes `entry` on top of the history. It tests uid, the route's name
 * and its list of targets as a whole (order, references, ports, old weights), and touches nothing but weights and the annotation. Not for adding or removing targets.
 */
export function weightsPatch(
  router: RawObject,
  routeName: string,
  next: readonly WantedWeight[],
  entry?: HistoryEntry,
): WeightsPatch {
  const place = locate(router, routeName);
  if (!place.ok) return place;
  const { targets, path, index } = place;
  const weights = assign(targets, next, router.metadata.namespace ?? '');
  if (!weights) return { ok: false, kind: 'targetsDiffer' };
  const tests: JsonPatchOp[] = [
    { op: 'test', path: '/metadata/uid', value: router.metadata.uid },
    { op: 'test', path: pointer('spec', 'routes', index, 'name'), value: routeName },
    { op: 'test', path: pointer(...path), value: targets },
  ];
  const changes: JsonPatchOp[] = [];
  targets.forEach((target, at) => {
    const weight = weights[at];
    if (weight !== undefined && weight !== target.weight)
      changes.push({ op: 'replace', path: pointer(...path, at, 'weight'), value: weight });
  });
  return {
    ok: true,
    patch: [
      ...tests,
      ...changes,
      ...(entry ? annotationOps(router, { [HISTORY_ANNOTATION]: historyWith(router, entry) }) : []),
    ],
  };
}

/** New weights for one route of a router, with what the history is to say of it. */
export interface RouteWeights {
  route: string;
  next: readonly WantedWeight[];
  entry?: HistoryEntry | undefined;
}

/** Like `weightsPatch` for several routes of one router: all of them change or none does. Tells which one cannot. */
export function routesPatch(
  router: RawObject,
  changes: readonly RouteWeights[],
): Extract<WeightsPatch, { ok: true }> | (Extract<WeightsPatch, { ok: false }> & { route: string }) {
  const patch: JsonPatchOp[] = [];
  for (const { route, next } of changes) {
    const made = weightsPatch(router, route, next);
    if (!made.ok) return { ...made, route };
    patch.push(...made.patch);
  }
  const [first, ...rest] = changes.flatMap(({ entry }) => entry ?? []);
  const history = first && { [HISTORY_ANNOTATION]: historyWith(router, first, ...rest) };
  return { ok: true, patch: [...patch, ...(history ? annotationOps(router, history) : [])] };
}

/** The equal kubectl command, ready to paste into a POSIX shell. It leaves the history alone. `undefined` where there is no patch. */
export function kubectlWeightsCommand(
  router: RawObject,
  changes: readonly Pick<RouteWeights, 'route' | 'next'>[],
): string | undefined {
  const made = routesPatch(
    router,
    changes.map(({ route, next }) => ({ route, next })),
  );
  if (!made.ok) return undefined;
  const { name, namespace } = router.metadata;
  return [
    `kubectl -n ${namespace ?? 'default'} patch virtualrouters.appmesh.k8s.aws ${name}`,
    `--type=json -p ${shellQuoted(JSON.stringify(made.patch))}`,
  ].join(' ');
}
