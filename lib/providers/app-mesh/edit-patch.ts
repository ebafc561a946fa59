/** JSON Patches that add or take away a route or a target. What was read is tested: uid, version, and the route as a whole. */
import type { HistoryEntry, Route } from '@/lib/mesh/model';
import type { RouterEdit } from '@/lib/mesh/routing/edits';
import { virtualRouterCr } from './cr';
import type { WeightedTargetCr } from './cr';
import { HISTORY_ANNOTATION } from './history';
import { annotationOps, historyWith, targetName } from './patch';
import type { JsonPatchOp } from './patch';
import type { RawObject } from './resources';
import { routeBody } from './routes';
import { shellQuoted } from './shell';

/** A node's name as a reference; its namespace is left out where it is the router's own, as people write it. */
function referenceTo(node: string, namespace: string): Omit<WeightedTargetCr, 'weight'> {
  if (node.startsWith('arn:')) return { virtualNodeARN: node };
  const [of = '', name = ''] = node.split('/');
  return { virtualNodeRef: of === namespace ? { name } : { namespace: of, name } };
}

/** The node as the route refers to it already, else as anybody would. */
function targetLike(
  targets: readonly WeightedTargetCr[],
  node: string,
  port: number | undefined,
  weight: number,
  namespace: string,
): WeightedTargetCr {
  const known = targets.find((target) => targetName(target, namespace) === node);
  const { weight: _, port: __, ...reference } = known ?? { ...referenceTo(node, namespace), weight };
  return { ...reference, weight, ...(port === undefined ? {} : { port }) };
}

/**
 * The operations of an edit on a router that was read. `canary` is the route to add, where one is added. `undefined` where the router
 * has no such route, or several.
 */
function operations(
  router: RawObject,
  edit: RouterEdit,
  canary: Route | undefined,
): JsonPatchOp[] | undefined {
  const parsed = virtualRouterCr.safeParse(router);
  if (!parsed.success) return undefined;
  const routes = parsed.data.spec.routes ?? [];
  const wanted = edit.kind === 'removeCanary' ? edit.canary : edit.route;
  const index = routes.findIndex(({ name }) => name === wanted);
  const route = routes[index];
  if (!route || routes.filter(({ name }) => name === wanted).length > 1) return undefined;
  const seen: JsonPatchOp = { op: 'test', path: `/spec/routes/${index}`, value: route };
  if (edit.kind === 'removeCanary') return [seen, { op: 'remove', path: `/spec/routes/${index}` }];
  const found = routeBody(route);
  if (!found) return undefined;
  const { field, body } = found;
  const namespace = router.metadata.namespace ?? '';
  const { weightedTargets } = body.action;
  const path = `/spec/routes/${index}/${field}/action/weightedTargets`;
  switch (edit.kind) {
    case 'addTarget': {
      const value = targetLike(weightedTargets, edit.node, edit.port, 0, namespace);
      return [seen, { op: 'add', path: `${path}/-`, value }];
    }
    case 'removeTarget': {
      const at = weightedTargets.findIndex(
        (target) =>
          targetName(target, namespace) === edit.node &&
          (edit.port === undefined || edit.port === (target.port ?? undefined)),
      );
      return at < 0 ? undefined : [seen, { op: 'remove', path: `${path}/${at}` }];
    }
    case 'addCanary': {
      if (!canary) return undefined;
      const list = field === 'grpcRoute' ? 'metadata' : 'headers';
      const asked = canary.match.find(
        ({ on, operator, name }) =>
          (on === 'header' || on === 'metadata') &&
          operator === 'exact' &&
          name === edit.header.name.trim().toLowerCase(),
      );
      const header = { name: asked?.name, match: { exact: asked?.operand } };
      const value = {
        ...route,
        name: canary.name,
        priority: canary.priority,
        [field]: {
          ...body,
          match: { ...body.match, [list]: [...(body.match?.[list] ?? []), header] },
          action: {
            ...body.action,
            weightedTargets: [targetLike(weightedTargets, edit.node, edit.port, 100, namespace)],
          },
        },
      };
      return [seen, { op: 'add', path: '/spec/routes/-', value }];
    }
  }
}

/** The patch of an edit, with `entry` on top of the history where one is given. */
export function editPatch(
  router: RawObject,
  edit: RouterEdit,
  canary: Route | undefined,
  entry?: HistoryEntry,
): JsonPatchOp[] | undefined {
  const changes = operations(router, edit, canary);
  if (!changes) return undefined;
  const { uid, resourceVersion } = router.metadata;
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    // kubectl has no entry, and its reader looks at an object that goes on: the route is tested, not the version.
    ...(entry ? [{ op: 'test' as const, path: '/metadata/resourceVersion', value: resourceVersion }] : []),
    ...changes,
    ...(entry ? annotationOps(router, { [HISTORY_ANNOTATION]: historyWith(router, entry) }) : []),
  ];
}

/** The equal kubectl command for a POSIX shell. It leaves the history alone. */
export function kubectlEditCommand(router: RawObject, edit: RouterEdit, canary: Route | undefined): string {
  const patch = editPatch(router, edit, canary);
  const { name, namespace } = router.metadata;
  return [
    `kubectl -n ${namespace ?? 'default'} patch virtualrouters.appmesh.k8s.aws ${name}`,
    `--type=json -p ${shellQuoted(JSON.stringify(patch ?? []))}`,
  ].join(' ');
}
