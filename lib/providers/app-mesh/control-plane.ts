/** Whether somebody still answers behind the objects of a mesh. */
import type { Mesh, MeshModel } from '@/lib/mesh/model';

/** AWS ended App Mesh on this day. From then on silence means that nobody answers. */
const END_OF_SERVICE = '2026-09-30';

/** Words the controller's AWS SDK uses when no endpoint answers it. */
const UNANSWERED =
  /RequestError|send request failed|dial tcp|no such host|connection refused|i\/o timeout|EndpointNotFound|context deadline exceeded|UnrecognizedClientException|has been discontinued/;

/**
 * frozen: the controller reports that the App Mesh API does not answer, or nothing was accepted since the service ended.
 * live: something was accepted, and after the end of the service where that is past. unknown: no evidence either way.
 */
export function controlPlaneOf({ mesh, entities }: MeshModel, now: Date): Mesh['controlPlane'] {
  const all = [mesh, ...entities.values()];
  if (all.some(({ problem }) => problem !== undefined && UNANSWERED.test(problem.message))) return 'frozen';
  const ended = now.toISOString() >= END_OF_SERVICE;
  const accepted = all.filter(({ acceptance }) => acceptance === 'accepted');
  const recent = accepted.some(
    (each) =>
      each.createdAt >= END_OF_SERVICE ||
      each.conditions.some(({ lastTransitionTime }) => (lastTransitionTime ?? '') >= END_OF_SERVICE) ||
      // A change of weights makes a generation and moves no condition.
      (each.kind === 'router' && each.history.some(({ at }) => at >= END_OF_SERVICE)),
  );
  if (recent || (!ended && accepted.length > 0)) return 'live';
  return ended && entities.size > 0 && accepted.length > 0 ? 'frozen' : 'unknown';
}
