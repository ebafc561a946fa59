/** The service graph: services and the edges between them, counted over traces. */
import { ACCOUNT } from '../appmesh/resource-id';
import { Statistics } from './statistics';
import { INSTANCE, nameOf, type Trace } from './traces';

export const PROXY = 'AWS::AppMesh::Proxy';
export const APPLICATION = 'AWS::EKS::Container';

interface EdgeOf {
  to: ServiceOf;
  statistics: Statistics;
  firstS: number;
  lastS: number;
}

interface ServiceOf {
  name: string;
  type: string;
  root: boolean;
  firstS: number;
  lastS: number;
  /** As callers saw it, and as it saw itself. */
  responses: Statistics;
  durations: Statistics;
  edges: Map<ServiceOf, EdgeOf>;
}

interface Outcome {
  status: number;
  ms: number;
  handledMs: number;
}

export class ServiceGraph {
  /** By type and name. */
  private readonly services = new Map<string, Map<string, ServiceOf>>();
  private known = 0;

  get size(): number {
    return this.known;
  }

  add(trace: Trace): void {
    const { root, startS } = trace;
    const { target } = root.link;
    if (!target) return;
    const entrance = this.service(target.segment, PROXY, startS);
    entrance.root ||= trace.from === 'itself';
    if (trace.from === 'client') this.connect(this.client(entrance.name, startS), entrance, root, startS);
    if (trace.from === 'instance') {
      const instance = this.service(INSTANCE.name, INSTANCE.type, startS);
      instance.root = true;
      this.count(instance, root, startS);
      this.connect(instance, entrance, root, startS);
    }
    for (const step of trace.steps) {
      const atS = startS + step.startMs / 1000;
      const service = this.service(nameOf(step), step.seen ? PROXY : 'remote', atS);
      this.count(service, step, atS);
      const caller = step.above?.link.target;
      if (caller) this.connect(this.service(caller.segment, PROXY, atS), service, step, atS);
      const app = step.seen ? step.link.target?.profile.app : undefined;
      if (app === undefined) continue;
      const application = this.service(app, APPLICATION, atS);
      this.count(application, step, atS);
      this.connect(service, application, step, atS);
    }
  }

  /** Ids begin at `firstId`; services in the order of their names. */
  answer(firstId: number, skewS: number): object[] {
    const ordered = [...this.services.values()]
      .flatMap((named) => [...named.values()])
      .sort((a, b) => compare(a.name, b.name) || compare(a.type, b.type));
    const ids = new Map(ordered.map((service, index) => [service, firstId + index]));
    return ordered.map((service) => ({
      ReferenceId: ids.get(service),
      Name: service.name,
      Names: [service.name],
      Root: service.root,
      ...(service.type !== 'client' && { AccountId: ACCOUNT }),
      Type: service.type,
      State: service.type === 'client' || service.type === 'remote' ? 'unknown' : 'active',
      StartTime: service.firstS + skewS,
      EndTime: service.lastS + skewS,
      Edges: [...service.edges.values()].map(({ to, statistics, firstS, lastS }) => ({
        ReferenceId: ids.get(to),
        StartTime: firstS + skewS,
        EndTime: lastS + skewS,
        SummaryStatistics: statistics.summary(),
        ResponseTimeHistogram: statistics.histogram(),
        Aliases: [],
      })),
      ...(service.type !== 'client' && {
        SummaryStatistics: service.responses.summary(),
        DurationHistogram: service.durations.histogram(),
        ResponseTimeHistogram: service.responses.histogram(),
      }),
    }));
  }

  private client(name: string, atS: number): ServiceOf {
    const client = this.service(name, 'client', atS);
    client.root = true;
    return client;
  }

  private service(name: string, type: string, atS: number): ServiceOf {
    const named = this.services.get(type) ?? new Map<string, ServiceOf>();
    this.services.set(type, named);
    const known = named.get(name);
    if (known) {
      known.firstS = Math.min(known.firstS, atS);
      known.lastS = Math.max(known.lastS, atS);
      return known;
    }
    const service = {
      name,
      type,
      root: false,
      firstS: atS,
      lastS: atS,
      responses: new Statistics(),
      durations: new Statistics(),
      edges: new Map<ServiceOf, EdgeOf>(),
    };
    named.set(name, service);
    this.known++;
    return service;
  }

  private count(service: ServiceOf, { status, ms, handledMs }: Outcome, atS: number): void {
    service.responses.add({ status, ms });
    service.durations.add({ status, ms: handledMs });
    service.lastS = Math.max(service.lastS, atS + ms / 1000);
  }

  private connect(from: ServiceOf, to: ServiceOf, outcome: Outcome, atS: number): void {
    const edge = from.edges.get(to) ?? { to, statistics: new Statistics(), firstS: atS, lastS: atS };
    from.edges.set(to, edge);
    edge.statistics.add(outcome);
    edge.lastS = Math.max(edge.lastS, atS + outcome.ms / 1000);
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
