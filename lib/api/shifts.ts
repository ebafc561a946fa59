/** TrafficShifts over HTTP: list, one, start, and what somebody wants of one under way. */
import { z } from 'zod';
import type { ControlAction, Phase, Reason, RouteWeights, Said, ShiftSpec, ShiftStatus } from '@/lib/shifts';

/** Made and checked by the server's own code. */
const made = <T>() => z.custom<T>((candidate) => typeof candidate === 'object' && candidate !== null);

export const CONTROL_ACTIONS = [
  'pause', 'resume', 'promote', 'promoteFull', 'abort', 'retry', 'adopt', 'reassert',
] as const satisfies readonly ControlAction[]; // prettier-ignore

/** One shift in a list. */
export interface ListedShift {
  namespace: string;
  name: string;
  uid: string;
  /** Of its routers; absent where no mesh that was read has them. */
  mesh?: string | undefined;
  createdAt: string;
  routes: ShiftSpec['routes'];
  strategy: 'canary' | 'blueGreen' | 'none';
  by?: string | undefined;
  /** Absent before an engine has seen it. */
  phase?: Phase | undefined;
  reason?: Reason | undefined;
  message?: string | undefined;
  /** From 0; -1 before the first. */
  step: number;
  /** Per cent of each step. */
  steps: number[];
  /** For people, `75/25`. */
  weights: string;
  startedAt?: string | undefined;
  finishedAt?: string | undefined;
}

/** A shift that cannot be read, and why. */
const unread = z.object({ namespace: z.string(), name: z.string(), message: z.string() });

export const shiftsAnswer = z.object({
  /** Newest first. */
  shifts: z.array(made<ListedShift>()),
  unread: z.array(unread),
  /**
   * absent: the CRD is not installed. forbidden: it may not be listed. reading: not read yet. unsupported: a source that is no
   * cluster has none.
   */
  state: z.enum(['live', 'reading', 'absent', 'forbidden', 'unreachable', 'unsupported']),
  /** What the cluster said, where it is not live. */
  detail: z.string().optional(),
  /** The command that installs the CRD, where it is absent. */
  install: z.string().optional(),
  /** Whom shifts may tell, as the console knows it: by the same file as the engine's. */
  channels: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['webhook', 'slack']),
      /** Those whose shifts may; all where left out. */
      namespaces: z.array(z.string()).optional(),
    }),
  ),
  /** ISO 8601, by the console's clock. */
  now: z.string(),
});
export type ShiftsAnswer = z.infer<typeof shiftsAnswer>;

/** A shift with all it says, and what stands around it. */
export interface ShownShift {
  namespace: string;
  name: string;
  uid: string;
  resourceVersion: string;
  generation: number;
  createdAt: string;
  /** It goes back before it is deleted. */
  deleting: boolean;
  spec: ShiftSpec;
  status?: ShiftStatus | undefined;
}

export const shiftAnswer = z.object({
  shift: made<ShownShift>(),
  /** The mesh of its routers. */
  mesh: z.object({ name: z.string(), controlPlane: z.enum(['live', 'frozen', 'unknown']) }).optional(),
  /** The weights its routes have now. */
  live: z.array(made<RouteWeights>()),
  readOnly: z.boolean(),
  now: z.string(),
});
export type ShiftAnswer = z.infer<typeof shiftAnswer>;

/** What a start is sent as; the server reads `spec` by the CRD's fields. */
export interface StartRequest {
  namespace: string;
  name: string;
  spec: ShiftSpec;
  /** Asks the cluster, and what would refuse it; nothing is made. */
  dryRun?: boolean | undefined;
}

export const startAnswer = z.object({
  outcome: z.enum(['dryRun', 'created']),
  shift: made<ShownShift>(),
  yaml: z.string(),
  /** The equal command for a POSIX shell. */
  kubectl: z.string(),
  /** What would refuse it at its start (`waits` false), or keep it waiting, all at once. */
  obstacles: z.array(
    z.object({ reason: z.string(), message: z.string(), said: made<Said>().optional(), waits: z.boolean() }),
  ),
});
export type StartAnswer = z.infer<typeof startAnswer>;

export const controlRequest = z.strictObject({
  /** Made by the caller; sent again with the same one, the request is done once. */
  requestId: z.string().min(1).max(64),
  /** `status.step` as the caller saw it. `promote` needs it; another step by now is E407. */
  expectedStep: z.number().int().optional(),
  /** The object the caller saw, so that another one of the same name is not meant. */
  uid: z.string().optional(),
  reason: z.string().trim().max(500).optional(),
});
export type ControlRequest = z.infer<typeof controlRequest>;

export const controlAnswer = z.object({
  /** sent: written now. waiting: this request had been written before, and no engine has dealt with it. done, refused: dealt with. */
  outcome: z.enum(['sent', 'waiting', 'done', 'refused']),
  /** Why the engine refused it. */
  message: z.string().optional(),
  shift: made<ShownShift>(),
});
export type ControlAnswer = z.infer<typeof controlAnswer>;
