/** Traces of the drawn requests: those that the proxies' sampling takes. */
import type { Knobs } from '../kube/types';
import type { Entry } from '../traffic/entries';
import type { Proxy } from '../traffic/plan';
import { mixed } from '../traffic/random';
import type { Traffic } from '../traffic/traffic';
import type { Call, Walker } from '../traffic/walk';

/** An attempt to get an answer, as part of a trace. */
export interface Step extends Readonly<Call> {
  /** Place in the request, the same whenever it is drawn. */
  place: number;
  above: Step | undefined;
  below: Step[];
  /** Whether the target's proxy has sent a segment. Proxies of tcp send none, and one in fifty is lost. */
  seen: boolean;
}

export interface Trace {
  id: string;
  mesh: string;
  /** Epoch seconds, with fraction, of the request's beginning. Times of steps count from there. */
  startS: number;
  root: Step;
  /** In the order of the calls. */
  steps: Step[];
  /** Who made the request: a client nobody knows, an instance outside the mesh, or the root itself. */
  from: 'client' | 'instance' | 'itself';
}

/** Where requests of a gateway come from now and then, outside the mesh but with tracing of its own. */
export const INSTANCE = { name: 'store-terminals', type: 'AWS::EC2::Instance', share: 0.03 } as const;

const SEGMENT_LOST = 0.02;
/** One trace per second and proxy is taken in any case. */
const BY_RATE = 1;

const hex = (number: number, digits: number) =>
  (number >>> 0).toString(16).padStart(digits, '0').slice(-digits);
const share = (...parts: number[]) => mixed(...parts) / 2 ** 32;

type Sampling = Pick<Knobs, 'xraySampling' | 'xrayLostPropagation' | 'trafficSeed'>;

/** The traces of one mesh that began in a second, in the order of their requests. */
export function tracesIn(
  traffic: Traffic,
  mesh: string,
  second: number,
  knobs: Sampling,
  walker = traffic.walker(),
): Trace[] {
  const { xraySampling, xrayLostPropagation, trafficSeed: seed } = knobs;
  if (xraySampling === 0) return [];
  const lost = new Set(xrayLostPropagation);
  const traces: Trace[] = [];
  const begunAt = new Map<Proxy | undefined, number>();
  for (const entry of traffic.plan(mesh, second).entries) {
    if (entry.proxy.protocol === 'tcp') continue;
    const count = traffic.arrivals(entry, second);
    for (let index = 0; index < count; index++) {
      const sampled = index < BY_RATE || share(seed, entry.proxy.hash, second, index, 0x7ace) < xraySampling;
      if (!sampled && lost.size === 0) continue;
      walker.walk(entry, second, index);
      for (const [place, steps] of parts(walker, seed + second, lost)) {
        const [root] = steps;
        if (!root) continue;
        if (place > 0) {
          const begun = begunAt.get(root.link.target) ?? 0;
          begunAt.set(root.link.target, begun + 1);
          if (begun >= BY_RATE && share(seed, entry.proxy.hash, second, index, place) >= xraySampling)
            continue;
        } else if (!sampled) continue;
        traces.push(traceOf(mesh, entry, second, index, place, steps));
      }
    }
  }
  return traces;
}

/** The one with this id, if it was drawn and sampled. */
export function traceWithId(traffic: Traffic, id: string, knobs: Sampling): Trace | undefined {
  const second = Number.parseInt(id.slice(2, 10), 16);
  const { from, to } = traffic.known({ from: second, to: second + 1 });
  if (from >= to || traffic.nextDrawn(second) !== second) return undefined;
  for (const mesh of traffic.meshNames({ from, to })) {
    const found = tracesIn(traffic, mesh, second, knobs).find((trace) => trace.id === id);
    if (found) return found;
  }
  return undefined;
}

function traceOf(
  mesh: string,
  entry: Entry,
  second: number,
  index: number,
  place: number,
  steps: Step[],
): Trace {
  const { hash, kind } = entry.proxy;
  const [root] = steps;
  if (!root) throw new Error('a trace has at least one step');
  const whole = place === 0;
  const instance = kind === 'gateway' && share(hash, second, index, 0xec2) < INSTANCE.share;
  const startS = second + share(hash, second, index, 0x57a7) * 0.999;
  const check = mixed(hash, second, index, place, 0x1d);
  return {
    id: `1-${hex(second, 8)}-${hex(hash, 8)}${hex(index, 6)}${hex(place, 4)}${hex(check, 6)}`,
    mesh,
    startS,
    root,
    steps,
    from: whole && !entry.counted ? 'itself' : whole && instance ? 'instance' : 'client',
  };
}

/**
 * The steps of a request by the place of their trace's root. A node that does not hand on the trace header begins a new
 * trace with each call; what proxies of tcp do is seen by nobody.
 */
function parts({ calls, size }: Walker, seed: number, lost: ReadonlySet<string>): Map<number, Step[]> {
  const traces = new Map<number, Step[]>();
  const rootOf: (number | undefined)[] = [];
  const steps: (Step | undefined)[] = [];
  for (let place = 0; place < size; place++) {
    const call = calls[place];
    if (!call) continue;
    const above = steps[call.parent];
    const hidden = call.parent >= 0 && above?.seen !== true;
    const begins = call.parent < 0 || (above?.link.target !== undefined && lost.has(above.link.target.name));
    if (hidden && !begins) continue;
    const root = begins ? place : rootOf[call.parent];
    const traced = call.reached && call.link.target !== undefined && call.link.target.protocol !== 'tcp';
    if (root === undefined || (begins && !traced)) continue;
    const seen = traced && (begins || share(seed, place, call.link.target?.hash ?? 0) >= SEGMENT_LOST);
    const step = stepOf(call, place, begins ? undefined : above, seen);
    step.above?.below.push(step);
    steps[place] = step;
    rootOf[place] = root;
    const known = traces.get(root);
    if (known) known.push(step);
    else traces.set(root, [step]);
  }
  return traces;
}

/** A copy: the walker uses its calls again. Written out because there are many of them. */
const stepOf = (call: Call, place: number, above: Step | undefined, seen: boolean): Step => ({
  link: call.link,
  parent: call.parent,
  attempt: call.attempt,
  reached: call.reached,
  status: call.status,
  startMs: call.startMs,
  ms: call.ms,
  handledMs: call.handledMs,
  requestBytes: call.requestBytes,
  answerBytes: call.answerBytes,
  way: call.way,
  target: call.target,
  call: call.call,
  place,
  above,
  below: [],
  seen,
});

/** Name under which what a step leads to is on the map. */
export const nameOf = ({ link }: Step) => link.target?.segment ?? link.service ?? 'unknown';
