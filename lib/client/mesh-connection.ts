/** One open stream of one mesh, outside React: connects, resumes, retries, and tells what it holds. */
import type { Problem } from '@/lib/api/problem';
import { streamEvent } from '@/lib/api/topology';
import { eventsOf } from './event-stream';
import { meshPath, sourcePath } from './queries';
import { ProblemError, problemOf } from './request';
import { createChangeLog } from './changes';
import type { ChangeLog } from './changes';
import { connectionOf, SILENCE_MS } from './connection';
import type { Connection, Link, Trouble } from './connection';
import { NOTHING, take, withoutOldGhosts } from './picture';
import type { Held } from './picture';
import { createGap, standingOfApis } from './changes-gap';
import { resumed } from './pause';
import type { Paused } from './pause';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
/** A tab that nobody sees keeps its stream for this long. */
const HIDDEN_MS = 60_000;
/** A stream that lasted this long is a good one: the next loss begins with a short wait again. */
const STEADY_MS = 5_000;
/** How often the passing of time is looked at: blips that become losses, ghosts that fade. */
const TICK_MS = 1_000;

/** What the screen shows: the picture, which stands still while paused, and the connection, which is always as it is. */
export interface MeshStream extends Held {
  connection: Connection;
  paused: Paused | undefined;
  setPaused(on: boolean): void;
  changes: ChangeLog;
}

export interface MeshConnection {
  get(): MeshStream;
  subscribe(listener: () => void): () => void;
}

const troubleOf = ({ code, detail, values }: Problem): Trouble => ({ code, detail, values });

/** Follows a mesh for as long as somebody listens. */
export function followMesh(source: string, mesh: string): MeshConnection {
  const listeners = new Set<() => void>();
  let held: Held = NOTHING;
  /** What is shown in place of what is held. */
  let frozen: { held: Held; since: number; upTo: number } | undefined;
  const changes = createChangeLog();
  const gap = createGap();
  /** Of the App Mesh APIs beside the cluster: only what they tell is missed meanwhile. */
  const apiGap = createGap();
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
  let stopCounting = (): void => undefined;
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
    const shown = frozen?.held ?? held;
    // How the sources fare is told as it is, whatever is shown.
    const { source: state, parts } = held;
    return { ...shown, source: state, parts, connection, paused: pausedNow(), setPaused, changes };
  }

  function pausedNow(): Paused | undefined {
    if (!frozen) return undefined;
    const { since, upTo } = frozen;
    return { since, upTo, waiting: changes.get().heard - upTo };
  }

  function setPaused(on: boolean): void {
    if (on === (frozen !== undefined) || !held.picture) return;
    const now = Date.now();
    if (on) frozen = { held, since: now, upTo: changes.seal() };
    else if (frozen) {
      held = resumed(frozen.held, held, now);
      frozen = undefined;
    }
    publish();
  }

  function publish(): void {
    snapshot = present();
    for (const listener of [...listeners]) listener();
  }

  function lose(problem: Link['problem'], sinceMs = Date.now()): void {
    const attempt = link.attempt + 1;
    gap.open(link.heardAt);
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
    const heardBefore = link.heardAt;
    heard();
    if (!event.success) return true; // an event of a newer console: nothing this one knows to do with it
    const now = Date.now();
    const after = take(held, event.data, now);
    if (after === 'resync' || (event.data.type === 'snapshot' && held.picture)) gap.open(heardBefore);
    if (after === 'resync') return false;
    if (after !== held) {
      const before = held;
      held = after;
      publish();
      tell(before, now);
    }
    return true;
  }

  /** Tells the log how the picture changed. */
  function tell(before: Held, at: number): void {
    const since = gap.at(held.source, at);
    const apiSince = apiGap.at(standingOfApis(held.parts), at);
    const { picture } = held;
    if (!picture) return;
    // Before the first picture there is nothing that could have changed.
    if (!before.picture) gap.forget();
    if (picture !== before.picture) changes.follow(before.picture, picture, at, since, apiSince);
    if (held.meshPresent !== before.meshPresent)
      changes.mesh(picture.mesh.key, held.meshPresent ? 'added' : 'removed', at, since);
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
      lose(
        error instanceof ProblemError
          ? troubleOf(error.problem)
          : { code: 'E501', detail: error instanceof Error ? error.message : String(error) },
      );
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
      next.ghosts !== snapshot.ghosts ||
      next.connection.phase !== snapshot.connection.phase ||
      next.connection.retryAt !== snapshot.connection.retryAt;
    if (changed) publish();
  }

  function seen(): void {
    clearTimeout(hiddenTimer);
    if (document.visibilityState === 'hidden') {
      hiddenTimer = setTimeout(() => {
        asleep = true;
        gap.open(link.heardAt);
        clearTimeout(retry);
        abort?.abort();
      }, HIDDEN_MS);
    } else if (asleep) {
      asleep = false;
      open();
    }
  }

  function start(): void {
    stopCounting = changes.subscribe(() => {
      if (frozen) publish();
    });
    document.addEventListener('visibilitychange', seen);
    tick = setInterval(look, TICK_MS);
    open();
    // A tab may be opened where nobody sees it.
    seen();
  }

  function stop(): void {
    document.removeEventListener('visibilitychange', seen);
    stopCounting();
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
