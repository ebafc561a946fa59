/** What happens to one shift of the fault suite: its plan, and what somebody does to it on the way. */
import { planWeights, type ShiftSpec, type TargetWeight } from '@/lib/shifts';
import type { Random } from './random';

/** nothing; abort: somebody aborts; edit: somebody else changes the weights; pods: the target loses its pods; remove: the object is deleted. */
export type Trouble = 'nothing' | 'abort' | 'edit' | 'pods' | 'remove';

export interface Story {
  name: string;
  namespace: string;
  router: string;
  spec: ShiftSpec;
  trouble: Trouble;
  /** It comes when this step was begun. */
  atStep: number;
  /** Weights that somebody else writes. */
  edited: number[];
  /** What is said to a shift that found them. */
  answer: 'adopt' | 'reassert' | 'abort';
  before: TargetWeight[];
  planned: TargetWeight[];
}

/** A router of the cluster with two targets at least. */
export interface Place {
  namespace: string;
  router: string;
  route: string;
  targets: TargetWeight[];
}

export function tell(place: Place, number: number, random: Random): Story {
  const { namespace, router, route, targets } = place;
  const weights = new Set<number>();
  for (let steps = random.between(1, 4); steps > 0; steps -= 1) weights.add(random.between(1, 99));
  const rising = [...weights].sort((a, b) => a - b);
  const [from, to] = targets;
  const spec: ShiftSpec = {
    routes: [{ router, route, from: from?.node ?? '', to: to?.node ?? '' }],
    strategy: {
      canary: { steps: [...rising, 100].map((weight) => ({ weight, holdSeconds: random.between(0, 1) })) },
    },
    verify: { mode: 'skip' },
    onDrift: random.pick(['pause', 'abort', 'reassert']),
  };
  return {
    name: `run-${number}`,
    namespace,
    router,
    spec,
    trouble: random.pick(['nothing', 'nothing', 'abort', 'abort', 'edit', 'edit', 'pods', 'remove']),
    atStep: random.between(0, rising.length),
    edited: targets.map(() => random.between(1, 100)),
    answer: random.pick(['adopt', 'reassert', 'abort']),
    before: targets,
    planned: planWeights(targets, { from: 0, to: 1 }, 100),
  };
}
