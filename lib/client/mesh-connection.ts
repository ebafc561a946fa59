/** One open stream of one mesh, outside React: connects, resumes, retries, and tells what it holds. */
import { streamEvent } from '@/lib/api/topology';
import { eventsOf } from './event-stream';
import { meshPath, sourcePath } from './queries';
import { ProblemError, problemOf } from './request';
import { connectionOf, SILENCE_MS } from './connection';
import type { Connection, Link } from './connection';
import { NOTHING, take, withoutOldGhosts } from './picture';
import type { Held } from './picture';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
/** A tab that nobody sees keeps its stream for this long. */
const HIDDEN_MS = 60_000;
/** A stream that lasted this long is a good one: the next loss begins with a short wait again. */
const STEADY_MS = 5_000;
/** How often the passing of time is looked at: blips that become losses, ghosts that fade. */
const TICK_MS = 1_000;

export interface MeshStream extends Held {
  connection: Connection;
}

export interface MeshConnection {
  get(): MeshStream;
  subscribe(listener: () => void): () => void;
}

/** Follows a mesh for as long as somebody listens. */
export function followMesh(source: string, mesh: string): MeshConnection {
  const listeners = new Set<() => void>();
  let held: Held = NOTHING;
  let link: Link = {
    phase: 'connecting',
    since: Date.now(),
    heardAt: undefined,
    attempt: 0,
    retryAt: undefined,
    problem: undefined,
  };
  let abort: AbortController | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let tick: ReturnType<typeof setInterval> | undefined;
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  let asleep = false;
  let told = connectionOf(link, undefined, false, Date.now());
  let connection: Connection = { ...told, retryNow };
  let snapshot: MeshStream = present();

  function retryNow(): void {
    // The console's own wait for the cluster is ended as well.
    void fetch(`${sourcePath(source)}/refresh`, { method: 'POST' }).catch(() => undefined);
    if (link.phase === 'lost') open();
  }

  function present(): MeshStream {
    const next = connectionOf(link, held.source, held.picture !== undefined, Date.now());
    // The same object for as long as it says the same: every card that may be written reads it.
    if (JSON.stringify(next) !== JSON.stringify(told)) {
      told = next;
      connection = { ...next, retryNow };
    }
    return { ...held, connection };
  }

  function publish(): void {
    snapshot = present();
    for (const listener of [...listeners]) listener();
  }

  function lose(problem: Link['problem'], sinceMs = Date.now()): void {
    const attempt = link.attempt + 1;
    const waitMs =
      Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
    link = {
      ...link,
      phase: 'lost',
      since: link.phase === 'lost' ? link.since : sinceMs,
      attempt,
      retryAt: Date.now() + waitMs,
      problem,
    };
    clearTimeout(retry);
    retry = setTimeout(open, waitMs);
    publish();
  }

  /** Takes the text of one event in; false when a snapshot must be asked for. */
  function hear(text: string): boolean {
    const event = streamEvent.safeParse(JSON.parse(text));
    heard();
    if (!event.success) return true; // an event of a newer console: nothing this one knows to do with it
    const after = take(held, event.data, Date.now());
    if (after === 'resync') return false;
    if (after !== held) {
      held = after;
      publish();
    }
    return true;
  }

  /** Only what the console says proves that it is there: a proxy's page is an answer, too. */
  function heard(): void {
    const now = Date.now();
    link =
      link.phase === 'open'
        ? { ...link, heardAt: now }
        : { ...link, phase: 'open', since: now, heardAt: now, retryAt: undefined, problem: undefined };
  }

  async function read(signal: AbortSignal, resume: boolean): Promise<void> {
    const revision = resume ? held.picture?.revision : undefined;
    const answer = await fetch(`${meshPath(source, mesh)}/stream`, {
      headers: {
        accept: 'text/event-stream',
        ...(revision === undefined ? {} : { 'last-event-id': `${revision.epoch}:${revision.seq}` }),
      },
      signal,
    });
    if (!answer.ok || !answer.body) throw new ProblemError(await problemOf(answer));
    if (!/^text\/event-stream\b/.test(answer.headers.get('content-type') ?? ''))
      throw new Error('the answer is no event stream');
    for await (const { text } of eventsOf(answer.body)) if (!hear(text)) return open(false);
    throw new Error('the console ended the stream');
  }

  function open(resume = true): void {
    clearTimeout(retry);
    abort?.abort();
    const mine = new AbortController();
    abort = mine;
    read(mine.signal, resume).catch((error: unknown) => {
      if (mine.signal.aborted) return;
      const { code, detail } =
        error instanceof ProblemError
          ? error.problem
          : { code: 'E501', detail: error instanceof Error ? error.message : String(error) };
      lose({ code, detail });
    });
  }

  function look(): void {
    if (asleep) return;
    const now = Date.now();
    const { phase, since, heardAt } = link;
    if (phase === 'open' && now - since > STEADY_MS) link = { ...link, attempt: 0 };
    // A connection can die without a word: pings are due, so silence is a loss.
    if (phase === 'open' && heardAt !== undefined && now - heardAt > SILENCE_MS) {
      abort?.abort();
      return lose({ code: 'E501', detail: 'The console went silent.' }, heardAt);
    }
    const ghosts = withoutOldGhosts(held.ghosts, Date.now());
    if (ghosts !== held.ghosts) held = { ...held, ghosts };
    const next = present();
    const changed =
      ghosts !== snapshot.ghosts ||
      next.connection.phase !== snapshot.connection.phase ||
      next.connection.retryAt !== snapshot.connection.retryAt;
    if (changed) publish();
  }

  function seen(): void {
    clearTimeout(hiddenTimer);
    if (document.visibilityState === 'hidden') {
      hiddenTimer = setTimeout(() => {
        asleep = true;
        clearTimeout(retry);
        abort?.abort();
      }, HIDDEN_MS);
    } else if (asleep) {
      asleep = false;
      open();
    }
  }

  function start(): void {
    document.addEventListener('visibilitychange', seen);
    tick = setInterval(look, TICK_MS);
    open();
    // A tab may be opened where nobody sees it.
    seen();
  }

  function stop(): void {
    document.removeEventListener('visibilitychange', seen);
    clearInterval(tick);
    clearTimeout(retry);
    clearTimeout(hiddenTimer);
    abort?.abort();
  }

  return {
    get: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener);
      if (listeners.size === 1) start();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
  };
}
