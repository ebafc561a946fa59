/** The difference between two pictures of a mesh: what came, what went, what is another, and in which fields. */
import { sameContent } from '../equal';
import type { Finding } from '../finding';
import type { EntityKey } from '../keys';
import type { GatewayRoute, Mesh } from '../model';
import type { EdgeKey, TopologyEdge, TopologyNode } from '../topology';
import { diffNode } from './fields';
import type { FieldChange, MeshObject } from './fields';

/** A picture at one moment. Where two share an object, it is the same in both and is not looked at. */
export interface Moment {
  mesh: Mesh;
  nodes: ReadonlyMap<EntityKey, TopologyNode>;
  edges: ReadonlyMap<EdgeKey, TopologyEdge>;
  findings: readonly Finding[];
}

export interface Pair<T> {
  before: T;
  after: T;
}

export interface Sorted<T, C extends Pair<T> = Pair<T>> {
  added: T[];
  removed: T[];
  changed: C[];
}

export interface ChangedObject extends Pair<MeshObject> {
  /** Never empty. */
  fields: FieldChange[];
}

export interface PictureDiff {
  nodes: Sorted<MeshObject, ChangedObject>;
  edges: Sorted<TopologyEdge>;
  findings: Sorted<Finding>;
}

function differ<K, T>(before: ReadonlyMap<K, T>, after: ReadonlyMap<K, T>): Sorted<T> {
  const found: Sorted<T> = { added: [], removed: [], changed: [] };
  if (before === after) return found;
  for (const [key, entry] of after) {
    const earlier = before.get(key);
    if (earlier === entry) continue;
    if (earlier === undefined) found.added.push(entry);
    else if (!sameContent(earlier, entry)) found.changed.push({ before: earlier, after: entry });
  }
  for (const [key, entry] of before) if (!after.has(key)) found.removed.push(entry);
  return found;
}

/** The routes of gateways as entries of their own. A route that moved to another gateway is still the same. */
function rowsOf(nodes: Iterable<TopologyNode>): Map<EntityKey, GatewayRoute> {
  const rows = new Map<EntityKey, GatewayRoute>();
  for (const node of nodes) if ('rows' in node) for (const row of node.rows ?? []) rows.set(row.key, row);
  return rows;
}

function diffObjects(a: Moment, b: Moment): PictureDiff['nodes'] {
  const nodes = differ<EntityKey, TopologyNode>(a.nodes, b.nodes);
  const rows = differ(
    rowsOf([...nodes.removed, ...nodes.changed.map(({ before }) => before)]),
    rowsOf([...nodes.added, ...nodes.changed.map(({ after }) => after)]),
  );
  const found: PictureDiff['nodes'] = {
    added: [...nodes.added, ...rows.added],
    removed: [...nodes.removed, ...rows.removed],
    changed: [],
  };
  const meshes: Pair<Mesh>[] = sameContent(a.mesh, b.mesh) ? [] : [{ before: a.mesh, after: b.mesh }];
  for (const { before, after } of [...meshes, ...nodes.changed, ...rows.changed]) {
    // Where a reference led to nothing, the object is there now; or the other way round.
    const came = before.kind === 'unresolved' && after.kind !== 'unresolved';
    const went = before.kind !== 'unresolved' && after.kind === 'unresolved';
    if (came) found.added.push(after);
    else if (went) found.removed.push(before);
    else {
      const fields = diffNode(before, after);
      if (fields.length > 0) found.changed.push({ before, after, fields });
    }
  }
  return found;
}

const byId = (findings: readonly Finding[]) => new Map(findings.map((finding) => [finding.id, finding]));

/**
 * What is different in `b`, seen from `a`. Gateway routes and the mesh count as objects; where a reference leads to nothing,
 * what stands for it counts as well, unless the object itself takes or leaves that place. Linear in the size of the pictures,
 * and quick where they share most of their objects.
 */
export function diffPictures(a: Moment, b: Moment): PictureDiff {
  return {
    nodes: diffObjects(a, b),
    edges: differ(a.edges, b.edges),
    findings:
      a.findings === b.findings
        ? { added: [], removed: [], changed: [] }
        : differ(byId(a.findings), byId(b.findings)),
  };
}
