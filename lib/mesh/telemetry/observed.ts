/** Whether an edge carried anything, and who would have seen it. */
import type { EntityKey } from '../keys';
import type { TopologyEdge } from '../topology';
import { hasTraffic } from './combine';
import { saysNothingCame } from './health';
import type { Measured, ProxyName } from './measured';
import type { Names } from './names';
import type { EdgeTelemetry, Observation } from './overlay';
import type { Ways } from './ways';

/**
 * Gateways and nodes whose silence says something: they publish to CloudWatch what they send. One that published only what
 * it received has sent nothing, where the metrics of what is sent come through at all. X-Ray samples, and loses the trail where
 * a program does not pass its header on, so that it proves nothing.
 */
export function watchersIn(measured: readonly Measured[], names: Names): ReadonlySet<EntityKey> {
  const watchers = new Set<EntityKey>();
  const calls = measured.flatMap((each) => each.calls).filter(({ evidence }) => evidence === 'cloudwatch');
  if (calls.length === 0) return watchers;
  const proxies = measured.flatMap((each) => each.proxies);
  const add = (proxy: ProxyName) => {
    const bearer = names.proxy(proxy);
    if (bearer !== undefined) watchers.add(bearer.key);
  };
  for (const { from } of calls) add(from);
  for (const { evidence, proxy } of proxies) if (evidence === 'cloudwatch') add(proxy);
  return watchers;
}

type Observed = EdgeTelemetry['observed'];

/** Judges edges of one picture; keeps what it learns of its services and routers. */
export class Silence {
  private readonly watched = new Map<EntityKey, boolean>();

  constructor(
    private readonly ways: Ways,
    private readonly watchers: ReadonlySet<EntityKey>,
    /** Says of itself that it received nothing. */
    private readonly isIdle: (key: EntityKey) => boolean,
  ) {}

  observed(edge: TopologyEdge, observations: readonly Observation[]): Observed {
    if (observations.some(({ figures }) => hasTraffic(figures))) return 'yes';
    if (saysNothingCame(observations) || this.isIdle(edge.target)) return 'no';
    switch (edge.kind) {
      case 'gateway-route':
      case 'backend':
        return this.watchers.has(edge.source) ? 'no' : 'unknown';
      case 'provider':
      case 'route-target':
        return this.isWatched(edge.source) ? 'no' : 'unknown';
      default:
        return 'unknown';
    }
  }

  /** There is somebody who may send to it, and all of these would have told. */
  isWatched(key: EntityKey): boolean {
    const known = this.watched.get(key);
    if (known !== undefined) return known;
    const callers = this.ways.isRouter(key)
      ? [...this.ways.servicesOf(key)].flatMap((service) => [...this.ways.callersOf(service)])
      : [...this.ways.callersOf(key)];
    const watched = callers.length > 0 && callers.every((caller) => this.watchers.has(caller));
    this.watched.set(key, watched);
    return watched;
  }
}
