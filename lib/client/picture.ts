/** The picture of a mesh as the browser holds it, and how events of the stream change it. */
import type { Revision, SourcePart, SourceState, StreamEvent } from '@/lib/api/topology';
import { sameContent } from '@/lib/mesh/equal';
import { worstFirst } from '@/lib/mesh/finding';
import type { Finding } from '@/lib/mesh/finding';
import type { EntityKey } from '@/lib/mesh/keys';
import type { BackendGroup, Mesh } from '@/lib/mesh/model';
import type { EdgeKey, TopologyEdge, TopologyNode } from '@/lib/mesh/topology';

/** A mesh at one revision. Nodes and edges that a delta leaves alone stay the same objects. */
export interface Picture {
  mesh: Mesh;
  nodes: ReadonlyMap<EntityKey, TopologyNode>;
  edges: ReadonlyMap<EdgeKey, TopologyEdge>;
  findings: readonly Finding[];
  /** Every backend group; those that nodes use are not among the nodes. */
  groups: ReadonlyMap<EntityKey, BackendGroup>;
  revision: Revision;
}

/** A node that was deleted a moment ago. */
export interface Ghost {
  node: TopologyNode;
  /** Milliseconds since 1970. */
  goneAt: number;
}

/** How long a deleted node is still shown as one that is gone, in milliseconds. */
export const GHOST_MS = 10_000;

export interface Held {
  picture: Picture | undefined;
  source: SourceState | undefined;
  /** What the picture is put together from. */
  parts: readonly SourcePart[];
  meshPresent: boolean;
  ghosts: ReadonlyMap<EntityKey, Ghost>;
}

export const NOTHING: Held = {
  picture: undefined,
  source: undefined,
  parts: [],
  meshPresent: true,
  ghosts: new Map(),
};

/** The entries of a snapshot by key. What is as it was stays the same object, so that it is neither drawn nor kept twice. */
function readAnew<K, T>(
  before: ReadonlyMap<K, T> | undefined,
  entries: readonly T[],
  keyOf: (entry: T) => K,
): ReadonlyMap<K, T> {
  return new Map(
    entries.map((entry) => {
      const key = keyOf(entry);
      const known = before?.get(key);
      return [key, known !== undefined && sameContent(known, entry) ? known : entry];
    }),
  );
}

function merge<K extends string, T>(
  before: ReadonlyMap<K, T>,
  part: { upserts: readonly T[]; removed: readonly string[] },
  keyOf: (entry: T) => K,
): ReadonlyMap<K, T> {
  if (part.upserts.length === 0 && part.removed.length === 0) return before;
  const after = new Map(before);
  for (const key of part.removed) after.delete(key as K); // a key that is none deletes nothing
  for (const entry of part.upserts) after.set(keyOf(entry), entry);
  return after;
}

/** The ghosts once `now` has taken the place of `earlier`. `at` in milliseconds since 1970. */
export function ghostsAfter(
  before: ReadonlyMap<EntityKey, Ghost>,
  earlier: ReadonlyMap<EntityKey, TopologyNode>,
  now: ReadonlyMap<EntityKey, TopologyNode>,
  at: number,
): ReadonlyMap<EntityKey, Ghost> {
  const gone = [...earlier].filter(([key, node]) => node.kind !== 'unresolved' && !now.has(key));
  const kept = [...before].filter(([key, ghost]) => !now.has(key) && at - ghost.goneAt < GHOST_MS);
  if (gone.length === 0 && kept.length === before.size) return before;
  return new Map([...kept, ...gone.map(([key, node]) => [key, { node, goneAt: at }] as const)]);
}

/** Ghosts that are over are dropped; the same map comes back when none is. */
export function withoutOldGhosts(
  ghosts: ReadonlyMap<EntityKey, Ghost>,
  at: number,
): ReadonlyMap<EntityKey, Ghost> {
  const kept = [...ghosts].filter(([, ghost]) => at - ghost.goneAt < GHOST_MS);
  return kept.length === ghosts.size ? ghosts : new Map(kept);
}

/**
 * Takes one event in. `resync` means that a delta does not follow on what is held (one was missed, or the server began a
 * new life): the caller must ask for a snapshot, and what is held stays until it comes. `at` is in milliseconds since 1970.
 */
export function take(held: Held, event: StreamEvent, at: number): Held | 'resync' {
  switch (event.type) {
    case 'ping':
      return held;
    case 'status':
      return { ...held, source: event.source, parts: event.parts, meshPresent: event.meshPresent };
    case 'snapshot': {
      const { topology } = event;
      const nodes = readAnew(held.picture?.nodes, topology.nodes, (node) => node.key);
      const edges = readAnew(held.picture?.edges, topology.edges, (edge) => edge.key);
      const { mesh, findings, revision } = topology;
      return {
        picture: {
          mesh,
          nodes,
          edges,
          findings: [...findings].sort(worstFirst),
          groups: readAnew(held.picture?.groups, topology.groups, (group) => group.key),
          revision,
        },
        source: event.source,
        parts: held.parts,
        // The status, which always comes first, knows: a deleted mesh still has its last picture.
        meshPresent: held.meshPresent,
        ghosts: held.picture ? ghostsAfter(held.ghosts, held.picture.nodes, nodes, at) : held.ghosts,
      };
    }
    case 'delta': {
      const { picture } = held;
      const follows =
        picture !== undefined &&
        picture.revision.epoch === event.revision.epoch &&
        picture.revision.seq + 1 === event.revision.seq;
      if (!follows) return 'resync';
      const nodes = merge(picture.nodes, event.nodes, (node) => node.key);
      const findings = merge(
        new Map(picture.findings.map((each) => [each.id, each])),
        event.findings,
        (each) => each.id,
      );
      return {
        ...held,
        picture: {
          mesh: event.mesh ?? picture.mesh,
          nodes,
          edges: merge(picture.edges, event.edges, (edge) => edge.key),
          findings:
            event.findings.upserts.length + event.findings.removed.length === 0
              ? picture.findings
              : [...findings.values()].sort(worstFirst),
          groups: merge(picture.groups, event.groups, (group) => group.key),
          revision: event.revision,
        },
        ghosts: ghostsAfter(held.ghosts, picture.nodes, nodes, at),
      };
    }
  }
}
