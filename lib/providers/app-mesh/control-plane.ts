/** Whether somebody still answers behind the objects of a mesh. */
import type { Entity, Mesh, MeshModel } from '@/lib/mesh/model';

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
  const ended = now.toISOString() >= END_OF_SERVICE;
  let accepted = false;
  let recent = false;
  const unanswered = (each: Mesh | Entity): boolean => {
    if (each.acceptance === 'accepted') {
      accepted = true;
      recent ||= movedAfterTheEnd(each);
    }
    return each.problem !== undefined && UNANSWERED.test(each.problem.message);
  };
  if (unanswered(mesh)) return 'frozen';
  for (const entity of entities.values()) if (unanswered(entity)) return 'frozen';
  if (recent || (!ended && accepted)) return 'live';
  return ended && entities.size > 0 && accepted ? 'frozen' : 'unknown';
}

const movedAfterTheEnd = (each: Mesh | Entity): boolean =>
  each.createdAt >= END_OF_SERVICE ||
  each.conditions.some(({ lastTransitionTime }) => (lastTransitionTime ?? '') >= END_OF_SERVICE) ||
  // A change of weights makes a generation and moves no condition.
  (each.kind === 'router' && each.history.some(({ at }) => at >= END_OF_SERVICE));
