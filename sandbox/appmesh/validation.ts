/** What the validating webhooks refuse, and nothing more: weights, for one, they never look at. */
import { isDeepStrictEqual } from 'node:util';
import type { AdmissionRequest, KubeObject } from '../kube/types';

const IMMUTABLE: Record<string, string[]> = {
  Mesh: ['awsName'],
  GatewayRoute: ['awsName', 'meshRef', 'virtualGatewayRef'],
  BackendGroup: ['meshRef'],
};

function immutability({ object, oldObject }: AdmissionRequest): void {
  if (!oldObject) return;
  const fields = IMMUTABLE[object.kind] ?? ['awsName', 'meshRef'];
  const changed = fields.filter(
    (field) => !isDeepStrictEqual(object['spec']?.[field], oldObject['spec']?.[field]),
  );
  const cloudMap = oldObject['spec']?.serviceDiscovery?.awsCloudMap;
  if (object.kind === 'VirtualNode' && cloudMap !== undefined) {
    if (!isDeepStrictEqual(object['spec']?.serviceDiscovery?.awsCloudMap, cloudMap))
      changed.push('serviceDiscovery.awsCloudMap');
  }
  if (changed.length > 0) {
    const list = changed.map((field) => `spec.${field}`).join(',');
    throw new Error(`${object.kind} update may not change these fields: ${list}`);
  }
}

interface PathMatch {
  prefix?: string;
  path?: { exact?: string; regex?: string };
}

function exactPath({ path }: PathMatch, where: string): void {
  if (path !== undefined && (path.exact === undefined) === (path.regex === undefined))
    throw new Error(`${where}: exactly one of path.exact and path.regex must be given`);
}

function router({ spec }: KubeObject): void {
  const seen = new Set<string>();
  for (const route of spec?.routes ?? []) {
    if (seen.has(route.name)) throw new Error(`route names must be unique: ${route.name} stands there twice`);
    seen.add(route.name);
    for (const body of [route.httpRoute, route.http2Route]) {
      const match: PathMatch | undefined = body?.match;
      if (!match) continue;
      if ((match.prefix === undefined) === (match.path === undefined))
        throw new Error(`route ${route.name}: exactly one of prefix and path must be given`);
      exactPath(match, `route ${route.name}`);
    }
  }
}

function node({ spec, metadata }: KubeObject): void {
  if (spec?.listeners !== undefined && spec.serviceDiscovery === undefined)
    throw new Error(`virtualNode ${metadata.name} has listeners and needs serviceDiscovery`);
  const seen = new Set<string>();
  for (const { virtualService } of spec?.backends ?? []) {
    const { virtualServiceRef: ref, virtualServiceARN: arn } = virtualService;
    const name = ref ? `${ref.namespace ?? metadata.namespace}/${ref.name}` : String(arn);
    if (seen.has(name)) throw new Error(`virtualNode ${metadata.name} has the backend ${name} twice`);
    seen.add(name);
  }
  onePool(spec?.listeners ?? []);
}

function onePool(listeners: { connectionPool?: object }[]): void {
  for (const { connectionPool = {} } of listeners)
    if (Object.keys(connectionPool).length > 1)
      throw new Error('a listener may have one connectionPool only');
}

function gatewayRoute({ spec, metadata }: KubeObject): void {
  const bodies = [spec?.httpRoute, spec?.http2Route, spec?.grpcRoute].filter((body) => body !== undefined);
  if (bodies.length !== 1)
    throw new Error(
      `gatewayRoute ${metadata.name} must have exactly one of httpRoute, http2Route, grpcRoute`,
    );
  const { match = {} } = bodies[0];
  if (spec.grpcRoute) {
    if (match.serviceName === undefined && match.hostname === undefined)
      throw new Error(`gatewayRoute ${metadata.name}: serviceName or hostname must be given`);
    return;
  }
  if (match.prefix !== undefined && match.path !== undefined)
    throw new Error(`gatewayRoute ${metadata.name}: only one of prefix and path may be given`);
  if (match.prefix === undefined && match.path === undefined && match.hostname === undefined)
    throw new Error(`gatewayRoute ${metadata.name}: one of prefix, path and hostname must be given`);
  exactPath(match, `gatewayRoute ${metadata.name}`);
  const { hostname } = match;
  if (hostname !== undefined && (hostname.exact === undefined) === (hostname.suffix === undefined))
    throw new Error(
      `gatewayRoute ${metadata.name}: exactly one of hostname.exact and hostname.suffix must be given`,
    );
}

/** Throws an Error with the reason of a refusal. */
export function validate(request: AdmissionRequest): void {
  const { object } = request;
  immutability(request);
  if (object.kind === 'VirtualRouter') router(object);
  else if (object.kind === 'VirtualNode') node(object);
  else if (object.kind === 'VirtualGateway') onePool(object['spec']?.listeners ?? []);
  else if (object.kind === 'GatewayRoute') gatewayRoute(object);
}
