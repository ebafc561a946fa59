/** What the measurements of an entity or edge are called on the AWS side. */
import { parseEntityKey, type EntityKey } from '../keys';
import type { Entity, MeshModel, Router, Service } from '../model';
import type { ProxyName } from './measured';

/** `from` alone: what it received. `to` alone: what everybody sent to it, through `service` where that is named. Both: that call. */
export interface MeasuredSubject {
  from?: ProxyName | undefined;
  service?: string | undefined;
  to?: string | undefined;
}

const proxyOf = (entity: Entity | undefined): ProxyName | undefined =>
  entity?.kind === 'node' || entity?.kind === 'gateway'
    ? { kind: entity.kind, awsName: entity.awsName }
    : undefined;

/** Services that a router or node provides. */
function servicesOf(model: MeshModel, provider: EntityKey): Service[] {
  return [...model.entities.values()].flatMap((entity) =>
    entity.kind === 'service' && entity.provider.target?.key === provider ? [entity] : [],
  );
}

/** Nodes that answer for a service, by their AWS names. */
function nodesBehind(model: MeshModel, service: Service): string[] {
  const provider = service.provider.target && model.entities.get(service.provider.target.key);
  if (provider?.kind === 'node') return [provider.awsName];
  if (provider?.kind !== 'router') return [];
  const targets = new Set(provider.routes.flatMap(({ targets: each }) => each.map(({ key }) => key)));
  return [...targets].flatMap((key) => model.entities.get(key)?.awsName ?? []);
}

const through = (model: MeshModel, service: Service, from?: ProxyName): MeasuredSubject[] =>
  nodesBehind(model, service).map((to) => ({ from, service: service.awsName, to }));

function ofEntity(model: MeshModel, entity: Entity): MeasuredSubject[] {
  switch (entity.kind) {
    case 'gateway':
    case 'node':
      return [{ from: { kind: entity.kind, awsName: entity.awsName } }];
    case 'service':
      return through(model, entity);
    case 'router':
      return servicesOf(model, entity.key).flatMap((service) => through(model, service));
    case 'gatewayRoute': {
      const from = proxyOf(model.entities.get(entity.gateway.key));
      const service = model.entities.get(entity.target.key);
      return from && service?.kind === 'service' ? through(model, service, from) : [];
    }
    case 'backendGroup':
      return [];
  }
}

function ofTarget(model: MeshModel, router: Router, target: EntityKey): MeasuredSubject[] {
  const to = model.entities.get(target)?.awsName;
  return to === undefined
    ? []
    : servicesOf(model, router.key).map(({ awsName: service }) => ({ service, to }));
}

function ofEdge(model: MeshModel, [kind, source, , target]: string[]): MeasuredSubject[] {
  const [from, to] = [find(model, source), find(model, target)];
  if (from === undefined || to === undefined) return [];
  if (from.kind === 'router') return ofTarget(model, from, to.key);
  if (kind === 'provider') return ofEntity(model, from);
  const proxy = proxyOf(from);
  if (proxy === undefined) return [];
  return to.kind === 'service' ? through(model, to, proxy) : [{ from: proxy, to: to.awsName }];
}

function find(model: MeshModel, text: string | undefined): Entity | undefined {
  const key = text === undefined ? undefined : parseEntityKey(text);
  return key && model.entities.get(text as EntityKey); // it was just taken apart
}

/** What to ask for to draw the lines of an entity or edge key; several are added up. Empty for what nobody measures. */
export function subjectsOfKey(model: MeshModel, key: string): MeasuredSubject[] {
  if (key.includes('|')) return ofEdge(model, key.split('|'));
  const entity = find(model, key);
  return entity ? ofEntity(model, entity) : [];
}
