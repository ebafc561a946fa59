/**
 * What was measured, by key, outside React. A refresh reaches the cards and edges that are on screen and say something
 * else than before, a few in each frame; nothing else is drawn anew.
 */
import type { TelemetryAnswer } from '@/lib/api/telemetry';
import type { Finding } from '@/lib/mesh/finding';
import type { EntityKey } from '@/lib/mesh/keys';
import type { CallTelemetry, EdgeTelemetry, EntityTelemetry, Split } from '@/lib/mesh/telemetry/overlay';
import { edgesTogether } from '@/lib/mesh/telemetry/together';

/** All that is measured of one key. */
export interface Told {
  entity?: EntityTelemetry | undefined;
  /** Of a key made by `callKey` or `togetherKey`, too. */
  edge?: EdgeTelemetry | undefined;
  /** Of a router. */
  splits: readonly Split[];
  /** Calls that nobody declared, from or to this entity. */
  undeclared: readonly CallTelemetry[];
  findings: readonly Finding[];
}

export interface TelemetryStore {
  /** Takes in an answer; `undefined` when nothing is measured any more. */
  put(answer: TelemetryAnswer | undefined): void;
  /** What is measured of a key; the same object while it says the same. */
  told(key: string): Told | undefined;
  /** What is measured of an edge, or of several together; another object every time. */
  edge(key: string): EdgeTelemetry | undefined;
  answer(): TelemetryAnswer | undefined;
  /** Hears when a key says something else; without a key, of every answer. Returns how to stop. */
  subscribe(key: string | undefined, listener: () => void): () => void;
}

/** The key under which the traffic from one entity to another is told, whatever lies between. */
export const callKey = (source: string, target: string): string => `call|${source}|${target}`;

const AND = '\n';

/** The key under which the traffic of several edges is told as one: of keys of edges, and of those made by `callKey`. */
export const togetherKey = (keys: readonly string[]): string => [...new Set(keys)].join(AND);

const NONE: readonly never[] = [];
/** Keys told of in one frame. */
const AT_ONCE = 24;

interface Index {
  calls: ReadonlyMap<string, CallTelemetry>;
  undeclared: ReadonlyMap<string, readonly CallTelemetry[]>;
  splits: ReadonlyMap<string, readonly Split[]>;
  findings: ReadonlyMap<string, readonly Finding[]>;
}

function grouped<T>(list: readonly T[], keysOf: (entry: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of list)
    for (const key of keysOf(entry)) {
      const group = groups.get(key);
      if (group) group.push(entry);
      else groups.set(key, [entry]);
    }
  return groups;
}

function indexOf({ telemetry }: TelemetryAnswer): Index {
  const { calls, splits, findings } = telemetry;
  return {
    calls: new Map(calls.map((call) => [callKey(call.source, call.target), call])),
    undeclared: grouped(
      calls.filter(({ declared }) => !declared),
      ({ source, target }) => [source, target],
    ),
    splits: grouped(splits, ({ router }) => [router]),
    findings: grouped(findings, ({ subject }) => [subject]),
  };
}

function edgeOf(key: string, { telemetry }: TelemetryAnswer, { calls }: Index): EdgeTelemetry | undefined {
  const edges: Readonly<Record<string, EdgeTelemetry | undefined>> = telemetry.edges;
  const parts = key.split(AND).flatMap((each): EdgeTelemetry[] => {
    const edge = edges[each];
    if (edge !== undefined) return [edge];
    const call = calls.get(each);
    return call === undefined ? [] : [{ ...call, observed: 'yes' }];
  });
  return edgesTogether(parts);
}

function toldOf(key: string, answer: TelemetryAnswer, index: Index): Told | undefined {
  const { telemetry } = answer;
  // Any text may be asked for; what is no key of the record is simply not in it.
  const entity = telemetry.entities[key as EntityKey] as EntityTelemetry | undefined;
  const told: Told = {
    entity,
    edge: edgeOf(key, answer, index),
    splits: index.splits.get(key) ?? NONE,
    undeclared: index.undeclared.get(key) ?? NONE,
    findings: index.findings.get(key) ?? NONE,
  };
  const something = told.entity ?? told.edge ?? told.splits[0] ?? told.undeclared[0] ?? told.findings[0];
  return something === undefined ? undefined : told;
}

/** `later` runs something in the next frame. */
export function createTelemetryStore(
  later: (run: () => void) => void = (run) => void requestAnimationFrame(run),
): TelemetryStore {
  const listeners = new Map<string | undefined, Set<() => void>>();
  let answer: TelemetryAnswer | undefined;
  let index: Index | undefined;
  /** What was said of a key, and whether that is of the present answer. */
  const known = new Map<string, { told: Told | undefined; text: string; of: TelemetryAnswer | undefined }>();
  const waiting = new Set<string>();
  let stepping = false;

  const told = (key: string): Told | undefined => {
    const before = known.get(key);
    if (before?.of === answer && before !== undefined) return before.told;
    const now = answer && index ? toldOf(key, answer, index) : undefined;
    const text = JSON.stringify(now) ?? '';
    const kept = before?.text === text ? before.told : now;
    known.set(key, { told: kept, text, of: answer });
    return kept;
  };
  const tell = (key: string | undefined) => {
    for (const listener of [...(listeners.get(key) ?? [])]) listener();
  };
  const step = () => {
    stepping = false;
    const now = [...waiting].slice(0, AT_ONCE);
    for (const key of now) waiting.delete(key);
    for (const key of now) tell(key);
    schedule();
  };
  const schedule = () => {
    if (stepping || waiting.size === 0) return;
    stepping = true;
    later(step);
  };
  return {
    put(next) {
      if (next === answer) return;
      const before = new Map(
        [...listeners.keys()].flatMap((key) => (key === undefined ? [] : [[key, told(key)]])),
      );
      answer = next;
      index = next && indexOf(next);
      for (const key of known.keys()) if (!listeners.has(key)) known.delete(key);
      for (const [key, said] of before) if (told(key) !== said) waiting.add(key);
      tell(undefined);
      schedule();
    },
    told,
    edge: (key) => (answer && index ? edgeOf(key, answer, index) : undefined),
    answer: () => answer,
    subscribe(key, listener) {
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(key);
      };
    },
  };
}
