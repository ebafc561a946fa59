/** The engine of one cluster: it waits for the lease, and while it holds it, carries out the TrafficShifts there. */
import { campaign, type ClusterClient, type Lease, type LeaseOptions } from '@/lib/kubernetes';
import { readShift } from '@/lib/providers/app-mesh/shifts';
import type { Log } from '@/lib/server/log';
import type { Observatory } from '@/lib/server/telemetry/telemetry';
import { isFinal, type Sample } from '@/lib/shifts';
import type { Channel } from '@/lib/server/notifications/channels';
import { clocked } from './clock';
import { measurePort } from './measure';
import { createNotifier } from './notify/notifier';
import { createRunner } from './runner';
import { takeTurn, type TurnTools } from './turn';
import { watchCluster } from './watch';

/** Answers kept for each shift: the one that is waited for, and a few that came late. */
const SAMPLES_KEPT = 4;
const MEASURE_WITHIN_MS = 25_000;
/** How soon it is looked again whether the cluster has been read. */
const UNREAD_MS = 100;

export interface EngineOptions {
  cluster: ClusterClient;
  /** The source's id, for the log. */
  source: string;
  namespaces: readonly string[] | undefined;
  lease: LeaseOptions;
  /** Who measures; nobody where it is not configured. */
  observatory: Observatory | undefined;
  /** Whom shifts may tell. */
  channels?: readonly Channel[];
  log: Log;
}

export interface Engine {
  /** Resolves when it is over: stopped, or with the reason why the lease was lost. */
  ended: Promise<{ lost?: string }>;
  /** Ends in good order: what is under way is finished, then the lease is given up. */
  stop(): Promise<void>;
}

/** Runs while the lease is held. Resolves when it is to end. */
async function lead(options: EngineOptions, lease: Lease, ending: AbortSignal): Promise<string | undefined> {
  const { observatory, log, source, namespaces } = options;
  const { cluster, clock } = clocked(options.cluster);
  const samples = new Map<string, Sample[]>();
  const asked = new Set<string>();
  const abort = new AbortController();
  const signal = AbortSignal.any([ending, abort.signal]);
  let overtaken = (): void => undefined;
  const later = new Promise<string>((resolve) => {
    overtaken = () => resolve('an engine of a later term has written');
  });
  let reported: string | undefined;

  const watch = watchCluster(cluster, namespaces, { onShifts: look, onWorld: () => runner.wakeAll() });
  const notifier = createNotifier({
    channels: options.channels ?? [],
    source,
    log,
    now: () => clock.now(),
    onTold: (shift) => runner.wake(shift),
    signal,
  });
  const tools: TurnTools = {
    cluster,
    log,
    source,
    identity: lease.identity,
    term: lease.term,
    measurable: observatory !== undefined,
    now: () => clock.now(),
    mayWrite: () => lease.isHeld(),
    models: (routers, now) => watch.models(routers, now),
    samplesOf: (uid) => samples.get(uid) ?? [],
    notifier,
    writeProblems: new Map(),
    onOvertaken: overtaken,
    signal,
    measure(shift, question) {
      const id = `${shift.uid} ${question.id}`;
      if (asked.has(id) || observatory === undefined) return;
      asked.add(id);
      const port = measurePort(observatory, shift.namespace, () => watch.models([], new Date(clock.now())));
      void port.measure(question, AbortSignal.any([signal, AbortSignal.timeout(MEASURE_WITHIN_MS)])).then(
        (sample) => {
          samples.set(shift.uid, [...(samples.get(shift.uid) ?? []).slice(1 - SAMPLES_KEPT), sample]);
          asked.delete(id);
          runner.wake(shift);
        },
        (error: unknown) => {
          asked.delete(id);
          log.error({ err: error, shift: shift.name }, 'a measurement failed');
        },
      );
    },
  };
  const runner = createRunner({
    now: () => clock.now(),
    turn: async (name) =>
      watch.ready() ? takeTurn(tools, name) : { kind: 'idle', wakeAtMs: clock.now() + UNREAD_MS },
    onFailure: ({ namespace, name }, message) =>
      log.warn({ source, shift: `${namespace}/${name}`, message }, 'a turn failed'),
  });

  /** Wakes the shifts that are not over. One that cannot be read is nobody's to carry out. */
  function look(): void {
    const problem = watch.shiftProblem();
    if (problem !== reported && problem !== undefined)
      log.warn({ source, message: problem }, 'TrafficShifts cannot be read');
    reported = problem;
    const known = new Set(watch.shifts().map(({ metadata }) => metadata.uid));
    notifier.keepOnly(known);
    for (const uid of samples.keys()) if (!known.has(uid)) samples.delete(uid);
    for (const raw of watch.shifts()) {
      const read = readShift(raw);
      if (!read.ok) {
        log.warn(
          { source, shift: raw.metadata.name, message: read.message },
          'a TrafficShift cannot be read',
        );
        continue;
      }
      const { shift } = read;
      // What an earlier engine could not tell is offered; what is being sent wakes its shift by itself.
      const untold = (shift.status?.notifications?.pending.length ?? 0) > 0 && !notifier.holds(shift.uid);
      if (shift.status === undefined || !isFinal(shift.status) || shift.kept || untold) runner.wake(shift);
    }
  }

  const stopped = new Promise<undefined>((resolve) => {
    if (ending.aborted) resolve(undefined);
    ending.addEventListener('abort', () => resolve(undefined));
  });
  const reason = await Promise.race([lease.lost, later, stopped]);
  abort.abort();
  watch.stop();
  await runner.stop();
  return reason;
}

/** Begins to wait for the lease. A lost lease ends the engine: whoever started it starts a new one. */
export function startEngine(options: EngineOptions): Engine {
  const { cluster, lease: wanted, log, source } = options;
  const stopping = new AbortController();
  /** Ends the wait for the lease, and its renewal: after the work is done and the lease given up. */
  const leaving = new AbortController();
  let leading = false;
  stopping.signal.addEventListener('abort', () => {
    if (!leading) leaving.abort();
  });
  async function run(): Promise<{ lost?: string }> {
    log.info({ source, lease: `${wanted.namespace}/${wanted.name}` }, 'waiting for the lease');
    const lease = await campaign(cluster, wanted, leaving.signal);
    if (lease === undefined) return {};
    leading = true;
    log.info({ source, holder: lease.identity, term: lease.term }, 'leading');
    const lost = await lead(options, lease, stopping.signal);
    if (lost === undefined) await lease.release();
    else log.error({ source, message: lost }, 'the lease was lost');
    leaving.abort();
    return lost === undefined ? {} : { lost };
  }
  const ended = run();
  return {
    ended,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
