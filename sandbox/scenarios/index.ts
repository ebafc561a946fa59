import type { ApiSeed } from '../appmesh/control-plane';
import type { KubeObject } from '../kube/types';
import { creationOrder } from './manifests';
import { scale } from './scale';
import { shop, shopBesideKubernetes } from './shop';
import { tutorial } from './tutorial';

export { creationOrder, readManifests } from './manifests';

const MOST_NODES = 20_000;
/** Above this, one pod per node makes the sandbox slow to start; `scale=N,pods` asks for them all the same. */
const MOST_NODES_WITH_PODS = 1_000;

/** The objects of a scenario, in the order in which a cluster accepts them. Throws an Error for a name it does not know. */
export function loadScenario(name: string): KubeObject[] {
  return creationOrder(build(name));
}

/** What only the App Mesh API has in a scenario, each after what it needs. */
export function loadApiResources(name: string): ApiSeed[] {
  return name === 'shop' ? shopBesideKubernetes() : [];
}

function build(name: string): KubeObject[] {
  if (name === 'tutorial') return tutorial();
  if (name === 'shop') return shop();
  const [, count, pods] = /^scale=(\d{1,6})(,pods)?$/.exec(name) ?? [];
  const nodes = Number(count ?? 0);
  if (nodes >= 1 && nodes <= MOST_NODES) {
    return scale({ nodes, pods: nodes <= MOST_NODES_WITH_PODS || pods !== undefined });
  }
  throw new Error(
    `There is no scenario "${name}": choose tutorial, shop or scale=N (N virtual nodes, 1 to ${MOST_NODES}).`,
  );
}
