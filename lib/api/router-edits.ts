/** POST …/routers/{namespace}/{name}/edits: a canary by header, or a target without weight, comes or goes. */
import { z } from 'zod';
import { weightsAnswer } from './weights';

const node = z.string().min(1).max(2048);
const route = z.string().min(1).max(255);
const port = z.number().int().min(1).max(65535).optional();

const edit = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('addCanary'),
    /** The route whose requests it takes. */
    route,
    header: z.strictObject({ name: z.string().max(100), content: z.string().max(500) }),
    node,
    port,
  }),
  z.strictObject({ kind: z.literal('removeCanary'), canary: route }),
  z.strictObject({ kind: z.literal('addTarget'), route, node, port }),
  z.strictObject({ kind: z.literal('removeTarget'), route, node, port }),
]);

export const routerEditRequest = z.strictObject({
  edit,
  /** What the caller saw. Left out only by scripts that accept the current object. A new generation is a new spec. */
  expected: z.strictObject({ uid: z.string().min(1), generation: z.number().int() }).optional(),
  reason: z.string().trim().max(500).optional(),
  dryRun: z.boolean().optional(),
  /** The caller ticked "will be reverted by Argo CD / Flux". */
  acknowledgeOwner: z.boolean().optional(),
});
export type RouterEditRequest = z.infer<typeof routerEditRequest>;

/** As for weights; `before` and `after` are the targets of the route that is added, taken away or changed. */
export const routerEditAnswer = weightsAnswer.extend({
  /** The route that is added, taken away or changed. */
  route: z.string(),
});
export type RouterEditAnswer = z.infer<typeof routerEditAnswer>;
