/**
 * Changes of what a router is made of, beyond weights: a canary by header comes or goes, a target without weight comes or goes. None of
 * them moves a request but those of the canary's header. Nothing is written here.
 */
import type { HistoryEntry, Route, Router, Target, WeightedTarget } from '../model';
import { seenTargets, targetReference } from '../weights';
import { headerCanaries, headerCanary, withoutHeaderCanary, withRoute } from './header-canary';
import type { CanaryHeader, CanaryProblem } from './header-canary';

/** Nodes are `namespace/name`, or the ARN where the route names one. */
export type RouterEdit =
  | { kind: 'addCanary'; route: string; header: CanaryHeader; node: string; port?: number | undefined }
  | { kind: 'removeCanary'; canary: string }
  | { kind: 'addTarget'; route: string; node: string; port?: number | undefined }
  | { kind: 'removeTarget'; route: string; node: string; port?: number | undefined };

/**
 * noCanary: no route of this name is a canary by header. targetThere: the route leads to that node and port already. tooManyTargets: it
 * has `most`. targetGone: it does not lead there. carriesWeight: it would lose requests; its weight goes to 0 first.
 */
export type EditProblem =
  | CanaryProblem
  | { key: 'noCanary'; route: string }
  | { key: 'targetThere'; node: string }
  | { key: 'tooManyTargets'; most: number }
  | { key: 'targetGone'; node: string }
  | { key: 'carriesWeight'; node: string; weight: number };

export interface Edited {
  router: Router;
  /** What the history says of it, but for who, when and why. */
  entry: Pick<HistoryEntry, 'route' | 'before' | 'after' | 'canary'>;
}

type Result = { ok: true; edited: Edited } | { ok: false; problem: EditProblem };

const refused = (problem: EditProblem): Result => ({ ok: false, problem });
const plain = (route: Route) => seenTargets(route).map(({ node, weight }) => ({ node, weight }));

/** The router after an edit. `targetOf` says what a node's name leads to. */
export function editRouter(
  router: Router,
  edit: RouterEdit,
  { targetOf, targetsMax }: { targetOf(node: string): Target; targetsMax: number },
): Result {
  switch (edit.kind) {
    case 'addCanary': {
      const { route: base, header, node, port } = edit;
      const made = headerCanary(router, base, { ...targetOf(node), port }, header);
      if (!made.ok) return made;
      const { name } = made.route;
      const canary = { base, header: headerOf(made.route, header), node, port };
      const entry = { route: name, before: [], after: plain(made.route), canary };
      return { ok: true, edited: { router: withRoute(router, made.route), entry } };
    }
    case 'removeCanary': {
      const found = headerCanaries(router).find(({ route }) => route.name === edit.canary);
      const next = withoutHeaderCanary(router, edit.canary);
      const [target] = found?.route.targets ?? [];
      if (!found || !next || !target) return refused({ key: 'noCanary', route: edit.canary });
      const { header, base } = found;
      const canary = { base: base.name, header, node: targetReference(target), port: target.port };
      const entry = { route: edit.canary, before: plain(found.route), after: [], canary };
      return { ok: true, edited: { router: next, entry } };
    }
    case 'addTarget':
    case 'removeTarget':
      return editTargets(router, edit, targetOf, targetsMax);
  }
}

/** As the route has it: names of headers are written small. */
const headerOf = ({ match }: Route, { name, content }: CanaryHeader): CanaryHeader => {
  const asked = match.find((condition) => condition.name === name.trim().toLowerCase());
  return { name: asked?.name ?? name, content: asked?.operand ?? content };
};

function editTargets(
  router: Router,
  { kind, route: name, node, port }: Extract<RouterEdit, { kind: 'addTarget' | 'removeTarget' }>,
  targetOf: (node: string) => Target,
  targetsMax: number,
): Result {
  const route = router.routes.find((each) => each.name === name);
  if (!route) return refused({ key: 'noRoute', route: name });
  if (route.protocol === 'unknown') return refused({ key: 'protocol', protocol: route.protocol });
  const at = route.targets.findIndex(
    (each) => targetReference(each) === node && (each.port === port || kind === 'removeTarget' && port === undefined), // prettier-ignore
  );
  const found = route.targets[at];
  let targets: WeightedTarget[];
  if (kind === 'addTarget') {
    if (found) return refused({ key: 'targetThere', node });
    if (route.targets.length >= targetsMax) return refused({ key: 'tooManyTargets', most: targetsMax });
    targets = [...route.targets, { ...targetOf(node), weight: 0, share: 0, port }];
  } else {
    if (!found) return refused({ key: 'targetGone', node });
    if (found.weight > 0) return refused({ key: 'carriesWeight', node, weight: found.weight });
    targets = route.targets.filter((_, i) => i !== at);
    // A route leads somewhere; one whose only target has no weight is left as it is.
    if (targets.length === 0) return refused({ key: 'carriesWeight', node, weight: found.weight });
  }
  const next: Route = { ...route, targets };
  const routes = router.routes.map((each) => (each === route ? next : each));
  const entry = { route: name, before: plain(route), after: plain(next) };
  return { ok: true, edited: { router: { ...router, routes }, entry } };
}

/** The edit that takes a recorded one back; `undefined` for an entry that is a change of weights, or of more than one target. */
export function inverseOf({ route, before, after, canary }: Edited['entry']): RouterEdit | undefined {
  if (canary)
    return after.length > 0
      ? { kind: 'removeCanary', canary: route }
      : {
          kind: 'addCanary',
          route: canary.base,
          header: canary.header,
          node: canary.node,
          port: canary.port,
        };
  const missing = (all: typeof before, from: typeof before) =>
    all.filter(({ node }) => all.filter((each) => each.node === node).length > from.filter((each) => each.node === node).length); // prettier-ignore
  const [added, removed] = [missing(after, before), missing(before, after)];
  const [one] = [...added, ...removed];
  if (one === undefined || added.length + removed.length !== 1) return undefined;
  return { kind: added.length === 1 ? 'removeTarget' : 'addTarget', route, node: one.node };
}
