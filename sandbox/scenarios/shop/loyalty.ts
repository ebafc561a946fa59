import type { ApiSeed } from '../../appmesh/control-plane';
import { apiNode, apiRoute, apiRouter, apiService, inCloudMap } from '../api-resources';
import { clusterHost } from '../workload-objects';

const MESH = 'shop';
const TAGS = { team: 'loyalty', 'aws-service': 'ecs' };

/** The points programme: bought, run on ECS, and joined to the mesh of the shop without any object in its cluster. */
export function loyalty(): ApiSeed[] {
  const node = (name: string) =>
    apiNode(MESH, name, {
      listens: { protocol: 'http', port: 8080, health: '/ping' },
      foundBy: inCloudMap('shop.internal', name, 'loyalty-prod'),
      calls: [clusterHost('shop', 'orders')],
      tags: TAGS,
    });
  return [
    node('loyalty-ecs-v1'),
    node('loyalty-ecs-v2'),
    apiRouter(MESH, 'loyalty-ecs', { protocol: 'http', port: 8080 }, TAGS),
    apiRoute(
      { mesh: MESH, router: 'loyalty-ecs', name: 'points' },
      'http',
      { prefix: '/' },
      { 'loyalty-ecs-v1': 95, 'loyalty-ecs-v2': 5 },
      { tags: TAGS },
    ),
    apiService(MESH, 'loyalty.shop.internal', { router: 'loyalty-ecs' }, TAGS),
  ];
}
