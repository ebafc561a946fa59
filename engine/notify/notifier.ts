/**
 * Sends what shifts have to tell, apart from their turns: nothing waits for it. What is to be sent is in the status of the shift, so
 * that an engine that dies leaves it to the next; how often it was tried is not, so that the next begins anew. At least once, in
 * order for each shift and channel.
 */
import { readPlace, type Channel } from '@/lib/server/notifications/channels';
import type { Log } from '@/lib/server/log';
import type { Notice, ShiftStatus, Told } from '@/lib/shifts';
import { noticeId, signature, slackBody, webhookBody, type About } from './message';
import { send, type Sent } from './send';

const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;
/** Nobody wants to hear of it later. */
const GIVEN_UP_MS = 24 * 60 * 60_000;

export interface NotifierOptions {
  channels: readonly Channel[];
  source: string;
  log: Log;
  /** Epoch milliseconds by the cluster's clock. */
  now(): number;
  /** Something became of a notice of this shift. */
  onTold(shift: About): void;
  signal: AbortSignal;
  /** Before the second attempt; doubled each time. */
  firstMs?: number;
}

export interface Notifier {
  /** Sends what is pending in a status that has been stored, each once. */
  offer(shift: About, status: ShiftStatus): void;
  /** Whether something of this shift is being sent, or waits to be tried again. */
  holds(uid: string): boolean;
  /** What became of notices that were still pending when they were offered last. */
  toldOf(uid: string): readonly Told[];
  /** Forgets what became of notices of other shifts than these. */
  keepOnly(uids: ReadonlySet<string>): void;
}

interface Job {
  shift: About;
  notice: Notice;
  attempts: number;
}

/** Pauses between attempts, shortened by up to a quarter at random. */
const pauseMs = (attempts: number, firstMs: number): number =>
  Math.min(LONGEST_MS, firstMs * 2 ** (attempts - 1)) * (1 - Math.random() / 4);

export function createNotifier(options: NotifierOptions): Notifier {
  const { channels, source, log, now, onTold, signal, firstMs = FIRST_MS } = options;
  /** Under way, in order, by shift and channel. */
  const lanes = new Map<string, Job[]>();
  const told = new Map<string, Told[]>();
  const laneOf = (uid: string, channel: string) => `${uid} ${channel}`;

  async function attempt({ shift, notice }: Job, name: string): Promise<Sent> {
    const channel = channels.find((each) => each.name === name);
    if (channel === undefined) return { kind: 'refused', message: 'the engine has no channel of this name' };
    if (channel.namespaces !== undefined && !channel.namespaces.includes(shift.namespace))
      return { kind: 'refused', message: `shifts of ${shift.namespace} may not use this channel` };
    const url = readPlace(channel.url, channel.folder);
    if (url === undefined) return { kind: 'later', message: 'the address of the channel cannot be read' };
    if (channel.kind === 'slack') {
      const body = slackBody(source, shift, notice);
      return send(url, channel.private, { body, headers: {}, signal });
    }
    const secret = readPlace(channel.secret, channel.folder);
    if (secret === undefined) return { kind: 'later', message: 'the secret of the channel cannot be read' };
    const body = webhookBody(source, shift, notice);
    const headers = signature(secret, noticeId(shift.uid, notice), Date.now(), body);
    return send(url, channel.private, { body, headers, signal });
  }

  function conclude({ shift, notice }: Job, channel: string, problem?: string): void {
    const { number, event } = notice;
    const ended: Told = { number, channel, ...(problem === undefined ? {} : { problem }) };
    told.set(shift.uid, [...(told.get(shift.uid) ?? []), ended]);
    const line = { source, shift: `${shift.namespace}/${shift.name}`, channel, event };
    if (problem === undefined) log.info(line, 'notification sent');
    else log.warn({ ...line, message: problem }, 'a notification was given up');
    onTold(shift);
  }

  /** Does the first job of a lane, then the next, until there is none. */
  async function drain(lane: string, channel: string): Promise<void> {
    const jobs = lanes.get(lane) ?? [];
    const [job] = jobs;
    if (job === undefined) return void lanes.delete(lane);
    job.attempts += 1;
    const sent = await attempt(job, channel);
    if (signal.aborted) return;
    const late = now() - Date.parse(job.notice.at) > GIVEN_UP_MS;
    if (sent.kind === 'later' && !late) {
      if (job.attempts === 1)
        log.warn({ source, shift: job.shift.name, channel, message: sent.message }, 'a notification waits');
      const inMs = Math.max(sent.afterMs ?? 0, pauseMs(job.attempts, firstMs));
      setTimeout(() => void drain(lane, channel), inMs).unref();
      return;
    }
    jobs.shift();
    conclude(job, channel, sent.kind === 'taken' ? undefined : sent.message);
    await drain(lane, channel);
  }

  return {
    offer(shift, status) {
      if (signal.aborted) return;
      const pending = status.notifications?.pending ?? [];
      const isOpen = (number: number, channel: string) =>
        pending.some((notice) => notice.number === number && notice.channels.includes(channel));
      // What the status no longer waits for has been taken note of.
      const known = (told.get(shift.uid) ?? []).filter(({ number, channel }) => isOpen(number, channel));
      if (known.length > 0) told.set(shift.uid, known);
      else told.delete(shift.uid);
      for (const notice of pending)
        for (const channel of notice.channels) {
          const lane = laneOf(shift.uid, channel);
          const jobs = lanes.get(lane);
          const seen = jobs?.some((job) => job.notice.number === notice.number) ?? false;
          if (seen || known.some((each) => each.number === notice.number && each.channel === channel))
            continue;
          const job = { shift, notice, attempts: 0 };
          if (jobs) jobs.push(job);
          else {
            lanes.set(lane, [job]);
            void drain(lane, channel);
          }
        }
    },
    holds: (uid) => [...lanes.keys()].some((lane) => lane.startsWith(`${uid} `)),
    toldOf: (uid) => told.get(uid) ?? [],
    keepOnly(uids) {
      for (const uid of told.keys()) if (!uids.has(uid)) told.delete(uid);
    },
  };
}
