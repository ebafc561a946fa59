/** PATCH …/routers/{namespace}/{name}/routes/{route}/weights */
import { z } from 'zod';
import { problem } from './problem';

const seenTarget = z.strictObject({
  /** namespace/name of the VirtualNode, or its ARN where the route names an ARN. */
  node: z.string().min(1).max(2048),
  weight: z.number().int().min(0).max(100),
  /** Needed only where one route names the same node twice. */
  port: z.number().int().min(0).max(65535).optional(),
});

const targets = z.array(seenTarget).min(1).max(10);

/** What the caller saw. Left out only by scripts that accept the current object. */
const expected = z
  .strictObject({
    uid: z.string().min(1),
    resourceVersion: z.string().min(1),
    /** The route's weights as seen: a write that left them alone (a status update) is then no conflict. */
    targets: z.array(seenTarget).max(10).optional(),
  })
  .optional();

export const weightsRequest = z.strictObject({
  targets,
  expected,
  reason: z.string().trim().max(500).optional(),
  dryRun: z.boolean().optional(),
  /** Id of the history entry to take back; `targets` must then be that entry's `before`. */
  undo: z.string().min(1).max(64).optional(),
  /** The caller ticked "will be reverted by Argo CD / Flux". */
  acknowledgeOwner: z.boolean().optional(),
});
export type WeightsRequest = z.infer<typeof weightsRequest>;

/** `target` is namespace/name or an ARN. */
const weightedTarget = z.object({ node: z.string(), weight: z.number() });

export const weightsAnswer = z.object({
  outcome: z.enum(['dryRun', 'applied']),
  router: z.object({ uid: z.string(), resourceVersion: z.string(), generation: z.number() }),
  before: z.array(weightedTarget),
  after: z.array(weightedTarget),
  /** The object before and after as YAML, as the cluster returned it, without managedFields; history annotation left out. */
  yaml: z.object({ before: z.string(), after: z.string() }),
  /** The equal command, ready to paste into a POSIX shell. */
  kubectl: z.string(),
  findings: z.object({ created: z.array(z.string()), cleared: z.array(z.string()) }),
  /** Notes that do not stop the write: code MD…, or owner-helm / owner-gitops. */
  warnings: z.array(
    z.object({ code: z.string(), details: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
  /** Keys of the services and nodes that send to this router. */
  callers: z.array(z.string()),
  historyId: z.string().optional(),
});
export type WeightsAnswer = z.infer<typeof weightsAnswer>;

/** Routes that one request changes at most. */
export const BULK_MOST = 50;

/** PATCH /api/v1/routes/weights: several routes in one reviewed change. */
export const bulkRequest = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        source: z.string().min(1).max(253),
        /** Name of the mesh; needed only for routers of an App Mesh API, whose namespace is `_`. */
        mesh: z.string().min(1).max(255).optional(),
        namespace: z.string().min(1).max(63),
        router: z.string().min(1).max(253),
        route: z.string().min(1).max(255),
        targets,
        expected,
        undo: z.string().min(1).max(64).optional(),
      }),
    )
    .min(1)
    .max(BULK_MOST),
  reason: z.string().trim().max(500).optional(),
  dryRun: z.boolean().optional(),
  acknowledgeOwner: z.boolean().optional(),
});
export type BulkRequest = z.infer<typeof bulkRequest>;

/**
 * One write: the routes of one router of a cluster, which change together or not at all; a route of an App Mesh API alone.
 * rehearsed: the cluster would take it, and nothing was sent. applied: it was taken. refused: nothing of it was written. unknown:
 * it was sent, and whether it stands is not known. notSent: an earlier one failed.
 */
const bulkWrite = z.object({
  source: z.string(),
  mesh: z.string().optional(),
  namespace: z.string(),
  router: z.string(),
  routes: z.array(z.string()),
  state: z.enum(['rehearsed', 'applied', 'refused', 'unknown', 'notSent']),
  /** Of each route, in order; absent where nothing could be said. */
  answers: z.array(weightsAnswer).optional(),
  /** Why it was refused, or is unknown; `problemRoute` where one route is the reason. */
  problem: problem.optional(),
  problemRoute: z.string().optional(),
});
export type BulkWrite = z.infer<typeof bulkWrite>;

/** rehearsed: a dry run that all would take. none: nothing was written. partly: some were, up to the first failure. */
export const bulkAnswer = z.object({
  outcome: z.enum(['rehearsed', 'applied', 'partly', 'none']),
  writes: z.array(bulkWrite),
});
export type BulkAnswer = z.infer<typeof bulkAnswer>;
