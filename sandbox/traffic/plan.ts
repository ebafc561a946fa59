/** The ways a request can take through a mesh as it was declared: worked out where requests come by. */
import type { ApiResource } from '../appmesh/control-plane';
import {
  backendsOf,
  lets,
  listenersOf,
  protocolOf,
  providerOf,
  targetServiceOf,
  weightedTargetsOf,
} from './declared-spec';
import { entriesOf, type Entry } from './entries';
import type { Protocol, Visitor } from './fits';
import { choices } from './matching';
import { profileOf, trafficFrom, type Profile } from './profile';
import { fractionOf, hashOf } from './random';
import { retryOf, timeoutOf, type Retry } from './route-policy';
import type { MeshView } from './view';

/** A proxy that handles requests: that of a node or gateway. */
export interface Proxy {
  kind: 'node' | 'gateway';
  name: string;
  /** `mesh/name`, as its segments are named. */
  segment: string;
  hash: number;
  protocol: Protocol;
  port: number;
  ready: boolean;
  profile: Profile;
  /** What it calls while it handles a request; for a gateway one of them. */
  calls(): Outgoing[];
}

export interface Target {
  /** `undefined` when the route names a node that is not there. */
  node: Proxy | undefined;
  /** As the route has it. */
  nodeName: string;
  /** Upper end of its part of 0..1; parts follow each other. */
  until: number;
}

/** A route with its targets, or the way of a service without a router. */
export interface Way {
  router: string | undefined;
  route: string | undefined;
  until: number;
  visitor: Visitor;
  /** Empty when all weights are zero. */
  targets: Target[];
  retry: Retry | undefined;
  timeoutMs: number | undefined;
}

export interface Service {
  name: string;
  /** Empty when nobody is behind it. */
  ways: Way[];
}

export interface Outgoing {
  caller: Proxy;
  service: Service;
  probability: number;
  /** Whether the caller's proxy was told of it. A call past the proxy is not. */
  declared: boolean;
  /** What the requests look like, where a gateway route asked for it. */
  visitor: Visitor | undefined;
  links: Map<Proxy | undefined, Link>;
}

/** From one proxy to another by way of a service: what is counted. */
export interface Link {
  key: string;
  /** `undefined`: from outside the mesh. */
  caller: Proxy | undefined;
  /** `undefined` from outside. */
  service: string | undefined;
  /** `undefined`: nobody behind the service. */
  target: Proxy | undefined;
  declared: boolean;
}

/** How many of its backends a node calls for one request, on average, at most. */
const MOST_CALLS = 1.4;
const UNDECLARED_SHARE = 0.25;
/** A gateway takes less time than an application. */
const GATEWAY = { p50Ms: 0.8, p99Ms: 3, faultRatio: 0, errorRatio: 0, throttleRatio: 0 };

export class MeshPlan {
  private readonly nodes = new Map<string, Proxy | undefined>();
  private readonly services = new Map<string, Service>();
  private known: Entry[] | undefined;

  constructor(
    readonly mesh: string,
    readonly view: MeshView,
  ) {}

  /** Where requests enter. */
  get entries(): Entry[] {
    this.known ??= entriesOf(this);
    return this.known;
  }

  node(name: string): Proxy | undefined {
    if (this.nodes.has(name)) return this.nodes.get(name);
    const resource = this.view.find('virtualNode', this.mesh, name);
    const node = resource && this.proxy('node', resource, (self) => this.callsOf(self, resource));
    this.nodes.set(name, node);
    return node;
  }

  gateway(resource: ApiResource): Proxy {
    const routes = this.view.list('gatewayRoute', this.mesh, resource.id.name);
    return this.proxy('gateway', resource, (self) =>
      choices(routes).map(({ route, share, visitor }) =>
        outgoing(self, this.service(targetServiceOf(route)), share, { visitor }),
      ),
    );
  }

  service(name: string): Service {
    const known = this.services.get(name);
    if (known) return known;
    const service = { name, ways: this.waysOf(name) };
    this.services.set(name, service);
    return service;
  }

  private proxy(kind: Proxy['kind'], { id, spec }: ApiResource, calls: (self: Proxy) => Outgoing[]): Proxy {
    const facts = this.view.factsOf(kind === 'node' ? 'virtualNode' : 'virtualGateway', this.mesh, id.name);
    const name = `${this.mesh}/${id.name}`;
    const traffic = trafficFrom(facts.annotation);
    let known: Outgoing[] | undefined;
    const proxy: Proxy = {
      kind,
      name: id.name,
      segment: name,
      hash: hashOf(name),
      protocol: protocolOf(spec),
      port: listenersOf(spec)[0]?.portMapping.port ?? 0,
      ready: facts.ready,
      profile: profileOf(name, kind === 'gateway' ? { ...GATEWAY, ...traffic } : traffic),
      calls: () => (known ??= calls(proxy)),
    };
    return proxy;
  }

  private callsOf(node: Proxy, { spec }: ApiResource): Outgoing[] {
    const liked = backendsOf(spec).map((name) => ({ name, liking: 0.25 + fractionOf(node.name, name) }));
    const total = liked.reduce((sum, { liking }) => sum + liking, 0);
    const average = Math.min(MOST_CALLS, 0.35 + 0.2 * liked.length);
    const declared = liked.map(({ name, liking }) =>
      outgoing(node, this.service(name), Math.min(0.9, (liking / total) * average)),
    );
    const told = new Set(declared.map(({ service }) => service.name));
    return [
      ...declared,
      ...this.undeclaredCalls(node, liked.length > 0).filter(({ service }) => !told.has(service.name)),
    ];
  }

  /**
   * Calls to services, or nodes, that are no backends. They get nowhere where the mesh or the proxy is in their way; who lists a
   * backend is held to its list in a mesh that lets everything through, too.
   */
  private undeclaredCalls(node: Proxy, lists: boolean): Outgoing[] {
    const open = !lists && lets(this.view.find('mesh', this.mesh, this.mesh)?.spec);
    const { pastProxy } = this.view.factsOf('virtualNode', this.mesh, node.name);
    return node.profile.undeclaredCalls.flatMap((name) => {
      const service = this.named(name);
      if (!service) return [];
      const ports = service.ways.flatMap(({ targets }) =>
        targets.map(({ nodeName }) => this.portOf(nodeName)),
      );
      const passes = open || ports.some((port) => pastProxy.includes(String(port)));
      const reached = passes ? service : { name: service.name, ways: [] };
      return [outgoing(node, reached, UNDECLARED_SHARE, { declared: false })];
    });
  }

  /** A service by its name or the beginning of its host name, or else a node as a service of its own. */
  private named(name: string): Service | undefined {
    const services = this.view.list('virtualService', this.mesh).map(({ id }) => id.name);
    const found =
      services.find((each) => each === name) ?? services.find((each) => each.startsWith(`${name}.`));
    if (found !== undefined) return this.service(found);
    const node = this.node(name);
    return node && { name, ways: [soleWay(node, name)] };
  }

  private portOf(nodeName: string): number | undefined {
    return listenersOf(this.view.find('virtualNode', this.mesh, nodeName)?.spec ?? {})[0]?.portMapping.port;
  }

  private waysOf(serviceName: string): Way[] {
    const { node, router } = providerOf(this.view.find('virtualService', this.mesh, serviceName)?.spec);
    if (node !== undefined) return [soleWay(this.node(node), node)];
    if (router === undefined) return [];
    let until = 0;
    return choices(this.view.list('route', this.mesh, router)).map(({ route, share, visitor }) => ({
      router,
      route: route.id.name,
      until: (until += share),
      visitor,
      targets: this.targetsOf(route),
      retry: retryOf(route),
      timeoutMs: timeoutOf(route),
    }));
  }

  private targetsOf(route: ApiResource): Target[] {
    const weighted = weightedTargetsOf(route).filter(({ weight }) => weight > 0);
    const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
    let until = 0;
    return weighted.map(({ virtualNode, weight }) => ({
      node: this.node(virtualNode),
      nodeName: virtualNode,
      until: (until += weight / total),
    }));
  }
}

const outgoing = (
  caller: Proxy,
  service: Service,
  probability: number,
  { declared = true, visitor }: { declared?: boolean; visitor?: Visitor } = {},
): Outgoing => ({ caller, service, probability, declared, visitor, links: new Map() });

/** From a caller to a target, the same object every time. */
export function linkTo(call: Outgoing, target: Proxy | undefined): Link {
  const known = call.links.get(target);
  if (known) return known;
  const { caller, service, declared } = call;
  const key = `${caller.kind} ${caller.name}>${service.name}>${target?.name ?? ''}${declared ? '' : '!'}`;
  const link = { key, caller, service: service.name, target, declared };
  call.links.set(target, link);
  return link;
}

const soleWay = (node: Proxy | undefined, nodeName: string): Way => ({
  router: undefined,
  route: undefined,
  until: 1,
  visitor: {
    protocol: node?.protocol ?? 'http',
    port: undefined,
    method: 'GET',
    path: '/',
    scheme: 'http',
    host: 'any.example',
    headers: new Map(),
  },
  targets: [{ node, nodeName, until: 1 }],
  retry: undefined,
  timeoutMs: undefined,
});
