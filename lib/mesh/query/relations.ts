/** Who deals with whom in a picture, by the names they are called. Worked out when first asked for, and then kept. */
import type { EntityKey } from '../keys';
import type { TopologyEdge } from '../topology';

type Edges = ReadonlyMap<string, Pick<TopologyEdge, 'kind' | 'source' | 'target'>>;

export interface Relations {
  /** Services it may send to, and the routers and nodes behind them. */
  calls: (key: EntityKey) => readonly string[];
  /** Nodes and gateways that may send to it, also through what leads to it. */
  calledBy: (key: EntityKey) => readonly string[];
  /** What its routes, or its provider, lead to. */
  routesTo: (key: EntityKey) => readonly string[];
  /** Whether another set of edges joins the same; `exactly` if it is the very same one. */
  sameAs: (edges: Edges) => 'exactly' | boolean;
}

const NONE: readonly never[] = [];

type Ends = ReadonlyMap<EntityKey, readonly EntityKey[]>;

/** Calls and leads (providers, weighted targets), each forth and back. */
interface Index {
  called: Ends;
  callers: Ends;
  led: Ends;
  leaders: Ends;
}

function indexOf(edges: Edges): Index {
  const ends = { called: new Map(), callers: new Map(), led: new Map(), leaders: new Map() } satisfies Record<
    keyof Index,
    Map<EntityKey, EntityKey[]>
  >;
  const add = (map: Map<EntityKey, EntityKey[]>, from: EntityKey, to: EntityKey) => {
    const known = map.get(from);
    if (known) known.push(to);
    else map.set(from, [to]);
  };
  for (const { kind, source, target } of edges.values()) {
    const call = kind === 'backend' || kind === 'gateway-route';
    // What a node stands on is no traffic.
    if (!call && kind !== 'provider' && kind !== 'route-target') continue;
    add(call ? ends.called : ends.led, source, target);
    add(call ? ends.callers : ends.leaders, target, source);
  }
  return ends;
}

/** Everything that is reached from `key` along the ends, with `key` itself first. */
function reached(key: EntityKey, ends: Ends): Set<EntityKey> {
  const found = new Set([key]);
  // A set is walked in the order of its making, what is added on the way included.
  for (const each of found) for (const next of ends.get(each) ?? NONE) found.add(next);
  return found;
}

/** `addressOf` gives the names of a node in lower case. */
export function relationsOf(edges: Edges, addressOf: (key: EntityKey) => readonly string[]): Relations {
  let index: Index | undefined;
  const known = (): Index => (index ??= indexOf(edges));
  const kept = (work: (key: EntityKey, index: Index) => Iterable<EntityKey>) => {
    const memo = new Map<EntityKey, readonly string[]>();
    return (key: EntityKey): readonly string[] => {
      const before = memo.get(key);
      if (before) return before;
      const names: string[] = [];
      for (const each of work(key, known())) names.push(...addressOf(each));
      memo.set(key, names);
      return names;
    };
  };
  const onwards = (services: readonly EntityKey[], { led }: Index) =>
    new Set(services.flatMap((service) => [...reached(service, led)]));
  return {
    calls: kept((key, each) => onwards(each.called.get(key) ?? NONE, each)),
    calledBy: kept(
      (key, { callers, leaders }) =>
        new Set([...reached(key, leaders)].flatMap((each) => callers.get(each) ?? NONE)),
    ),
    routesTo: kept((key, each) => [
      // A gateway has no edges but those of its routes.
      ...[...reached(key, each.led)].slice(1),
      ...(key.startsWith('gateway:') ? onwards(each.called.get(key) ?? NONE, each) : NONE),
    ]),
    sameAs(others) {
      if (others === edges) return 'exactly';
      if (others.size !== edges.size) return false;
      for (const key of others.keys()) if (!edges.has(key)) return false;
      return true;
    },
  };
}
