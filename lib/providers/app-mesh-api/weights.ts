/** New weights for a route of the API. UpdateRoute replaces the whole spec, so that the rest of it must come along as it is. */
import { routeBody } from '../app-mesh/routes';
import { shellQuoted } from '../app-mesh/shell';
import { routeDto } from './dto';
import type { WeightedTargetDto } from './dto';

/** A weight wanted for one target. `node` is the AWS name, also as `/name`, which is how a target without namespace is named elsewhere. */
export interface WantedWeight {
  node: string;
  weight: number;
  /** Needed only where one route names the same node twice. */
  port?: number | undefined;
}

export type WeightsSpec =
  | { ok: true; spec: Record<string, unknown>; before: WantedWeight[] }
  /** malformed: the route cannot be read. uneditable: no known body. targetsDiffer: `weights` does not name the route's targets one by one. */
  | { ok: false; kind: 'malformed' | 'uneditable' | 'targetsDiffer' };

/** How requests and the history name a target of the API. */
export const apiTargetName = (virtualNode: string): string => `/${virtualNode}`;

const plainName = (node: string) => node.replace(/^\//, '');

/** Weight wanted for each target of the route in its order; `undefined` when the two do not match one to one. */
function assign(
  targets: readonly WeightedTargetDto[],
  wanted: readonly WantedWeight[],
): number[] | undefined {
  if (targets.length !== wanted.length) return undefined;
  const open = [...wanted];
  const weights: number[] = [];
  for (const target of targets) {
    const named = (port: number | undefined) =>
      open.findIndex((each) => plainName(each.node) === target.virtualNode && each.port === port);
    const exact = named(target.port ?? undefined);
    const at = exact < 0 ? named(undefined) : exact;
    const [taken] = at < 0 ? [] : open.splice(at, 1);
    if (!taken) return undefined;
    weights.push(taken.weight);
  }
  return weights;
}

/**
 * The spec of a route with new weights and nothing else changed, for UpdateRoute. `body` is what DescribeRoute answered;
 * it is left alone. `before` is what the weights were, in the same form: with it the result leads back to the first spec.
 * Not for adding or removing targets.
 */
export function withWeights(body: unknown, weights: readonly WantedWeight[]): WeightsSpec {
  const parsed = routeDto.safeParse(body);
  if (!parsed.success) return { ok: false, kind: 'malformed' };
  const { spec } = parsed.data;
  const found = routeBody(spec);
  if (!found) return { ok: false, kind: 'uneditable' };
  const { action } = found.body;
  const assigned = assign(action.weightedTargets, weights);
  if (!assigned) return { ok: false, kind: 'targetsDiffer' };
  const weightedTargets = action.weightedTargets.map((target, i) => ({
    ...target,
    weight: assigned[i] ?? target.weight,
  }));
  return {
    ok: true,
    spec: { ...spec, [found.field]: { ...found.body, action: { ...action, weightedTargets } } },
    before: action.weightedTargets.map(({ virtualNode, weight, port }) => ({
      node: apiTargetName(virtualNode),
      weight,
      ...(port === undefined || port === null ? {} : { port }),
    })),
  };
}

export interface RoutePlace {
  region: string;
  endpoint?: string | undefined;
  profile?: string | undefined;
  mesh: string;
  /** Account id; '' where it is not known. */
  owner: string;
  router: string;
  route: string;
}

/** The equal AWS CLI command, ready to paste into a POSIX shell. `undefined` where there is no such change. */
export function awsWeightsCommand(
  place: RoutePlace,
  body: unknown,
  weights: readonly WantedWeight[],
): string | undefined {
  const made = withWeights(body, weights);
  if (!made.ok) return undefined;
  const input = {
    meshName: place.mesh,
    ...(place.owner === '' ? {} : { meshOwner: place.owner }),
    virtualRouterName: place.router,
    routeName: place.route,
    spec: made.spec,
  };
  return [
    'aws appmesh update-route',
    `--region ${shellQuoted(place.region)}`,
    ...(place.endpoint === undefined ? [] : [`--endpoint-url ${shellQuoted(place.endpoint)}`]),
    ...(place.profile === undefined ? [] : [`--profile ${shellQuoted(place.profile)}`]),
    `--cli-input-json ${shellQuoted(JSON.stringify(input))}`,
  ].join(' ');
}
