/** References between mesh objects, followed as the controller follows them: over the cluster, in its words. */
import { keyOf, type Informer } from '../loop/informer';
import type { Cluster, KubeObject, ResourceType } from '../kube/types';
import { GROUP } from './designation';
import { camel, isActive, KINDS, type MeshKind } from './kinds';
import { backendGroupsOn, deploymentType } from './own-deployment';
import { nameFromArn } from './resource-id';

export interface Reference {
  name: string;
  namespace?: string;
}

/** A reconcile that cannot go on: an ordinary answer, told in an Event and tried again. */
export class Held extends Error {
  override name = 'Held';
}

/** `namespace/name` of what is meant; without a namespace it is the referrer's own. */
export const keyFrom = ({ name, namespace }: Reference, from: KubeObject) =>
  `${namespace || from.metadata.namespace}/${name}`;

export class References {
  private readonly types: Record<MeshKind, ResourceType>;
  private readonly groups: ResourceType;
  private readonly deployments: ResourceType;

  constructor(
    cluster: Cluster,
    private readonly informer: Informer,
  ) {
    const typeOf = (kind: MeshKind) => cluster.resourceType(GROUP, KINDS[kind].plural);
    this.types = {
      Mesh: typeOf('Mesh'),
      VirtualNode: typeOf('VirtualNode'),
      VirtualGateway: typeOf('VirtualGateway'),
      VirtualRouter: typeOf('VirtualRouter'),
      VirtualService: typeOf('VirtualService'),
      GatewayRoute: typeOf('GatewayRoute'),
    };
    this.groups = cluster.resourceType(GROUP, 'backendgroups');
    this.deployments = deploymentType(cluster);
  }

  typeOf(kind: MeshKind): ResourceType {
    return this.types[kind];
  }

  /** The mesh an object was given at creation, if it is still that one. Active or not. */
  mesh(of: KubeObject): KubeObject {
    const ref: { name: string; uid: string } | undefined = of['spec'].meshRef;
    if (!ref) throw new Held("meshRef shouldn't be nil, please check webhook setup");
    const mesh = this.informer.get(this.types.Mesh, `/${ref.name}`);
    const failed = `failed to resolve meshRef`;
    if (!mesh) throw new Held(`${failed}: unable to fetch mesh: ${ref.name}: ${absent('Mesh', ref.name)}`);
    if (mesh.metadata.uid !== ref.uid) throw new Held(`${failed}: mesh UID mismatch: ${ref.name}`);
    return mesh;
  }

  activeMesh(of: KubeObject): KubeObject {
    const mesh = this.mesh(of);
    if (!isActive(mesh)) throw new Held('mesh is not active yet');
    return mesh;
  }

  /** The object a reference means, in the referrer's own mesh. */
  resolve(kind: Exclude<MeshKind, 'Mesh'>, ref: Reference, from: KubeObject, mesh: KubeObject): KubeObject {
    const key = keyFrom(ref, from);
    const word = camel(kind);
    const found = this.informer.get(this.types[kind], key);
    if (!found)
      throw new Held(
        `failed to resolve ${word}Ref: unable to fetch ${word}: ${key}: ${absent(kind, ref.name)}`,
      );
    if (found['spec'].meshRef?.uid !== mesh.metadata.uid || found['spec'].meshRef.name !== mesh.metadata.name)
      throw new Held(`${word} ${key} didn't belong to mesh ${keyOf(mesh)}`);
    return found;
  }

  /** As `resolve`, and accepted by the App Mesh API. */
  resolveActive(
    kind: Exclude<MeshKind, 'Mesh'>,
    ref: Reference,
    from: KubeObject,
    mesh: KubeObject,
  ): KubeObject {
    const found = this.resolve(kind, ref, from, mesh);
    if (!isActive(found)) throw new Held(`${camel(kind)} is not active yet`);
    return found;
  }

  /** The gateway a route was hung on at creation, if it is still that one. */
  gateway(route: KubeObject, mesh: KubeObject): KubeObject {
    const ref: (Reference & { uid: string }) | undefined = route['spec'].virtualGatewayRef;
    if (!ref) throw new Held("virtualGatewayRef shouldn't be nil, please check webhook setup");
    const gateway = this.resolve('VirtualGateway', ref, route, mesh);
    if (gateway.metadata.uid !== ref.uid) throw new Held(`virtualGateway UID mismatch: ${ref.name}`);
    return gateway;
  }

  /** Without its flag the controller does not look at groups at all. */
  get groupsOn(): boolean {
    return backendGroupsOn(this.informer, this.deployments);
  }

  backendGroup(ref: Reference, from: KubeObject): KubeObject {
    const key = keyFrom(ref, from);
    const group = this.informer.get(this.groups, key);
    if (!group)
      throw new Held(
        `failed to resolve backendGroupRef: unable to fetch backendGroup: ${key}: ${absent('BackendGroup', ref.name)}`,
      );
    return group;
  }

  servicesIn(namespace: string): KubeObject[] {
    return this.informer.lookup('in-namespace', `VirtualService ${namespace}`);
  }

  /**
   * What the App Mesh API calls a target. An ARN wins over a reference and is never looked up; with neither, the name
   * is empty and the API refuses it.
   */
  awsName(
    kind: 'VirtualNode' | 'VirtualRouter' | 'VirtualService',
    ref: Reference | undefined,
    arn: string | undefined,
    from: KubeObject,
  ): string {
    if (arn !== undefined) return heldIfInvalid(() => nameFromArn(arn, camel(kind)));
    if (!ref) return '';
    return this.informer.get(this.types[kind], keyFrom(ref, from))?.['spec'].awsName ?? '';
  }
}

function heldIfInvalid(read: () => string): string {
  try {
    return read();
  } catch (error) {
    throw new Held(error instanceof Error ? error.message : String(error));
  }
}

const absent = (kind: string, name: string) => `${kind}.${GROUP} "${name}" not found`;
