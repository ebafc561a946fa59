/** Parts of API specs that traffic follows. What the API accepted has the shapes of its model, which the casts rely on. */
import type { ApiResource, ApiSpec } from '../appmesh/control-plane';
import type { Protocol } from './fits';
import { bodyOf } from './matching';

export const listenersOf = ({ listeners }: ApiSpec) =>
  (listeners ?? []) as { portMapping: { port: number; protocol: Protocol } }[];

export const protocolOf = (spec: ApiSpec): Protocol => listenersOf(spec)[0]?.portMapping.protocol ?? 'http';

/** Names of the services a node may call. */
export const backendsOf = ({ backends }: ApiSpec): string[] =>
  ((backends ?? []) as { virtualService: { virtualServiceName: string } }[]).map(
    ({ virtualService }) => virtualService.virtualServiceName,
  );

export const lets = (mesh: ApiSpec | undefined): boolean =>
  (mesh?.['egressFilter'] as { type?: string } | undefined)?.type === 'ALLOW_ALL';

/** Who answers for a service. */
export function providerOf(spec: ApiSpec | undefined): { node?: string; router?: string } {
  const provider = spec?.['provider'] as
    { virtualNode?: { virtualNodeName: string }; virtualRouter?: { virtualRouterName: string } } | undefined;
  if (provider?.virtualNode) return { node: provider.virtualNode.virtualNodeName };
  return provider?.virtualRouter ? { router: provider.virtualRouter.virtualRouterName } : {};
}

export function weightedTargetsOf(route: ApiResource): { virtualNode: string; weight: number }[] {
  const action = bodyOf(route)?.body['action'] as
    { weightedTargets?: { virtualNode: string; weight: number }[] } | undefined;
  return action?.weightedTargets ?? [];
}

/** Name of the service a gateway route leads to. */
export function targetServiceOf(route: ApiResource): string {
  const action = bodyOf(route)?.body['action'] as
    { target?: { virtualService?: { virtualServiceName?: string } } } | undefined;
  return action?.target?.virtualService?.virtualServiceName ?? '';
}
