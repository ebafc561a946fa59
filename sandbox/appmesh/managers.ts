/** For each kind: what it waits for, what the App Mesh API is told, and what is taken back when it is deleted. */
import type { KubeObject } from '../kube/types';
import {
  gatewayRouteSpec,
  gatewaySpec,
  meshSpec,
  nodeSpec,
  routerSpec,
  serviceSpec,
  targetServicesOf,
  targetsOf,
  type RouteCr,
} from './api-spec';
import { effectiveBackends } from './backends';
import type { ApiResource } from './control-plane';
import type { MeshKind } from './kinds';
import type { Reference } from './references';
import type { ResourceId } from './resource-id';
import { deleteRoutes, syncRoutes } from './routes';
import { put, type Tools } from './tools';

export interface Accepted {
  resource: ApiResource;
  /** Of a router's routes, by name. */
  routeArns?: Record<string, string>;
}

export interface Manager {
  upsert(object: KubeObject, tools: Tools): Promise<Accepted>;
  /** Which resource of the API the object stands for. Its mesh has to be there, active or not. */
  idOf(object: KubeObject, tools: Tools): ResourceId;
  /** Takes away what hangs below the resource, before the resource itself. */
  clear?(id: ResourceId, tools: Tools): Promise<void>;
}

const inMesh =
  (kind: ResourceId['kind']) =>
  (object: KubeObject, { references }: Tools): ResourceId => ({
    kind,
    mesh: references.mesh(object)['spec'].awsName,
    name: object['spec'].awsName,
  });

const mesh: Manager = {
  idOf: ({ spec }) => ({ kind: 'mesh', mesh: spec.awsName, name: spec.awsName }),
  upsert: async (object, tools) => ({
    resource: await put(mesh.idOf(object, tools), meshSpec(object), tools),
  }),
};

const virtualNode: Manager = {
  idOf: inMesh('virtualNode'),
  async upsert(node, tools) {
    const { references } = tools;
    const own = references.activeMesh(node);
    // They need not be active: services may call each other in circles.
    for (const { virtualService } of effectiveBackends(node, references))
      if (virtualService.virtualServiceRef)
        references.resolve('VirtualService', virtualService.virtualServiceRef, node, own);
    return { resource: await put(virtualNode.idOf(node, tools), nodeSpec(node, references), tools) };
  },
};

const virtualGateway: Manager = {
  idOf: inMesh('virtualGateway'),
  async upsert(gateway, tools) {
    tools.references.activeMesh(gateway);
    return { resource: await put(virtualGateway.idOf(gateway, tools), gatewaySpec(gateway), tools) };
  },
};

const virtualRouter: Manager = {
  idOf: inMesh('virtualRouter'),
  async upsert(router, tools) {
    const own = tools.references.activeMesh(router);
    const routes: RouteCr[] = router['spec'].routes ?? [];
    for (const { virtualNodeRef } of routes.flatMap(targetsOf))
      if (virtualNodeRef) tools.references.resolveActive('VirtualNode', virtualNodeRef, router, own);
    const id = virtualRouter.idOf(router, tools);
    const resource = await put(id, routerSpec(router), tools);
    return { resource, routeArns: await syncRoutes(id, router, routes, tools) };
  },
  clear: deleteRoutes,
};

interface ProviderCr {
  virtualNode?: { virtualNodeRef?: Reference };
  virtualRouter?: { virtualRouterRef?: Reference };
}

const virtualService: Manager = {
  idOf: inMesh('virtualService'),
  async upsert(service, tools) {
    const { references } = tools;
    const own = references.activeMesh(service);
    const provider: ProviderCr = service['spec'].provider ?? {};
    const node = provider.virtualNode?.virtualNodeRef;
    const router = provider.virtualRouter?.virtualRouterRef;
    if (node) references.resolveActive('VirtualNode', node, service, own);
    if (router) references.resolveActive('VirtualRouter', router, service, own);
    const id = virtualService.idOf(service, tools);
    return { resource: await put(id, serviceSpec(service, references), tools) };
  },
};

const gatewayRoute: Manager = {
  idOf(route, { references }) {
    const own = references.mesh(route);
    const parent: string = references.gateway(route, own)['spec'].awsName;
    return { kind: 'gatewayRoute', mesh: own['spec'].awsName, parent, name: route['spec'].awsName };
  },
  async upsert(route, tools) {
    const { references } = tools;
    const own = references.activeMesh(route);
    const { name, namespace = '' } = references.gateway(route, own).metadata;
    references.resolveActive('VirtualGateway', { name, namespace }, route, own);
    for (const target of targetServicesOf(route))
      references.resolveActive('VirtualService', target, route, own);
    const id = gatewayRoute.idOf(route, tools);
    return { resource: await put(id, gatewayRouteSpec(route, references), tools) };
  },
};

export const MANAGERS: Record<MeshKind, Manager> = {
  Mesh: mesh,
  VirtualNode: virtualNode,
  VirtualGateway: virtualGateway,
  VirtualRouter: virtualRouter,
  VirtualService: virtualService,
  GatewayRoute: gatewayRoute,
};
