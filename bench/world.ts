/** A mesh of N nodes as a Kubernetes list answers it: objects with uid, resourceVersion and the controller's defaults. */
import { DEFAULT_KNOBS } from '../sandbox/admin/knobs';
import { appMeshWebhooks } from '../sandbox/appmesh/webhooks';
import { ownCrds } from '../sandbox/crds';
import { createCluster } from '../sandbox/kube/cluster';
import type { RawObject } from '../lib/providers/app-mesh';
import { creationOrder, loadScenario } from '../sandbox/scenarios';

/** Objects by plural. */
export function scaleWorld(nodes: number): Record<string, RawObject[]> {
  const cluster = createCluster({ crds: ownCrds() });
  cluster.addAdmission(appMeshWebhooks(cluster, () => DEFAULT_KNOBS));
  const world: Record<string, RawObject[]> = {};
  for (const object of creationOrder(loadScenario(`scale=${nodes}`))) {
    const type = cluster.typeOf(object);
    cluster.create(type, object);
    world[type.plural] ??= [];
  }
  for (const type of cluster.resourceTypes())
    if (world[type.plural] !== undefined)
      // What the cluster hands out has the uid and resourceVersion that the sandbox's own type leaves open.
      world[type.plural] = cluster.list(type) as RawObject[];
  return world;
}
