/** X-Ray's service graphs → what the proxies of a mesh received and sent. */
import type { CallReading, Measured, ProxyName, ProxyReading, Stranger } from '@/lib/mesh/telemetry/measured';
import type { XRayService } from '@/lib/aws/x-ray';
import { createProxyFinder, edgeSelector, isOfMesh, proxyNameParts, serviceSelector } from './proxy-names';
import { addTally, figuresOf, NO_TALLY } from './tally';
import type { Tally } from './tally';
import type { Scope } from './types';

/** X-Ray's word for what it only knows from its caller. */
const INFERRED = 'remote';
/** X-Ray's word for who sent the first request of a trace. It may bear the name of what it called. */
const CALLER = 'client';

interface Received {
  proxy: ProxyName;
  name: string;
  tally: Tally;
}

interface Sent {
  from: Received;
  to: Received;
  tally: Tally;
}

interface Member {
  service: XRayService;
  proxy: ProxyName | undefined;
}

class Reader {
  readonly received = new Map<string, Received>();
  readonly sent = new Map<string, Sent>();
  readonly strangers = new Map<string, Stranger>();
  /** Edges whose callee is not in their graph. */
  loose = 0;
  private readonly find: (name: string) => ProxyName | undefined;

  constructor(private readonly scope: Scope) {
    this.find = createProxyFinder(scope);
  }

  graph(services: readonly XRayService[]): void {
    const members = new Map<number, Member>();
    for (const service of services) {
      const proxy = service.type === CALLER ? undefined : this.find(service.name);
      members.set(service.id, { service, proxy });
    }
    const called = new Map<Member, { by: Set<string>; requests: number }>();
    const calling = new Map<Member, number>();
    for (const from of members.values()) {
      if (from.proxy && from.service.type !== INFERRED)
        this.receive(from.proxy, from.service.name, from.service);
      for (const edge of from.service.edges) {
        const to = members.get(edge.to);
        if (to === undefined) {
          this.loose += 1;
          continue;
        }
        const requests = edge.statistics?.total ?? 0;
        if (from.proxy && to.proxy === undefined) {
          const known = called.get(to) ?? { by: new Set(), requests: 0 };
          called.set(to, { by: known.by.add(from.proxy.awsName), requests: known.requests + requests });
        }
        if (to.proxy === undefined) continue;
        // A proxy has two segments per request, in and out, of one name: an edge between them is no call.
        if (from.proxy === to.proxy) continue;
        if (from.proxy === undefined) calling.set(from, (calling.get(from) ?? 0) + requests);
        else this.send(from.proxy, from.service.name, to.proxy, to.service.name, edge);
        if (to.service.type === INFERRED) this.receive(to.proxy, to.service.name, edge);
      }
    }
    for (const member of members.values()) {
      const asCallee = called.get(member);
      const asCaller = calling.get(member);
      if (
        member.proxy === undefined &&
        (asCallee ?? asCaller ?? this.isNamedLikeProxy(member.service)) !== undefined
      )
        this.meet(
          member.service,
          Math.max(asCallee?.requests ?? 0, asCaller ?? 0),
          asCallee?.by ?? new Set(),
        );
    }
  }

  private isNamedLikeProxy({ name, type }: XRayService): true | undefined {
    const parts = type === CALLER ? undefined : proxyNameParts(name);
    return parts && isOfMesh(parts, this.scope) ? true : undefined;
  }

  private receive(proxy: ProxyName, name: string, tally: Tally): Received {
    const known = this.received.get(proxy.awsName) ?? { proxy, name, tally: NO_TALLY };
    const { statistics, responseTimes } = tally;
    const sum = { ...known, tally: addTally(known.tally, { statistics, responseTimes }) };
    this.received.set(proxy.awsName, sum);
    return sum;
  }

  private send(from: ProxyName, fromName: string, to: ProxyName, toName: string, tally: Tally): void {
    const id = JSON.stringify([from.awsName, to.awsName]);
    const known = this.sent.get(id) ?? {
      from: { proxy: from, name: fromName, tally: NO_TALLY },
      to: { proxy: to, name: toName, tally: NO_TALLY },
      tally: NO_TALLY,
    };
    const { statistics, responseTimes } = tally;
    this.sent.set(id, { ...known, tally: addTally(known.tally, { statistics, responseTimes }) });
  }

  private meet({ name, type, statistics }: XRayService, seen: number, by: ReadonlySet<string>): void {
    const id = JSON.stringify([name, type]);
    const known = this.strangers.get(id);
    this.strangers.set(id, {
      name,
      type,
      evidence: 'xray',
      requests: (known?.requests ?? 0) + (statistics?.total ?? seen),
      calledBy: [...new Set([...(known?.calledBy ?? []), ...by])].sort(),
    });
  }
}

/**
 * Adds up the graphs of the pieces of a window.
 *
 * - What a proxy received: the statistics and response times of all services of its name. X-Ray counts a proxy's outgoing
 *   segments there too, where the traced program forwards the trace header. Of its `remote` twins, which X-Ray infers from
 *   callers whose trace ends there, what others sent to them.
 * - What a proxy sent to a node: the edge between them, twins included; response times as the caller saw them. Nothing tells the
 *   service that it went through. Calls to a gateway are left out.
 * - Strangers: what called a proxy or was called by one, and names of this mesh that no proxy of the scope bears. The rest of the
 *   account is not told.
 *
 * `loose`: edges whose callee is not in the answer.
 */
export function measureGraphs(
  graphs: readonly (readonly XRayService[])[],
  scope: Scope,
): { measured: Measured; loose: number } {
  const reader = new Reader(scope);
  for (const graph of graphs) reader.graph(graph);
  const proxies = [...reader.received.values()].flatMap(({ proxy, name, tally }): ProxyReading[] => {
    const figures = figuresOf(tally);
    return figures ? [{ proxy, evidence: 'xray', witness: serviceSelector(name), figures }] : [];
  });
  const calls = [...reader.sent.values()].flatMap(({ from, to, tally }): CallReading[] => {
    const figures = figuresOf(tally);
    if (figures === undefined || to.proxy.kind !== 'node') return [];
    const witness = edgeSelector(from.name, to.name);
    const { responseTimes } = tally;
    return [{ from: from.proxy, to: to.proxy.awsName, evidence: 'xray', witness, figures, responseTimes }];
  });
  return { measured: { proxies, calls, strangers: [...reader.strangers.values()] }, loose: reader.loose };
}
