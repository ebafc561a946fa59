/** Whom a name of the AWS side means in a mesh. */
import { parseEntityKey } from '../keys';
import type { EntityKey, EntityKind } from '../keys';
import type { MeshModel } from '../model';
import type { Topology, Unresolved } from '../topology';
import type { ProxyName } from './measured';
import type { Places } from './places';
import type { Post } from './tally';

/** Who bears a name. */
export interface Bearer extends Post {
  key: EntityKey;
}

/** Answers `undefined` for a name that nobody in the picture holds. */
export interface Names {
  proxy(proxy: ProxyName): Bearer | undefined;
  node(awsName: string): Bearer | undefined;
  service(awsName: string): Bearer | undefined;
}

/** `mesh/MESH[@OWNER]/TYPE/NAME` at the end of an ARN. */
const ARN = /\bmesh\/([^/@]+)(?:@[^/]*)?\/[^/]+\/([^/]+)$/;

/** What the AWS side calls something that is named here and not held; known where an ARN or an App Mesh API names it. */
function ghostName({ arn, namespace, name, cause }: Unresolved, mesh: string): string | undefined {
  if (cause === 'otherMesh') return undefined;
  if (arn === undefined) return namespace === '' ? name : undefined;
  const [, itsMesh, itsName] = ARN.exec(arn) ?? [];
  return itsMesh === mesh ? itsName : undefined;
}

/**
 * Indexes a mesh by AWS names; `places` numbers its entities. An object counts before one that cannot be read, and that before a mere reference.
 */
export function namesOf(model: MeshModel, topology: Topology, places: Places<EntityKey>): Names {
  const held = {
    gateway: new Map<string, Bearer>(),
    node: new Map<string, Bearer>(),
    service: new Map<string, Bearer>(),
  };
  const hold = (kind: EntityKind | undefined, awsName: string | undefined, key: EntityKey) => {
    if (kind !== 'gateway' && kind !== 'node' && kind !== 'service') return;
    if (awsName !== undefined && !held[kind].has(awsName))
      held[kind].set(awsName, { key, at: places.of(key), alternatives: [] });
  };
  for (const entity of model.entities.values()) {
    hold(entity.kind, entity.awsName, entity.key);
    if (entity.kind === 'service') hold('service', entity.hostname, entity.key);
  }
  for (const { key, awsName } of model.malformed) hold(parseEntityKey(key)?.kind, awsName, key);
  for (const ghost of topology.nodes)
    if (ghost.kind === 'unresolved') hold(ghost.expected, ghostName(ghost, model.mesh.awsName), ghost.key);
  return {
    proxy: ({ kind, awsName }) => held[kind].get(awsName),
    node: (awsName) => held.node.get(awsName),
    service: (awsName) => held.service.get(awsName),
  };
}
