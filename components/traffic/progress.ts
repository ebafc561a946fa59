/** How far a written change has come, read from the picture alone. */
import type { WeightsAnswer } from '@/lib/api/weights';
import type { Connection } from '@/lib/client/connection';
import type { Picture } from '@/lib/client/picture';
import type { Router } from '@/lib/mesh/model';

export type Progress =
  | { stage: 'waiting' }
  | { stage: 'accepted' }
  | { stage: 'rejected'; message: string }
  | { stage: 'frozen' }
  | { stage: 'gone' }
  /** The picture is not current, so nothing can be said. */
  | { stage: 'unseen' };

/** What the control plane made of a generation. An object of another uid is another object. */
export function progressOf(
  answer: Pick<WeightsAnswer, 'router'>,
  router: Router | undefined,
  picture: Picture | undefined,
  connection: Pick<Connection, 'phase'>,
): Progress {
  const { uid, generation } = answer.router;
  if (connection.phase !== 'live' || !picture) return { stage: 'unseen' };
  if (!router || router.ref.uid !== uid) return { stage: 'gone' };
  const seen = router.ref.generation >= generation;
  if (seen && router.acceptance === 'rejected')
    return { stage: 'rejected', message: router.problem?.message ?? router.problem?.reason ?? '–' };
  // A later generation may be under way; ours was taken when the observed one is not older.
  const passed = router.ref.generation > generation && (router.observedGeneration ?? 0) >= generation;
  if (passed || (seen && router.acceptance === 'accepted')) return { stage: 'accepted' };
  if (picture.mesh.controlPlane === 'frozen') return { stage: 'frozen' };
  return { stage: 'waiting' };
}
