/** Request paths as resources. */
import type { InProcessCluster } from './cluster';
import type { ResourceType } from './types';

export interface Target {
  type: ResourceType;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
}

/** Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`; `undefined` for anything else, 404 for an unknown resource. */
export function parsePath(path: string, cluster: InProcessCluster): Target | undefined {
  const steps = path.split('/').slice(1).map(decodeURIComponent);
  const core = steps[0] === 'api';
  if (!core && steps[0] !== 'apis') return undefined;
  const group = core ? '' : (steps[1] ?? '');
  const rest = steps.slice(core ? 2 : 3);
  let namespace: string | undefined;
  // `/namespaces/NAME/PLURAL` is inside a namespace; `/namespaces/NAME` and its `/status` are the namespace itself.
  if (rest[0] === 'namespaces' && rest.length > 2 && rest[2] !== 'status' && rest[2] !== 'finalize') {
    namespace = rest[1];
    rest.splice(0, 2);
  }
  const [plural, name, subresource] = rest;
  if (plural === undefined || plural === '') return undefined;
  return { type: cluster.resourceType(group, plural), namespace, name, subresource };
}
