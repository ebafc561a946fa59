/** Sources, meshes, topology and its stream. */
import { z } from 'zod';
import type { Finding } from '@/lib/mesh/finding';
import type { BackendGroup, Mesh } from '@/lib/mesh/model';
import type { TopologyEdge, TopologyNode } from '@/lib/mesh/topology';

/** connecting: first read under way. live: watching. reconnecting: lost, trying. failed: cannot work as configured (no permission, no CRDs). */
export const sourceState = z.object({
  phase: z.enum(['connecting', 'live', 'reconnecting', 'failed']),
  /** ISO 8601: since when the phase holds, and when the source was last known current. */
  since: z.string(),
  currentAsOf: z.string().optional(),
  attempt: z.number().int().optional(),
  /** ISO 8601 of the next attempt. */
  retryAt: z.string().optional(),
  /** Problem code and the cluster's own words. */
  problem: z.object({ code: z.string(), detail: z.string() }).optional(),
});
export type SourceState = z.infer<typeof sourceState>;

/** kubernetes: a cluster, watched. appmesh: the App Mesh API of one account and region, polled. */
export const sourceKind = z.enum(['kubernetes', 'appmesh']);

export const source = z.object({
  id: z.string(),
  kind: sourceKind,
  /** Context name, as kubectl shows it; of an App Mesh API the name it was given. */
  name: z.string(),
  /** Address of the API server, or of the App Mesh API; '' for AWS's own. */
  server: z.string(),
  readOnly: z.boolean(),
  /** App Mesh APIs only; the account once a mesh of its own was read. */
  region: z.string().optional(),
  account: z.string().optional(),
  /** Namespace the console is limited to, when it is. */
  namespace: z.string().optional(),
  state: sourceState,
});
export type Source = z.infer<typeof source>;
export const sourcesAnswer = z.object({ sources: z.array(source) });

export const meshSummary = z.object({
  name: z.string(),
  key: z.string(),
  controlPlane: z.enum(['live', 'frozen', 'unknown']),
  egress: z.enum(['deny', 'allow']),
  counts: z.record(z.string(), z.number()),
  /** What the last measurement found (MD6xx) is among them. */
  findings: z.object({ error: z.number(), warning: z.number(), info: z.number() }),
  /** Gateways and nodes by how they did when last measured; absent where nothing was. `asOf` is ISO 8601. */
  measured: z
    .object({
      failing: z.number(),
      degraded: z.number(),
      good: z.number(),
      idle: z.number(),
      minutes: z.number(),
      asOf: z.string(),
    })
    .optional(),
  /** Of an App Mesh API: the cluster that holds the same mesh, where one does. It is one mesh, and shown there. */
  joined: z.object({ source: z.string(), mesh: z.string() }).optional(),
});
export type MeshSummary = z.infer<typeof meshSummary>;
export const meshesAnswer = z.object({ meshes: z.array(meshSummary) });

/** `seq` rises by one with every change within an `epoch` (one life of the server's picture). */
export const revision = z.object({ epoch: z.string(), seq: z.number().int() });
export type Revision = z.infer<typeof revision>;

/** Entities are the server's own model types; they are checked where they are made (the provider), not a second time here. */
const entity = <T>() => z.custom<T>((candidate) => typeof candidate === 'object' && candidate !== null);

export const topologyAnswer = z.object({
  revision,
  mesh: entity<Mesh>(),
  nodes: z.array(entity<TopologyNode>()),
  edges: z.array(entity<TopologyEdge>()),
  findings: z.array(entity<Finding>()),
  /** Every backend group, drawn or not: a group that nodes use is drawn as their backends. */
  groups: z.array(entity<BackendGroup>()),
});
export type TopologyAnswer = z.infer<typeof topologyAnswer>;

/** One source of a mesh's picture. It is missing something unless it is live and `what` is absent. */
export const sourcePart = z.object({
  source: z.string(),
  name: z.string(),
  kind: sourceKind,
  phase: z.enum(['connecting', 'live', 'reconnecting', 'failed']),
  /** Of a part that is not live: when it last was known to be current. Absent where nothing was ever read. */
  currentAsOf: z.string().optional(),
  /** Kinds that are not read (yet), in the words of the source. */
  what: z.array(z.string()).optional(),
  problem: z.object({ code: z.string(), detail: z.string() }).optional(),
});
export type SourcePart = z.infer<typeof sourcePart>;

/** The answer of GET …/topology: the picture, and what it is put together from. In the stream the status tells the latter. */
export const topologyWithParts = topologyAnswer.extend({
  parts: z.array(sourcePart),
  /** With `q` only: the expression as it was understood, and how many nodes of how many it finds. */
  query: z.string().optional(),
  matched: z.number().int().optional(),
  total: z.number().int().optional(),
  /** Fields of the expression that only measurements answer; there are none here, so that these find nothing. */
  unmeasured: z.array(z.string()).optional(),
});
export type FoundTopology = Omit<z.infer<typeof topologyWithParts>, 'parts'>;

const part = <T>() => z.object({ upserts: z.array(entity<T>()), removed: z.array(z.string()) });

/**
 * Server-sent events; `event:` is the `type`, `id:` is `epoch:seq` on snapshot and delta.
 * A delta applies to the picture whose seq is `revision.seq - 1`; removed entries are keys (nodes, edges, groups) or ids (findings).
 */
export const streamEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), topology: topologyAnswer, source: sourceState }),
  z.object({
    type: z.literal('delta'),
    revision,
    mesh: entity<Mesh>().optional(),
    nodes: part<TopologyNode>(),
    edges: part<TopologyEdge>(),
    findings: part<Finding>(),
    groups: part<BackendGroup>(),
  }),
  z.object({
    type: z.literal('status'),
    source: sourceState,
    meshPresent: z.boolean(),
    parts: z.array(sourcePart),
  }),
  z.object({ type: z.literal('ping'), at: z.string() }),
]);
export type StreamEvent = z.infer<typeof streamEvent>;

/** GET /api/v1/sources/{source}/objects/{kind}/{namespace}/{name}: the untouched object and its events. `kind` is the model's word (router, node …); namespace `_` for cluster-scoped. */
export const objectAnswer = z.object({
  yaml: z.string(),
  events: z.array(
    z.object({
      type: z.string(),
      reason: z.string(),
      message: z.string(),
      at: z.string(),
      count: z.number(),
      component: z.string(),
    }),
  ),
});
export type ObjectAnswer = z.infer<typeof objectAnswer>;

/** GET /api/v1/sources/{source}/access?…: what the console's identity may do, in the cluster's words. */
export const accessAnswer = z.object({
  access: z.array(
    z.object({
      verb: z.string(),
      resource: z.string(),
      namespace: z.string(),
      allowed: z.boolean(),
      reason: z.string().optional(),
    }),
  ),
});
export type AccessAnswer = z.infer<typeof accessAnswer>;
