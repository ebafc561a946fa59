/** What is to be done in the world once the status is written. Doing one twice does no harm. */
import type { Question } from './measure';
import type { ShiftStatus } from './status';
import type { TargetWeight } from './world';

export type Effect =
  /** Put the finalizer on, so that nobody deletes a shift under way without it going back first. */
  | { kind: 'keep' }
  | { kind: 'letGo' }
  /**
   * Give routes of one router their weights and take the lock, in one patch that tests the uid, the version that was read and
   * each route as it was read.
   */
  | {
      kind: 'write';
      router: string;
      intent: string;
      routes: { route: string; before: TargetWeight[]; after: TargetWeight[] }[];
      by: string;
      reason: string;
    }
  | { kind: 'unlock'; router: string }
  | { kind: 'measure'; question: Question }
  /** A Kubernetes event, on the shift and, where it names one, on a router. */
  | { kind: 'event'; type: 'Normal' | 'Warning'; reason: string; message: string; routers: string[] };

export interface Transition {
  status: ShiftStatus;
  effects: Effect[];
  /** Epoch milliseconds: when to look again although nothing changes. */
  wakeAtMs?: number | undefined;
}
