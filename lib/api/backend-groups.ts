/** BackendGroups: POST …/backendgroups, PATCH and DELETE …/backendgroups/{namespace}/{name}. */
import { z } from 'zod';
import { backendsAnswer } from './backends';

const NAME = '[a-z0-9]([-a-z0-9.]*[a-z0-9])?';

/** As the members are written: namespace/name, or the name alone, which means the namespace of each node that uses the group. */
export const groupMember = z
  .string()
  .max(317)
  .regex(new RegExp(`^(${NAME}/)?${NAME}$`), { error: 'is no name of a VirtualService' });
export const groupName = z
  .string()
  .max(253)
  .regex(new RegExp(`^${NAME}$`), { error: 'is no name of a Kubernetes object' });

/** Members of one group, and of one change, at most. */
const MEMBERS_MOST = 200;

const common = {
  reason: z.string().trim().max(500).optional(),
  dryRun: z.boolean().optional(),
};

/** What the caller saw. Left out only by scripts that accept the current object. */
const expected = z
  .strictObject({
    uid: z.string().min(1),
    resourceVersion: z.string().min(1),
    /** The members as seen: a write that left them alone is then no conflict. */
    members: z.array(z.string()).optional(),
  })
  .optional();

/** The caller ticked "will be reverted by Argo CD / Flux". */
const acknowledgeOwner = z.boolean().optional();

/** What makes a deleted group again, as its removal answered it. */
const restore = z.strictObject({
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  virtualservices: z
    .array(z.looseObject({ name: z.string(), namespace: z.string().nullish() }))
    .max(1000)
    .optional(),
});

export const groupCreation = z
  .strictObject({
    namespace: z.string().min(1).max(63),
    name: groupName,
    members: z.array(groupMember).max(MEMBERS_MOST).optional(),
    restore: restore.optional(),
    ...common,
  })
  .refine(({ members, restore }) => (members === undefined) !== (restore === undefined), {
    error: 'names either members or what is to be made again',
  });
export type GroupCreation = z.infer<typeof groupCreation>;

export const groupEdit = z
  .strictObject({
    add: z.array(groupMember).max(MEMBERS_MOST).optional(),
    /** Every entry of the name goes. */
    remove: z.array(z.string().min(1)).max(MEMBERS_MOST).optional(),
    /** Id of the history entry to take back, in place of the two above. */
    undo: z.string().min(1).max(64).optional(),
    expected,
    ...common,
    acknowledgeOwner,
  })
  .refine(({ add = [], remove = [], undo }) => add.length + remove.length > 0 !== (undo !== undefined), {
    error: 'names either members to add or to remove, or a change to undo',
  });
export type GroupEdit = z.infer<typeof groupEdit>;

export const groupRemovalRequest = z.strictObject({ expected, ...common, acknowledgeOwner });
export type GroupRemovalRequest = z.infer<typeof groupRemovalRequest>;

export const groupAnswer = backendsAnswer
  .pick({ outcome: true, kubectl: true, findings: true, warnings: true, historyId: true })
  .extend({
    /** As it is, or was last. */
    group: backendsAnswer.shape.node,
    /** The members as they are written; absent where there was, or is, no such group. */
    before: z.array(z.string()).optional(),
    after: z.array(z.string()).optional(),
    /** As the cluster returned it; '' where there is none. */
    yaml: backendsAnswer.shape.yaml,
    /** The same for a repository: the object itself where it is made, else an entry of `patches` of a kustomization. */
    kustomize: z.string(),
    /** Of a removal: what makes the group again. */
    restore: restore.optional(),
  });
export type GroupAnswer = z.infer<typeof groupAnswer>;
