/** PATCH …/meshes/{mesh}/egress: what proxies do with calls that nothing declares. */
import { z } from 'zod';
import { backendsAnswer } from './backends';
import { egressType } from './problem';

export const egressRequest = z
  .strictObject({
    type: egressType.optional(),
    /** Id of the history entry to take back, in place of `type`. */
    undo: z.string().min(1).max(64).optional(),
    /** What the caller saw. Left out only by scripts that accept the current object. */
    expected: z
      .strictObject({
        uid: z.string().min(1),
        resourceVersion: z.string().min(1),
        /** The filter as seen, DROP_ALL where there is none: a write that left it alone is then no conflict. */
        type: egressType.optional(),
      })
      .optional(),
    reason: z.string().trim().max(500).optional(),
    dryRun: z.boolean().optional(),
    /** The caller ticked "will be reverted by Argo CD / Flux". */
    acknowledgeOwner: z.boolean().optional(),
  })
  .refine(({ type, undo }) => (type === undefined) !== (undo === undefined), {
    error: 'names either a type or a change to undo',
  });
export type EgressRequest = z.infer<typeof egressRequest>;

export const egressAnswer = backendsAnswer
  .pick({ outcome: true, yaml: true, kubectl: true, kustomize: true, findings: true, historyId: true })
  .extend({
    mesh: backendsAnswer.shape.node,
    /** As they count: DROP_ALL where the object has no filter. */
    before: egressType,
    after: egressType,
    /** Notes that do not stop the write: owner-helm, owner-gitops, frozen. */
    warnings: backendsAnswer.shape.warnings,
  });
export type EgressAnswer = z.infer<typeof egressAnswer>;
