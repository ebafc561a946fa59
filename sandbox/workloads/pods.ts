/** Pods: nothing runs in them, they only become ready after a moment. */
import { pause, type Outcome } from '../loop/work-queue';
import type { Context } from './context';
import { address } from './defaults';
import { pendingStatus, runningStatus } from './pod-status';

export class Pods {
  private addresses = 0;

  constructor(
    private readonly context: Context,
    private readonly startMs: () => number,
  ) {}

  async run(key: string): Promise<Outcome> {
    const { informer, types } = this.context;
    const pod = informer.get(types.pod, key);
    if (!pod || pod.metadata.deletionTimestamp || pod['status']?.podIP !== undefined) return 'done';
    const ms = this.startMs();
    if (ms > 0) {
      this.context.writeStatus(types.pod, pod, (status, at) => void Object.assign(status, pendingStatus(at)));
      await pause(ms);
    }
    if (!informer.get(types.pod, key)) return 'done';
    const ip = address('10.0', ++this.addresses);
    this.context.writeStatus(types.pod, pod, (status, at) => {
      Object.assign(status, runningStatus(pod, ip, at));
    });
    return 'done';
  }
}
