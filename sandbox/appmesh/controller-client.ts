/** The App Mesh API as the controller reaches it: over a network that may not. */
import { unreachable, type Silence } from './api-errors';
import type { ApiResource, ApiSpec, ControlPlane } from './control-plane';
import type { ApiKind, ResourceId } from './resource-id';

export class ControllerClient implements ControlPlane {
  /** `silence`: why the API does not answer now; `undefined` while it does. */
  constructor(
    private readonly api: ControlPlane,
    private readonly silence: () => Silence | undefined,
  ) {}

  describe(id: ResourceId): ApiResource | undefined {
    this.reach('GET', id);
    return this.api.describe(id);
  }

  list(kind: ApiKind, mesh: string, parent?: string): ApiResource[] {
    this.reach('GET', { kind, mesh, name: '', ...(parent === undefined ? {} : { parent }) });
    return this.api.list(kind, mesh, parent);
  }

  create(id: ResourceId, spec: ApiSpec): ApiResource {
    this.reach('PUT', id);
    return this.api.create(id, spec);
  }

  update(id: ResourceId, spec: ApiSpec): ApiResource {
    this.reach('PUT', id);
    return this.api.update(id, spec);
  }

  delete(id: ResourceId): ApiResource {
    this.reach('DELETE', id);
    return this.api.delete(id);
  }

  private reach(method: string, id: ResourceId): void {
    const silence = this.silence();
    if (silence !== undefined) throw unreachable(method, id, silence);
  }
}
