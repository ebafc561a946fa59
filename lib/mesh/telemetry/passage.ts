/** Where the requests of a call went. */
import type { EntityKey } from '../keys';
import type { EdgeKey, TopologyEdge } from '../topology';
import type { CallReading } from './measured';
import type { Names } from './names';
import { Tally } from './tally';
import type { Ways } from './ways';

/** One reading of a call in terms of the picture. Several entries in a list are alternatives that it does not tell apart. */
export interface Passage {
  call: CallReading;
  source: EntityKey | undefined;
  target: EntityKey | undefined;
  services: readonly EntityKey[];
  /** Edges from the caller, from the services, and into the target. */
  allowed: readonly EdgeKey[];
  providers: readonly EdgeKey[];
  arrivals: readonly EdgeKey[];
  /** What provides the services: routers, or the node itself. */
  behind: readonly EntityKey[];
  /** The picture has the way that was taken, as far as the reading tells it. */
  declared: boolean;
  /** It is told, and known to the picture, which service was called. */
  named: EntityKey | undefined;
}

const distinct = <T>(list: readonly T[]): readonly T[] => (list.length < 2 ? list : [...new Set(list)]);
const keysOf = (edges: readonly TopologyEdge[]): readonly EdgeKey[] => distinct(edges.map(({ key }) => key));

function passageOf(call: CallReading, names: Names, ways: Ways): Passage {
  const source = names.proxy(call.from);
  const target = names.proxy({ kind: 'node', awsName: call.to });
  const named = call.service === undefined ? undefined : names.service(call.service);
  const between = source && target ? ways.between(source, target) : [];
  const services = named === undefined ? between : [named];
  const allowed = source ? services.flatMap((service) => ways.allowed(source, service)) : [];
  const providers = services.flatMap((service) => ways.providers(service));
  const arrivals = target
    ? providers.flatMap((edge) => (edge.target === target ? [edge] : ways.routes(edge.target, target)))
    : [];
  const declared =
    source !== undefined &&
    target !== undefined &&
    services.some(
      (service) => ways.allowed(source, service).length > 0 && ways.leads(service, target) !== 'no',
    );
  return {
    call,
    source,
    target,
    services,
    allowed: keysOf(allowed),
    providers: keysOf(providers),
    arrivals: keysOf(arrivals),
    behind: distinct(providers.map((edge) => edge.target)),
    declared,
    named,
  };
}

/** All readings of one caller and target. */
export interface Pair {
  source: EntityKey;
  target: EntityKey;
  key: string;
  services: Set<EntityKey>;
  declared: boolean;
  /** Readings that took no declared way. */
  undeclared: Passage[];
}

export interface Passages {
  edges: Tally<EdgeKey>;
  /** Services, routers, and nodes by what was sent to them. */
  entities: Tally<EntityKey>;
  /** By `Pair.key`. */
  calls: Tally<string>;
  pairs: Pair[];
}

/**
 * Puts every reading down to the edges and entities it passed. Where the evidence does not tell edges apart, each has the
 * whole, with the others named. A reading is counted once for each service, router and node.
 */
export function followCalls(readings: readonly CallReading[], names: Names, ways: Ways): Passages {
  const edges = new Tally<EdgeKey>();
  const entities = new Tally<EntityKey>();
  const calls = new Tally<string>();
  const pairs = new Map<string, Pair>();
  for (const reading of readings) {
    const passage = passageOf(reading, names, ways);
    const { source, target, services, behind } = passage;
    for (const key of passage.allowed) edges.add(key, reading, passage.allowed);
    for (const key of passage.providers) edges.add(key, reading, passage.providers);
    for (const key of passage.arrivals)
      if (!passage.providers.includes(key)) edges.add(key, reading, passage.arrivals);
    for (const key of services) entities.add(key, reading, services);
    for (const key of behind) if (ways.isRouter(key)) entities.add(key, reading, behind);
    if (target === undefined) continue;
    entities.add(target, reading);
    if (source === undefined) continue;
    const key = `${source}|${target}`;
    calls.add(key, reading);
    const pair = pairs.get(key) ?? {
      source,
      target,
      key,
      services: new Set(),
      declared: true,
      undeclared: [],
    };
    pairs.set(key, pair);
    for (const service of services) pair.services.add(service);
    if (passage.declared) continue;
    pair.declared = false;
    pair.undeclared.push(passage);
  }
  return { edges, entities, calls, pairs: [...pairs.values()] };
}
