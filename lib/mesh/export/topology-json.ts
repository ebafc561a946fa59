import type { Finding } from '../finding';
import type { EntityKey } from '../keys';
import type { BackendGroup, Mesh } from '../model';
import type { TopologyEdge, TopologyNode } from '../topology';
import { subjectsOf } from '../view/subjects';

/** Raised when a reader of version 1 would misread a file. Fields may be added without. */
const SCHEMA = { schema: 'meshdeck/topology', version: 1 } as const;

/** The topology with the names and shapes of the API's answer. */
interface Topology {
  revision: { epoch: string; seq: number };
  mesh: Mesh;
  nodes: readonly TopologyNode[];
  edges: readonly TopologyEdge[];
  findings: readonly Finding[];
  groups: readonly BackendGroup[];
}

export interface TopologyFile {
  /** Identifier of the configured source. */
  source: string;
  /** Where the console shows this. */
  address: string;
  /** ISO 8601. */
  exportedAt: string;
  topology: Topology;
  /** Keys of what is shown, where the file holds only that. */
  shown?: ReadonlySet<EntityKey> | undefined;
}

function partOf(topology: Topology, shown: ReadonlySet<EntityKey>): Topology {
  const nodes = topology.nodes.filter(({ key }) => shown.has(key));
  // Findings about the mesh concern every part of it.
  const told = new Set<EntityKey>([topology.mesh.key]);
  for (const node of nodes) {
    told.add(node.key);
    for (const subject of subjectsOf(node)) told.add(subject);
  }
  return {
    ...topology,
    nodes,
    edges: topology.edges.filter(({ source, target }) => shown.has(source) && shown.has(target)),
    findings: topology.findings.filter(({ subject }) => told.has(subject)),
    groups: topology.groups.filter(({ key }) => told.has(key)),
  };
}

/**
 * A topology as a JSON file: what the API answers under `topology`, and around it what tells where and when it was taken.
 * `omitted` counts what a file of the shown part leaves out.
 */
export function topologyJson({ source, address, exportedAt, topology, shown }: TopologyFile): string {
  const { revision, mesh, nodes, edges, findings, groups } = shown ? partOf(topology, shown) : topology;
  const omitted = {
    nodes: topology.nodes.length - nodes.length,
    edges: topology.edges.length - edges.length,
    findings: topology.findings.length - findings.length,
  };
  const file = {
    ...SCHEMA,
    exportedAt,
    source,
    address,
    scope: shown ? 'shown' : 'whole',
    omitted,
    topology: { revision, mesh, nodes, edges, findings, groups },
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}
