/** Where the requests of a call went. */
import type { EntityKey } from '../keys';
import type { EdgeKey } from '../topology';
import type { CallReading } from './measured';
import type { Names } from './names';
import { Tally } from './tally';
import type { Edges, Ways } from './ways';

/** One reading of a call in terms of the picture. Several entries in a list are alternatives that it does not tell apart. */
export interface Passage {
  call: CallReading;
  source: EntityKey | undefined;
  target: EntityKey | undefined;
  services: readonly EntityKey[];
  /** Edges from the caller, from the services, and into the target. */
  allowed: Edges;
  providers: Edges;
  arrivals: Edges;
  /** The picture has the way that was taken, as far as the reading tells it. */
  declared: boolean;
  /** It is told, and known to the picture, which service was called. */
  named: EntityKey | undefined;
}

const NONE: Edges = [];

/** What `edges` gives for each of a list, taken together; a list of one is the common case. */
function together<T>(list: readonly T[], edges: (each: T) => Edges): Edges {
  const [only] = list;
  if (only === undefined) return NONE;
  return list.length === 1 ? edges(only) : [...new Set(list.flatMap(edges))];
}

function passageOf(call: CallReading, names: Names, ways: Ways): Passage {
  const source = names.proxy(call.from);
  const target = names.proxy({ kind: 'node', awsName: call.to });
  const named = call.service === undefined ? undefined : names.service(call.service);
  const between = named === undefined && source && target ? ways.between(source, target) : [];
  const services = named === undefined ? between : [named];
  const providers = together(services, (service) => ways.providers(service));
  const isAllowed = (service: EntityKey) =>
    source !== undefined &&
    target !== undefined &&
    ways.allowed(source, service).length > 0 &&
    ways.leads(service, target) !== 'no';
  return {
    call,
    source,
    target,
    services,
    allowed: source ? together(services, (service) => ways.allowed(source, service)) : NONE,
    providers,
    arrivals: target
      ? together(providers, (edge) => (edge.target === target ? [edge] : ways.routes(edge.target, target)))
      : NONE,
    // X-Ray's services are those that are allowed and lead there.
    declared: named === undefined ? between.length > 0 : isAllowed(named),
    named,
  };
}

function addToAll(edges: Edges, reading: CallReading, tally: Tally<EdgeKey>, except: Edges = NONE): void {
  const keys = edges.length < 2 ? [] : edges.map(({ key }) => key);
  for (const edge of edges) if (!except.includes(edge)) tally.add(edge.key, reading, keys);
}

/** A router that provides several of the services is counted once. */
function addToRouters({ providers, call }: Passage, ways: Ways, tally: Tally<EntityKey>): void {
  const behind = providers.map(({ target }) => target);
  const distinct = behind.length < 2 ? behind : [...new Set(behind)];
  for (const key of distinct) if (ways.isRouter(key)) tally.add(key, call, distinct);
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
    const { source, target, services, allowed, providers, arrivals } = passage;
    addToAll(allowed, reading, edges);
    addToAll(providers, reading, edges);
    addToAll(arrivals, reading, edges, providers);
    for (const key of services) entities.add(key, reading, services);
    addToRouters(passage, ways, entities);
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
