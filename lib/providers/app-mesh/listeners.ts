/** Listeners of gateways, routers and nodes, and how a node is found. The CRDs and the API write both alike. */
import type { Listener, MeshNode } from '@/lib/mesh/model';
import type { DiscoveryCr, ListenerCr } from './cr';

export const toListeners = (list: readonly ListenerCr[] | null | undefined): Listener[] =>
  (list ?? []).map((each) => ({
    port: each.portMapping.port,
    protocol: each.portMapping.protocol,
    tlsMode: each.tls?.mode,
    healthCheck: Boolean(each.healthCheck),
    outlierDetection: Boolean(each.outlierDetection),
  }));

export function toDiscovery(discovery: DiscoveryCr | null | undefined): MeshNode['discovery'] {
  const { dns, awsCloudMap } = discovery ?? {};
  if (awsCloudMap)
    return {
      kind: 'cloudMap',
      namespaceName: awsCloudMap.namespaceName,
      serviceName: awsCloudMap.serviceName,
    };
  if (dns) return { kind: 'dns', hostname: dns.hostname };
  return { kind: 'none' };
}
