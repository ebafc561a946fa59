/**
 * Where what is asked for and what the control plane holds differ. Compared is what the model knows: not the certificates,
 * log formats, connection pools and thresholds inside a listener or a policy.
 */
import { sameContent } from '../equal';
import type { Entity, Mesh, MeshModel, Route, Target } from '../model';
import { awsNameOf } from './names';

interface Side<T> {
  is: T;
  /** The model it stands in. */
  of: MeshModel;
}

/** AWS names of references; `undefined` where one of them cannot be told, so that nothing is concluded. */
function namesOf(targets: readonly Target[], of: MeshModel): string[] | undefined {
  const names = targets.map((target) => awsNameOf(target, of));
  return names.some((name) => name === undefined) ? undefined : names.map(String);
}

function sameNames(a: Side<readonly Target[]>, b: Side<readonly Target[]>, ordered = true): boolean {
  const [ofA, ofB] = [namesOf(a.is, a.of), namesOf(b.is, b.of)];
  if (ofA === undefined || ofB === undefined) return true;
  return ordered ? sameContent(ofA, ofB) : sameContent([...ofA].sort(), [...ofB].sort());
}

const differing = (fields: Record<string, boolean>): string[] =>
  Object.entries(fields).flatMap(([field, same]) => (same ? [] : [field]));

function routeDiffers(a: Side<Route>, b: Side<Route>): string[] {
  const sameTargets = sameNames({ is: a.is.targets, of: a.of }, { is: b.is.targets, of: b.of });
  const part = <T>(route: Route, of: (target: Route['targets'][number]) => T) => route.targets.map(of);
  return differing({
    protocol: a.is.protocol === b.is.protocol,
    priority: a.is.priority === b.is.priority,
    match: sameContent(a.is.match, b.is.match),
    targets: sameTargets,
    // Of other targets nothing can be said but that they are others.
    weights:
      !sameTargets ||
      sameContent(
        part(a.is, ({ weight }) => weight),
        part(b.is, ({ weight }) => weight),
      ),
    ports:
      !sameTargets ||
      sameContent(
        part(a.is, ({ port }) => port),
        part(b.is, ({ port }) => port),
      ),
    retry: sameContent(a.is.retry, b.is.retry),
    timeout: sameContent(a.is.timeout, b.is.timeout),
  });
}

/** As `routes.NAME.weights`, or `routes.NAME` where only one side has the route. */
function routesDiffer(a: Side<readonly Route[]>, b: Side<readonly Route[]>): string[] {
  const open = new Map(b.is.map((route) => [route.name, route]));
  const found: string[] = [];
  for (const route of a.is) {
    const other = open.get(route.name);
    open.delete(route.name);
    if (!other) found.push(`routes.${route.name}`);
    else
      found.push(
        ...routeDiffers({ is: route, of: a.of }, { is: other, of: b.of }).map(
          (field) => `routes.${route.name}.${field}`,
        ),
      );
  }
  return [...found, ...[...open.keys()].map((name) => `routes.${name}`)];
}

/** Names of the fields in which two entities differ; none where they are of two kinds. */
export function differingFields(a: Side<Entity>, b: Side<Entity>): string[] {
  const targets = (
    ofA: readonly (Target | undefined)[],
    ofB: readonly (Target | undefined)[],
    ordered = true,
  ) =>
    sameNames(
      { is: ofA.filter((each) => each !== undefined), of: a.of },
      { is: ofB.filter((each) => each !== undefined), of: b.of },
      ordered,
    );
  const [one, other] = [a.is, b.is];
  if (one.kind === 'gateway' && other.kind === 'gateway')
    return differing({ listeners: sameContent(one.listeners, other.listeners) });
  if (one.kind === 'gatewayRoute' && other.kind === 'gatewayRoute')
    return differing({
      protocol: one.protocol === other.protocol,
      priority: one.priority === other.priority,
      match: sameContent(one.match, other.match),
      target: targets([one.target], [other.target]),
      port: one.targetPort === other.targetPort,
      rewrite: sameContent(one.rewrite, other.rewrite),
    });
  if (one.kind === 'service' && other.kind === 'service')
    return differing({
      provider:
        one.provider.kind === other.provider.kind && targets([one.provider.target], [other.provider.target]),
    });
  if (one.kind === 'router' && other.kind === 'router')
    return [
      ...differing({ listeners: sameContent(one.listeners, other.listeners) }),
      ...routesDiffer({ is: one.routes, of: a.of }, { is: other.routes, of: b.of }),
    ];
  if (one.kind === 'node' && other.kind === 'node')
    return differing({
      listeners: sameContent(one.listeners, other.listeners),
      discovery: sameContent(one.discovery, other.discovery),
      // The controller adds the members of groups in any order.
      backends: targets(one.backends, other.backends, false),
    });
  return [];
}

export const differingMeshFields = (a: Mesh, b: Mesh): string[] =>
  differing({ egress: a.egress === b.egress });
