/** Resources as the App Mesh API shows them. */
import type { ApiResource } from '../control-plane';
import { ACCOUNT, aboveOf, arnOf } from '../resource-id';
import { WORDS } from './operations';

/** Seconds since 1970, with fraction. */
const timestamp = (at: Date) => at.getTime() / 1000;

/** The names that say where a resource is: its own, its router's or gateway's, its mesh's. */
function names({ id }: ApiResource): Record<string, string> {
  const above = aboveOf(id);
  return {
    meshName: id.mesh,
    ...(above && { [WORDS[above.kind].nameField]: above.name }),
    [WORDS[id.kind].nameField]: id.name,
  };
}

function metadata(resource: ApiResource) {
  return {
    arn: arnOf(resource.id),
    version: resource.version,
    createdAt: timestamp(resource.createdAt),
    lastUpdatedAt: timestamp(resource.lastUpdatedAt),
    meshOwner: ACCOUNT,
    resourceOwner: ACCOUNT,
  };
}

/** The whole resource, bare, as the answer to all operations but lists. */
export const wholeResource = (resource: ApiResource, status: 'ACTIVE' | 'DELETED' = 'ACTIVE') => ({
  ...names(resource),
  spec: resource.spec,
  metadata: { ...metadata(resource), uid: resource.uid },
  status: { status },
});

/** An entry of a list: neither spec nor uid. */
export const listEntry = (resource: ApiResource) => ({ ...names(resource), ...metadata(resource) });
