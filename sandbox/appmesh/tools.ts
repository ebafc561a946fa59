/** What a reconcile works with, and the one way in which it writes to the App Mesh API. */
import type { ApiResource, ApiSpec, ControlPlane } from './control-plane';
import type { References } from './references';
import type { ResourceId } from './resource-id';
import { sameSpec } from './same-spec';

/** `step` takes the time of one step; it throws when the controller has been stopped. */
export interface Tools {
  api: ControlPlane;
  references: References;
  step(): Promise<void>;
}

/** Creates or updates, and does nothing when the API already has this spec. */
export async function put(id: ResourceId, spec: ApiSpec, { api, step }: Tools): Promise<ApiResource> {
  const found = api.describe(id);
  if (found && sameSpec(spec, found.spec)) return found;
  await step();
  return found ? api.update(id, spec) : api.create(id, spec);
}
