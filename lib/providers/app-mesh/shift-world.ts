/** What a shift needs to know of its routers and nodes, read from the objects and the models they make. */
import { nodeKey, parseEntityKey, routerKey } from '@/lib/mesh/keys';
import type { Entity, MeshModel, Router } from '@/lib/mesh/model';
import { cannotAnswer } from '@/lib/mesh/readiness';
import { targetReference } from '@/lib/mesh/weights';
import { nodeName } from '@/lib/shifts';
import type { NodeState, RouteFacts, RouterFacts, ShiftSpec } from '@/lib/shifts';
import type { RawObject } from './resources';
import { LOCK_ANNOTATION } from './shifts';

function routesOf(router: Router): RouteFacts[] {
  return router.routes
    .filter((route) => route.protocol !== 'unknown')
    .filter(({ name }) => router.routes.filter((other) => other.name === name).length === 1)
    .map(({ name, targets }) => ({
      name,
      targets: targets.map((target) => ({
        node: targetReference(target),
        weight: target.weight,
        ...(target.port === undefined ? {} : { port: target.port }),
      })),
    }));
}

/** The generation the control plane holds: it leaves an old Active in place when a later generation fails. */
function acceptedGeneration({ conditions, observedGeneration }: Router): number | undefined {
  const active = conditions.some(({ type, status }) => type.endsWith('Active') && status === 'True');
  return active ? observedGeneration : undefined;
}

/**
 * One router. `raw` was read live, and `models` were built with it in its place. A router that no model can show has no route
 * that could be shifted.
 */
export function routerFacts(raw: RawObject, models: readonly MeshModel[]): RouterFacts {
  const { uid, generation = 0, namespace = '', name, annotations } = raw.metadata;
  const key = routerKey(namespace, name);
  const router = models
    .flatMap((model) => model.entities.get(key) ?? [])
    .find((each) => each.kind === 'router');
  const lock = annotations?.[LOCK_ANNOTATION];
  const known = { uid, generation, ...(lock === undefined ? {} : { lock }) };
  if (router === undefined) return { ...known, ownership: { manager: 'none' }, routes: [] };
  const accepted = acceptedGeneration(router);
  const { acceptance, problem } = router;
  return {
    ...known,
    ...(accepted === undefined ? {} : { acceptedGeneration: accepted }),
    ...(acceptance === 'rejected' && problem !== undefined
      ? { rejection: { message: problem.message, atMs: Date.parse(problem.at) } }
      : {}),
    ownership: router.ownership,
    routes: routesOf(router),
  };
}

/** The mesh a router belongs to. */
export const meshOf = (
  models: readonly MeshModel[],
  namespace: string,
  router: string,
): MeshModel | undefined =>
  models.find(({ entities }) => entities.get(routerKey(namespace, router))?.kind === 'router');

/** The node behind a name as a route gives it, in the models that were read. */
export function nodeOf(models: readonly MeshModel[], name: string): Entity | undefined {
  if (!name.startsWith('arn:')) {
    const [namespace = '', ...rest] = name.split('/');
    const key = nodeKey(namespace, rest.join('/'));
    return models.flatMap(({ entities }) => entities.get(key) ?? [])[0];
  }
  const targets = models.flatMap(({ entities }) =>
    [...entities.values()].flatMap((each) =>
      each.kind === 'router' ? each.routes.flatMap((route) => route.targets) : [],
    ),
  );
  const found = targets.find(({ arn }) => arn === name);
  const isNode = found !== undefined && parseEntityKey(found.key)?.kind === 'node';
  return isNode ? models.flatMap(({ entities }) => entities.get(found.key) ?? [])[0] : undefined;
}

function stateOf(models: readonly MeshModel[], name: string): NodeState {
  const node = nodeOf(models, name);
  // What another account or cluster runs is nothing this one could know.
  if (node?.kind !== 'node') return name.startsWith('arn:') ? 'unknown' : 'missing';
  if (cannotAnswer(node)) return 'notReady';
  return node.workload.ready > 0 ? 'ready' : 'unknown';
}

/** The nodes that a shift names, by their full names. */
export function nodeStates(
  { routes }: Pick<ShiftSpec, 'routes'>,
  namespace: string,
  models: readonly MeshModel[],
): Record<string, NodeState> {
  const names = routes.flatMap(({ from, to }) => [nodeName(from, namespace), nodeName(to, namespace)]);
  return Object.fromEntries([...new Set(names)].map((name) => [name, stateOf(models, name)]));
}
