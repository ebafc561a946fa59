/** One turn of the machine: the status it may change, what it knows, and the words its parts share. */
import { sentenceOf } from './said';
import type { Said } from './said';
import type { Effect } from './effects';
import { addNotice, noticeEvent, settleNotices } from './notices';
import { stepsOf, weightsText } from './plan';
import type { PlannedStep } from './plan';
import { policyOf } from './policy';
import type { Policy } from './policy';
import type { NoticeEvent, ShiftRoute, ShiftSpec } from './spec';
import type { Condition, Phase, Reason, ShiftStatus } from './status';
import { lockOf } from './world';
import type { RouterFacts, ShiftWorld, TargetWeight } from './world';

const CHANGES_KEPT = 60;
const MEASUREMENTS_KEPT = 80;
const CONTROLS_KEPT = 12;

const fresh = (now: string, steps: number): ShiftStatus => ({
  observedGeneration: 0,
  phase: 'Pending',
  phaseSinceAt: now,
  step: -1,
  progress: `0/${steps}`,
  weights: '',
  intents: 0,
  changes: [],
  measurements: [],
  controls: [],
  conditions: [],
});

export class Turn {
  readonly status: ShiftStatus;
  readonly policy: Policy;
  readonly steps: readonly PlannedStep[];
  readonly effects: Effect[] = [];
  private readonly notices: { event: NoticeEvent; message: string }[] = [];
  /** ISO 8601. */
  readonly now: string;
  wakeAtMs: number | undefined;

  constructor(
    readonly spec: ShiftSpec,
    before: ShiftStatus | undefined,
    readonly world: ShiftWorld,
    readonly nowMs: number,
  ) {
    this.now = new Date(nowMs).toISOString();
    this.policy = policyOf(spec);
    this.steps = stepsOf(spec.strategy);
    this.status = before === undefined ? fresh(this.now, this.steps.length) : structuredClone(before);
  }

  get lock(): string {
    return lockOf(this.world.self);
  }

  router(name: string): RouterFacts | undefined {
    return Object.hasOwn(this.world.routers, name) ? this.world.routers[name] : undefined;
  }

  /** The route's targets as they are now. */
  targetsOf({ router, route }: Pick<ShiftRoute, 'router' | 'route'>): TargetWeight[] | undefined {
    return this.router(router)?.routes.find(({ name }) => name === route)?.targets;
  }

  /** The routers of the shift, each once. */
  get routerNames(): string[] {
    return [...new Set(this.spec.routes.map(({ router }) => router))];
  }

  /** Looks again then at the latest. */
  wakeAt(ms: number): void {
    this.wakeAtMs = Math.min(this.wakeAtMs ?? Infinity, ms);
  }

  /** Whether so many seconds have passed since `at`; where they have not, it looks again when they will have. */
  passed(at: string, seconds: number): boolean {
    const due = Date.parse(at) + seconds * 1000;
    if (this.nowMs >= due) return true;
    this.wakeAt(due);
    return false;
  }

  /** The same for what has to be watched to happen: an engine that begins to lead gives it the whole time once more. */
  passedUnderWatch(at: string, seconds: number): boolean {
    const { ledSinceMs = 0 } = this.world;
    return this.passed(new Date(Math.max(Date.parse(at), ledSinceMs)).toISOString(), seconds);
  }

  /** What was to be written in this turn is not, after all. */
  withhold(): void {
    this.effects.splice(0, Infinity, ...this.effects.filter(({ kind }) => kind !== 'write'));
  }

  go(phase: Phase, reason?: Reason, what?: Said): void {
    const { status } = this;
    if (status.phase !== phase) status.phaseSinceAt = this.now;
    status.phase = phase;
    this.say(reason, what);
  }

  /** Why it is where it is. */
  say(reason?: Reason, what?: Said): void {
    const { status } = this;
    delete status.reason;
    delete status.message;
    delete status.said;
    if (reason !== undefined) status.reason = reason;
    if (what === undefined) return;
    status.message = sentenceOf(what);
    status.said = what;
  }

  tell(type: 'Normal' | 'Warning', reason: string, message: string, onRouters = false): void {
    this.effects.push({ kind: 'event', type, reason, message, routers: onRouters ? this.routerNames : [] });
    const event = noticeEvent(reason, this.status);
    if (event) this.notices.push({ event, message });
  }

  condition(type: Condition['type'], status: Condition['status'], reason: string, message = ''): void {
    const { conditions } = this.status;
    const known = conditions.find((each) => each.type === type);
    const lastTransitionTime = known?.status === status ? known.lastTransitionTime : this.now;
    const next: Condition = { type, status, reason, message, lastTransitionTime };
    if (known) conditions[conditions.indexOf(known)] = next;
    else conditions.push(next);
  }

  /** Ends the shift. */
  finish(phase: 'Succeeded' | 'RolledBack' | 'Superseded' | 'Refused', reason?: Reason, what?: Said): void {
    this.go(phase, reason, what);
    this.status.finishedAt = this.now;
    delete this.status.pause;
  }

  /** Brings what people read up to date, and drops what is too old to keep. */
  settle(): ShiftStatus {
    const { status, steps, spec, world } = this;
    status.observedGeneration = world.self.generation;
    status.progress = `${Math.min(steps.length, Math.max(0, status.step + 1))}/${steps.length}`;
    const now = spec.routes.flatMap((route) => {
      const targets = this.targetsOf(route);
      return targets ? [{ targets }] : [];
    });
    // What a shift left behind is told by the router, not by the shift.
    if (status.finishedAt === undefined || status.finishedAt === this.now) status.weights = weightsText(now);
    for (const notice of this.notices) addNotice(spec, status, { ...notice, at: this.now });
    for (const { channel, event, message } of settleNotices(status, world.told ?? [], this.now))
      this.tell('Warning', 'NotificationFailed', `${channel} was not told of ${event}: ${message}`);
    status.changes = status.changes.slice(-CHANGES_KEPT);
    status.measurements = status.measurements.slice(-MEASUREMENTS_KEPT);
    status.controls = status.controls.slice(-CONTROLS_KEPT);
    return status;
  }
}
