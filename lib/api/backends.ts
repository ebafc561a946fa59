/** PATCH …/nodes/{namespace}/{name}/backends, and several of them as one change. */
import { z } from 'zod';
import { specIssues } from '@/lib/mesh/backends/spec-rules';
import { problem } from './problem';

/** namespace/name of a VirtualService, or its ARN. */
const service = z.string().min(3).max(2048);

/** A client policy as the CRD has it; the cluster's own schema judges it. */
const clientPolicy = z.looseObject({});

/** The whole of what a node says of backends. What is left out stays; `null` takes it away. */
const seenSpec = z.looseObject({
  backends: z.array(z.unknown()).nullish(),
  backendGroups: z.array(z.unknown()).nullish(),
  backendDefaults: z.record(z.string(), z.unknown()).nullish(),
});
const spec = seenSpec.superRefine((found, context) => {
  for (const { path, rule, names, most } of specIssues(found))
    context.addIssue({
      code: 'custom',
      path,
      message: `breaks the rule "${[rule, names ?? most].filter((part) => part !== undefined).join(': ')}"`,
    });
});

/** Entries that one change touches at most. */
const ENTRIES_MOST = 200;

const changes = {
  allow: z
    .array(z.strictObject({ service, clientPolicy: clientPolicy.optional() }))
    .max(ENTRIES_MOST)
    .optional(),
  /** Every entry of the name goes. */
  revoke: z.array(service).max(ENTRIES_MOST).optional(),
  /** Another client policy for entries that stay; `null` takes it away. */
  policies: z
    .array(z.strictObject({ service, clientPolicy: clientPolicy.nullable() }))
    .max(ENTRIES_MOST)
    .optional(),
  /** In place of the three above: the whole list, the groups and the defaults as they are to be, as the CRD has them. */
  spec: spec.optional(),
  /** Id of the history entry to take back, in place of all of the above. */
  undo: z.string().min(1).max(64).optional(),
  /** What the caller saw. Left out only by scripts that accept the current object. */
  expected: z
    .strictObject({
      uid: z.string().min(1),
      resourceVersion: z.string().min(1),
      /** The node's own entries as seen: a write that left them alone (a status update) is then no conflict. */
      backends: z.array(service).optional(),
      /** The same of a change of the whole: what the node said of backends, and is measured against. */
      spec: seenSpec.optional(),
    })
    .optional(),
};

const saysOne = ({
  allow = [],
  revoke = [],
  policies = [],
  spec,
  undo,
}: {
  allow?: unknown[] | undefined;
  revoke?: unknown[] | undefined;
  policies?: unknown[] | undefined;
  spec?: unknown;
  undo?: string | undefined;
}): boolean =>
  [allow.length + revoke.length + policies.length > 0, spec !== undefined, undo !== undefined].filter(Boolean)
    .length === 1;
const SAYS_ONE = {
  error: 'names either entries to allow, to revoke or to give a policy, or the whole, or a change to undo',
};

const reason = z.string().trim().max(500).optional();

export const backendsRequest = z
  .strictObject({
    ...changes,
    reason,
    dryRun: z.boolean().optional(),
    /** The caller ticked "will be reverted by Argo CD / Flux". */
    acknowledgeOwner: z.boolean().optional(),
  })
  .refine(saysOne, SAYS_ONE);
export type BackendsRequest = z.infer<typeof backendsRequest>;

export const backendsAnswer = z.object({
  outcome: z.enum(['dryRun', 'applied']),
  node: z.object({ uid: z.string(), resourceVersion: z.string(), generation: z.number() }),
  /** Names of the node's own entries, in their order. */
  before: z.array(z.string()),
  after: z.array(z.string()),
  /** The object before and after as YAML, as the cluster returned it, without managedFields; history annotation left out. */
  yaml: z.object({ before: z.string(), after: z.string() }),
  /** The equal command, ready to paste into a POSIX shell, and the equal entry of `patches` of a kustomization, as YAML. */
  kubectl: z.string(),
  kustomize: z.string(),
  findings: z.object({ created: z.array(z.string()), cleared: z.array(z.string()) }),
  /** Notes that do not stop the write: owner-helm, owner-gitops, backends-quota. */
  warnings: z.array(
    z.object({ code: z.string(), details: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
  historyId: z.string().optional(),
});
export type BackendsAnswer = z.infer<typeof backendsAnswer>;

/** Nodes that one request changes at most. */
export const NODES_MOST = 200;

/** PATCH /api/v1/nodes/backends: several nodes in one reviewed change, in this order. */
export const bulkBackendsRequest = z.strictObject({
  changes: z
    .array(
      z
        .strictObject({
          source: z.string().min(1).max(253),
          namespace: z.string().min(1).max(63),
          node: z.string().min(1).max(253),
          ...changes,
        })
        .refine(saysOne, SAYS_ONE),
    )
    .min(1)
    .max(NODES_MOST),
  reason,
  dryRun: z.boolean().optional(),
  acknowledgeOwner: z.boolean().optional(),
});
export type BulkBackendsRequest = z.infer<typeof bulkBackendsRequest>;

/** What became of one node; states are those of several routes. */
const backendsWrite = z.object({
  source: z.string(),
  namespace: z.string(),
  node: z.string(),
  state: z.enum(['rehearsed', 'applied', 'refused', 'unknown', 'notSent']),
  /** Absent where nothing could be said. */
  answer: backendsAnswer.optional(),
  problem: problem.optional(),
});
export type BackendsWrite = z.infer<typeof backendsWrite>;

/** rehearsed: a dry run that all would take. none: nothing was written. partly: some were, up to the first failure. */
export const bulkBackendsAnswer = z.object({
  outcome: z.enum(['rehearsed', 'applied', 'partly', 'none']),
  writes: z.array(backendsWrite),
});
export type BulkBackendsAnswer = z.infer<typeof bulkBackendsAnswer>;
