/**
 * Keeps the objects of one list current: list page by page, then watch from there, resume after a cut, list again when
 * the cluster has forgotten (410). What was read stays readable all the while.
 */
import 'server-only';
import type { Refusal } from './answer';
import { backoffMs } from './backoff';
import type { ClusterClient } from './connect';
import { linesOf } from './lines';
import { readList, readWatchLine, takeIn } from './objects';
import type { CachedObject } from './objects';

const PAGE = '500';
/** The server ends a watch after this many seconds; the exact time is drawn so that watches do not all end at once. */
const WATCH_S = { least: 240, spread: 60 };
/** A watch that the server has not ended this long after it should have is dead. */
const OVERDUE_MS = 15_000;
/** A watch that lasted this long was one; shorter ones count as failed attempts. */
const SOUND_MS = 1_000;
/** A list or a new watch that takes longer than this is told as trouble; most take less, and nobody needs to hear of those. */
const UNWATCHED_MS = 2_000;
/** No permission, or no such kind: that is for a person to change. */
const HOPELESS_RETRY_MS = 30_000;

export interface ReflectorState {
  /** connecting: not read yet. live: watching, or about to again. reconnecting: lost, trying. failed: refused for a reason that will not pass by itself. */
  phase: 'connecting' | 'live' | 'reconnecting' | 'failed';
  /** Failed attempts in a row. */
  attempt: number;
  /** ISO 8601. */
  retryAt?: string;
  /** ISO 8601: when the objects were last known to be current. */
  currentAsOf?: string;
  /** `code` is the refusal's kind (`forbidden`, `notFound`, `unreachable` …). */
  problem?: { code: string; detail: string };
}

export interface ReflectorOptions {
  path: string;
  apiVersion: string;
  kind?: string;
  /** Only objects whose fields are such, for example `reason=ReconcileError`. */
  fieldSelector?: string;
  /** Keep who wrote each object, as managedFields without the fields. */
  writers?: boolean;
  onChange(): void;
  onState(): void;
  random?: () => number;
}

export interface Reflector {
  objects(): ReadonlyMap<string, CachedObject>;
  state(): ReflectorState;
  retryNow(): void;
  stop(): void;
}

const identity = ({ metadata }: CachedObject) => `${metadata.namespace ?? ''}/${metadata.name}`;

/** Why a step ended. again: go on at once. */
type Outcome = { kind: 'again' } | { kind: 'relist' } | { kind: 'refused'; refusal: Refusal };

const EXPIRED_AGAIN: Refusal = {
  ok: false,
  kind: 'refused',
  status: 410,
  message: 'the cluster forgets resourceVersions as fast as it gives them',
};

const lost = (message: string): Outcome => ({
  kind: 'refused',
  refusal: { ok: false, kind: 'unreachable', message },
});

export function startReflector(cluster: ClusterClient, options: ReflectorOptions): Reflector {
  const random = options.random ?? Math.random;
  let objects = new Map<string, CachedObject>();
  let resourceVersion: string | undefined;
  let state: ReflectorState = { phase: 'connecting', attempt: 0 };
  let stopped = false;
  let wake: (() => void) | undefined;
  const abort = new AbortController();
  let relistedAt = 0;
  let watching = false;
  let unwatched: NodeJS.Timeout | undefined;
  /** Failed attempts in a row. */
  let failures = 0;
  const selection: Record<string, string> =
    options.fieldSelector === undefined ? {} : { fieldSelector: options.fieldSelector };

  const now = () => new Date().toISOString();
  const isCurrent = (since = now()) => {
    state = { ...state, currentAsOf: since };
  };

  function becomeLive(): void {
    const before = state;
    watching = true;
    clearTimeout(unwatched);
    state = { phase: 'live', attempt: 0, currentAsOf: now() };
    if (before.phase !== 'live' || before.attempt !== 0) options.onState();
  }

  /** From here on nothing is known to be current, which is told as trouble unless it is mended soon. */
  function unwatch(): void {
    watching = false;
    if (stopped) return;
    unwatched = setTimeout(() => {
      if (state.phase !== 'live') return;
      state = { ...state, phase: 'reconnecting' };
      options.onState();
    }, UNWATCHED_MS);
  }

  async function list(): Promise<Outcome> {
    const asked = now();
    const found = new Map<string, CachedObject>();
    let token: string | undefined;
    let version: string;
    do {
      const query: Record<string, string> = {
        ...selection,
        limit: PAGE,
        ...(token === undefined ? {} : { continue: token }),
      };
      const answer = await cluster.request('GET', options.path, { query, signal: abort.signal });
      if (!answer.ok)
        // The list changed too much between two pages: begin again.
        return answer.status === 410 && token !== undefined
          ? { kind: 'relist' }
          : { kind: 'refused', refusal: answer };
      const page = readList(answer.body);
      if (!page.success)
        return {
          kind: 'refused',
          refusal: { ok: false, kind: 'refused', message: 'the answer is no Kubernetes list' },
        };
      for (const item of page.data.items ?? []) {
        const taken = takeIn(item, options.apiVersion, options.kind, options.writers);
        if (!taken) continue;
        const key = identity(taken);
        const known = objects.get(key);
        const same =
          known?.metadata.uid === taken.metadata.uid &&
          known.metadata.resourceVersion === taken.metadata.resourceVersion;
        found.set(key, same ? known : taken);
      }
      token = page.data.metadata.continue || undefined;
      version = page.data.metadata.resourceVersion;
    } while (token !== undefined);
    resourceVersion = version;
    const changed =
      found.size !== objects.size || [...found].some(([key, object]) => objects.get(key) !== object);
    const first = state.currentAsOf === undefined;
    objects = found;
    isCurrent(asked);
    if (changed || first) options.onChange();
    return { kind: 'again' };
  }

  /** Takes one event in; an outcome ends the watch. */
  function take(line: string): Outcome | undefined {
    const event = readWatchLine(line);
    if (!event) return lost('the watch sent something that is no event');
    isCurrent();
    if (event.type === 'ERROR') return event.code === 410 ? { kind: 'relist' } : lost(event.message);
    if (event.resourceVersion !== undefined) resourceVersion = event.resourceVersion;
    if (event.type === 'BOOKMARK') return undefined;
    const object = takeIn(event.object, options.apiVersion, options.kind, options.writers);
    if (!object) return undefined;
    if (event.type === 'DELETED') objects.delete(identity(object));
    else objects.set(identity(object), object);
    options.onChange();
    return undefined;
  }

  async function watch(from: string): Promise<Outcome> {
    const seconds = Math.round(WATCH_S.least + random() * WATCH_S.spread);
    const opened = await cluster.open(options.path, {
      query: {
        ...selection,
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: from,
        timeoutSeconds: String(seconds),
      },
      signal: abort.signal,
    });
    if (!opened.ok) return opened.status === 410 ? { kind: 'relist' } : { kind: 'refused', refusal: opened };
    const { stream } = opened;
    stream.socket.setKeepAlive(true, 15_000);
    let silent = false;
    const overdue = setTimeout(
      () => {
        silent = true;
        stream.destroy(new Error('the watch went silent'));
      },
      seconds * 1000 + OVERDUE_MS,
    );
    const openedAt = Date.now();
    becomeLive();
    try {
      for await (const line of linesOf(stream)) {
        const outcome = take(line);
        if (outcome) {
          stream.destroy();
          return outcome;
        }
      }
      isCurrent();
    } catch (error) {
      // A connection that breaks stood until then, and nothing was missed on it.
      if (!silent) isCurrent();
      return lost(error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(overdue);
      unwatch();
      if (Date.now() - openedAt >= SOUND_MS) failures = 0;
    }
    // An orderly end is the server's timeout; one at once, again and again, is trouble.
    return Date.now() - openedAt < SOUND_MS ? lost('the watch was ended at once') : { kind: 'again' };
  }

  function rest(refusal: Refusal): Promise<void> {
    clearTimeout(unwatched);
    const hopeless = refusal.kind === 'forbidden' || refusal.kind === 'notFound';
    failures += 1;
    const attempt = failures;
    const asked = refusal.retryAfterS === undefined ? 0 : refusal.retryAfterS * 1000;
    const waitMs = hopeless ? HOPELESS_RETRY_MS : Math.max(asked, backoffMs(attempt, random()));
    const { currentAsOf } = state;
    state = {
      phase: hopeless ? 'failed' : currentAsOf === undefined ? 'connecting' : 'reconnecting',
      attempt,
      retryAt: new Date(Date.now() + waitMs).toISOString(),
      problem: { code: refusal.kind, detail: refusal.message },
      ...(currentAsOf === undefined ? {} : { currentAsOf }),
    };
    options.onState();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const outcome = resourceVersion === undefined ? await list() : await watch(resourceVersion);
      if (stopped) return;
      if (outcome.kind === 'refused') await rest(outcome.refusal);
      if (outcome.kind === 'relist') {
        resourceVersion = undefined;
        // Once is the cluster forgetting; again within a second is a cluster that cannot keep up.
        if (Date.now() - relistedAt < 1000) await rest(EXPIRED_AGAIN);
        relistedAt = Date.now();
      }
      wake = undefined;
    }
  }
  void run();

  return {
    objects: () => objects,
    state: () => (watching ? { ...state, currentAsOf: now() } : state),
    retryNow: () => wake?.(),
    stop: () => {
      stopped = true;
      abort.abort();
      clearTimeout(unwatched);
      wake?.();
    },
  };
}
