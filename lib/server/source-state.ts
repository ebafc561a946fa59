/** Many watches, one state: the worst of what matters. */
import 'server-only';
import type { ProblemCode } from '@/lib/api/problem';
import type { SourcePart, SourceState } from '@/lib/api/topology';
import type { WatchState } from '@/lib/kubernetes';
import type { WatchedResource } from '@/lib/providers/app-mesh';

const APP_MESH_GROUP = 'appmesh.k8s.aws';

export interface WatchedState {
  resource: WatchedResource;
  state: WatchState;
}

/** The problem code of what a watch ran into. */
const CODES: Readonly<Record<string, ProblemCode>> = {
  forbidden: 'E202',
  throttled: 'E504',
  unreachable: 'E501',
};

type Trouble = NonNullable<SourcePart['problem']>;

const troubleOf = (problem: NonNullable<WatchState['problem']>): Trouble => ({
  code: CODES[problem.code] ?? 'E502',
  detail: problem.detail,
});

const earliest = (times: readonly (string | undefined)[]): string | undefined =>
  times
    .filter((time) => time !== undefined)
    .sort()
    .at(0);

/**
 * What decides the phase: the App Mesh kinds. Where the meshes themselves were read, a kind that cannot be (it is forbidden,
 * or its CRD is not installed) is missing from the picture and does not make the rest of it worth less.
 */
function deciding(watched: readonly WatchedState[]): WatchedState[] {
  const mesh = watched.filter(({ resource }) => resource.group === APP_MESH_GROUP);
  const readable = mesh.some(
    ({ resource, state }) => resource.plural === 'meshes' && state.currentAsOf !== undefined,
  );
  return mesh.filter(({ state }) => !readable || state.phase !== 'failed' || state.currentAsOf !== undefined);
}

/**
 * The state of a source from those of its watches: the worst of those that decide. Pods, events and the like may be
 * unreadable without the mesh being so. `previous` gives the start of a phase that goes on.
 */
export function sourceStateOf(
  watched: readonly WatchedState[],
  previous: SourceState,
  now: Date,
): SourceState {
  const mesh = deciding(watched).map(({ state }) => state);
  const by = (phase: WatchState['phase']) => mesh.filter((state) => state.phase === phase);
  const worst = (['failed', 'reconnecting', 'connecting'] as const).find((phase) => by(phase).length > 0);
  const phase = worst ?? 'live';
  const since = phase === previous.phase ? previous.since : now.toISOString();
  const currentAsOf = mesh.every((state) => state.currentAsOf !== undefined)
    ? earliest(mesh.map((state) => state.currentAsOf))
    : undefined;
  const troubled = worst === undefined ? [] : by(worst);
  const retryAt = earliest(troubled.map((state) => state.retryAt));
  const attempt = Math.max(0, ...troubled.map((state) => state.attempt));
  const problem = troubled.find((state) => state.problem !== undefined)?.problem;
  return {
    phase,
    since,
    ...(currentAsOf === undefined ? {} : { currentAsOf }),
    ...(attempt === 0 ? {} : { attempt }),
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(problem === undefined ? {} : { problem: troubleOf(problem) }),
  };
}

/** The kinds of which nothing was read (yet), as kubectl names them, and what the first of them ran into. */
export function unreadOf(watched: readonly WatchedState[]): {
  kinds: string[];
  problem: Trouble | undefined;
} {
  const unread = watched.filter(({ state }) => state.currentAsOf === undefined);
  const problem = unread.find(({ state }) => state.problem !== undefined)?.state.problem;
  return {
    kinds: unread.map(({ resource }) => resource.kind),
    problem: problem === undefined ? undefined : troubleOf(problem),
  };
}
