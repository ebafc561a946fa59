/** How many resources an account may have: the defaults of Service Quotas, code `appmesh`. */
import type { ApiKind } from './resource-id';

export type QuotaName = ApiKind | 'backends';

export const QUOTAS: Record<QuotaName, { of: string; standard: number }> = {
  mesh: { of: 'meshes per account', standard: 15 },
  virtualNode: { of: 'virtual nodes per mesh', standard: 200 },
  virtualService: { of: 'virtual services per mesh', standard: 200 },
  virtualRouter: { of: 'virtual routers per mesh', standard: 200 },
  virtualGateway: { of: 'virtual gateways per mesh', standard: 3 },
  gatewayRoute: { of: 'gateway routes per virtual gateway', standard: 10 },
  route: { of: 'routes per virtual router', standard: 50 },
  backends: { of: 'backends per virtual node', standard: 50 },
};

export const isQuotaName = (name: string): name is QuotaName => Object.hasOwn(QUOTAS, name);

/** Quotas of an account that starts with so much: where that is more than the default, it was granted twice of it. */
export function grantedQuotas(used: (name: QuotaName) => number): Map<string, number> {
  return new Map(
    Object.entries(QUOTAS).map(([name, { standard }]) => {
      const start = isQuotaName(name) ? used(name) : 0;
      return [name, start > standard ? 2 * start : standard];
    }),
  );
}
