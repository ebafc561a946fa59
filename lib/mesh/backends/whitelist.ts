/**
 * Who may reach what. App Mesh lets a node call the services among its backends and those of its backend groups. A mesh
 * whose egress filter is ALLOW_ALL lets a node without any backend call everything; a node that has one is held to its list
 * there, too (App Mesh guide, "Mesh egress filter": who lists a backend must list them all).
 */
import type { EntityKey } from '../keys';
import type { Backend, BackendGroup, Entity, Mesh, MeshNode, Router, Service, Target } from '../model';
import type { TopologyNode } from '../topology';

/** The parts of a mesh that the whitelist is about. */
export interface Whitelist {
  egress: Mesh['egress'];
  nodes: ReadonlyMap<EntityKey, MeshNode>;
  services: ReadonlyMap<EntityKey, Service>;
  routers: ReadonlyMap<EntityKey, Router>;
  groups: ReadonlyMap<EntityKey, BackendGroup>;
}

/** From a model, or from the nodes of a picture. Linear in both. */
export function whitelistOf(
  { egress }: Pick<Mesh, 'egress'>,
  entities: Iterable<Entity | TopologyNode>,
): Whitelist {
  const nodes = new Map<EntityKey, MeshNode>();
  const services = new Map<EntityKey, Service>();
  const routers = new Map<EntityKey, Router>();
  const groups = new Map<EntityKey, BackendGroup>();
  for (const entity of entities)
    switch (entity.kind) {
      case 'node':
        nodes.set(entity.key, entity);
        break;
      case 'service':
        services.set(entity.key, entity);
        break;
      case 'router':
        routers.set(entity.key, entity);
        break;
      case 'backendGroup':
        groups.set(entity.key, entity);
        break;
      default: // neither calls nor is called by name
    }
  return { egress, nodes, services, routers, groups };
}

/** direct: an entry of the node. group: of a backend group it uses. wildcard: of its group `*`, all services of a namespace. */
export type GrantKind = 'direct' | 'group' | 'wildcard';

/** What lets one node call one service. */
export interface Grant {
  by: GrantKind;
  /** The group that names the service, also where an entry of the node comes first. */
  group?: EntityKey | undefined;
  /** Entries of the node that name the service; more than one is one too many. */
  entries: number;
  backend: Backend;
}

export const isWildcard = (group: EntityKey): boolean => group.endsWith('/*');

const known = new WeakMap<MeshNode, ReadonlyMap<EntityKey, Grant>>();

/** Everything the list of a node lets through, by service. References that name nothing (`unset`) are left out. */
export function grantsOf(node: MeshNode): ReadonlyMap<EntityKey, Grant> {
  const before = known.get(node);
  if (before !== undefined) return before;
  const grants = new Map<EntityKey, Grant>();
  for (const backend of node.backends) {
    if (backend.resolution === 'unset') continue;
    const { key, viaGroup } = backend;
    const grant = grants.get(key);
    if (viaGroup === undefined)
      grants.set(key, {
        by: 'direct',
        group: grant?.group ?? backend.alsoViaGroup,
        entries: (grant?.entries ?? 0) + 1,
        backend: grant?.by === 'direct' ? grant.backend : backend,
      });
    else if (grant === undefined)
      grants.set(key, {
        by: isWildcard(viaGroup) ? 'wildcard' : 'group',
        group: viaGroup,
        entries: 0,
        backend,
      });
    else if (grant.group === undefined) grants.set(key, { ...grant, group: viaGroup });
  }
  known.set(node, grants);
  return grants;
}

/** list: only what is listed. everything: nothing is listed, and the mesh lets it through. */
export type Rule = 'list' | 'everything';

export function ruleOf(node: MeshNode, egress: Mesh['egress']): Rule {
  return egress === 'allow' && grantsOf(node).size === 0 && groupsInForce(node).length === 0
    ? 'everything'
    : 'list';
}

/** The groups that the controller takes notice of: none where its flag for them is off. */
export const groupsInForce = (node: MeshNode): readonly Target[] =>
  node.groupsIgnored === true ? [] : node.backendGroups;

/** open: by the mesh's ALLOW_ALL. unknown: a group of the node was not read, and may name the service. */
export type Permission = GrantKind | 'open' | 'no' | 'unknown';

/** Whether a node may call a service as declared. */
export function permission(node: MeshNode, service: EntityKey, egress: Mesh['egress']): Permission {
  const grant = grantsOf(node).get(service);
  if (grant !== undefined) return grant.by;
  if (groupsInForce(node).some(({ resolution }) => resolution === 'unread')) return 'unknown';
  return ruleOf(node, egress) === 'everything' ? 'open' : 'no';
}

export const isAllowed = (told: Permission): boolean => told !== 'no' && told !== 'unknown';

/** A node's own entries, as requests and the history name them: namespace/name, or the ARN where it names one. */
export const backendName = ({ arn, namespace, name }: Pick<Backend, 'arn' | 'namespace' | 'name'>): string =>
  arn ?? `${namespace}/${name}`;

/** The node's own entries, in their order. */
export const ownBackends = (node: MeshNode): Backend[] =>
  node.backends.filter(({ viaGroup }) => viaGroup === undefined);

/** Names of the node's own entries, in their order: what a change is measured against. */
export const ownNames = (node: MeshNode): string[] => ownBackends(node).map(backendName);
