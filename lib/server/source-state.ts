/** Many watches, one state: the worst of what matters. */
import 'server-only';
import type { ProblemCode } from '@/lib/api/problem';
import type { SourceState } from '@/lib/api/topology';
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

const earliest = (times: readonly (string | undefined)[]): string | undefined =>
  times
    .filter((time) => time !== undefined)
    .sort()
    .at(0);

/**
 * The state of a source from those of its watches. Only the App Mesh kinds decide the phase, and of those the worst; pods,
 * events and the like may be unreadable without the mesh being so. `previous` gives the start of a phase that goes on.
 */
export function sourceStateOf(
  watched: readonly WatchedState[],
  previous: SourceState,
  now: Date,
): SourceState {
  const mesh = watched.filter(({ resource }) => resource.group === APP_MESH_GROUP).map(({ state }) => state);
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
    ...(problem === undefined
      ? {}
      : { problem: { code: CODES[problem.code] ?? 'E502', detail: problem.detail } }),
  };
}
