/** The routes of a picture, one by one: what a list of all routes shows of each. */
import type { Finding } from './finding';
import type { EntityKey } from './keys';
import type { HistoryEntry, Mesh, Ownership, Route, Router, WeightedTarget } from './model';
import { cannotAnswer } from './readiness';
import type { TopologyNode } from './topology';
import { routeBar, routerBar } from './writability';
import type { Bar } from './writability';
import { seenTargets, writtenObject } from './weights';
import type { SeenTarget } from './weights';

export interface ListedTarget extends SeenTarget {
  key: EntityKey;
  name: string;
  /** weight / sum of the route's weights, 0..1. */
  share: number;
  /** ok: can answer, as far as is known. notReady: has no ready pod. missing: there is no such node here. */
  state: 'ok' | 'notReady' | 'missing';
}

/** The last change of a route. */
export interface LastChange {
  /** ISO 8601. */
  at: string;
  by: string;
  reason?: string | undefined;
  /** Of the history entry it is told by; absent where only the object's own record of its writers tells. */
  entry?: string | undefined;
  undoOf?: string | undefined;
}

export interface WeightedRoute {
  router: EntityKey;
  /** '' for routers of an App Mesh API. */
  namespace: string;
  name: string;
  route: Pick<Route, 'name' | 'index' | 'protocol' | 'match' | 'priority'>;
  targets: ListedTarget[];
  /** What a change is measured against. */
  expected: { uid: string; resourceVersion: string };
  acceptance: Router['acceptance'];
  /** The controller's own words. */
  problem?: string | undefined;
  owner: Ownership;
  changed?: LastChange | undefined;
  /** Of the route, and of its router as a whole. */
  findings: Finding[];
  bar?: Bar | undefined;
}

const lines = (targets: readonly { node: string; weight: number }[]): string =>
  targets
    .map(({ node, weight }) => `${weight} ${node}`)
    .sort()
    .join('\n');

/** The newest entry of the history as long as its weights stand; else who wrote the object last. */
function lastChange({ history, writtenBy }: Router, route: Route): LastChange | undefined {
  const entry: HistoryEntry | undefined = history.find((each) => each.route === route.name);
  if (entry && lines(entry.after) === lines(seenTargets(route)))
    return { at: entry.at, by: entry.by, reason: entry.reason, entry: entry.id, undoOf: entry.undoOf };
  const [writer] = writtenBy ?? [];
  return writer?.at === undefined ? undefined : { at: writer.at, by: writer.manager };
}

function stateOf(target: WeightedTarget, nodes: ReadonlyMap<string, TopologyNode>): ListedTarget['state'] {
  if (target.resolution === 'missing' || target.resolution === 'otherMesh') return 'missing';
  const node = nodes.get(target.key);
  return node?.kind === 'node' && cannotAnswer(node) ? 'notReady' : 'ok';
}

/** Whether a finding of a router is about this route, or about no route of it in particular. */
function isOfRoute({ path }: Finding, { index }: Route): boolean {
  const at = /^spec\.routes\[(\d+)\]/.exec(path ?? '')?.[1];
  return at === undefined || Number(at) === index;
}

/** The routes of all routers of a picture, in the order of the picture. */
export function weightedRoutes(
  mesh: Pick<Mesh, 'controlPlane'>,
  nodes: readonly TopologyNode[],
  findings: readonly Finding[],
): WeightedRoute[] {
  const byKey = new Map<string, TopologyNode>(nodes.map((node) => [node.key, node]));
  const bySubject = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = bySubject.get(finding.subject);
    if (known) known.push(finding);
    else bySubject.set(finding.subject, [finding]);
  }
  return nodes.flatMap((router) =>
    router.kind === 'router' ? router.routes.map((route) => listed(router, route)) : [],
  );

  function listed(router: Router, route: Route): WeightedRoute {
    const seen = seenTargets(route);
    const { uid, resourceVersion } = writtenObject(router, route);
    const own = (bySubject.get(router.key) ?? []).filter((finding) => isOfRoute(finding, route));
    return {
      router: router.key,
      namespace: router.ref.namespace,
      name: router.ref.name,
      route: {
        name: route.name,
        index: route.index,
        protocol: route.protocol,
        match: route.match,
        priority: route.priority,
      },
      targets: route.targets.map((target, i) => ({
        node: seen[i]?.node ?? '',
        ...(seen[i]?.port === undefined ? {} : { port: seen[i].port }),
        key: target.key,
        name: target.name === '' ? (target.arn ?? '') : target.name,
        weight: target.weight,
        share: target.share,
        state: stateOf(target, byKey),
      })),
      expected: { uid, resourceVersion },
      acceptance: router.acceptance,
      problem: router.problem?.message,
      owner: router.ownership,
      changed: lastChange(router, route),
      findings: own,
      bar: routeBar(route) ?? routerBar(router, mesh.controlPlane),
    };
  }
}
