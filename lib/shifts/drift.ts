/** Somebody else changed the weights under a shift. No step is ever concluded from weights that are not its own. */
import { said, sentenceOf } from './said';
import { intend, percentOf, plannedWeights } from './intent';
import { pause } from './pause';
import { pairIn, planWeights, sameNodes, sameWeights } from './plan';
import { rollBack } from './rollback';
import type { Turn } from './turn';

/** Times the weights are put back within a step before a person is asked. */
const REASSERTS = 3;

/** Whether the routes are no longer as the intent left them; acts upon it. A lock that was taken off is put back. */
export function checkDrift(turn: Turn): boolean {
  const { intent } = turn.status;
  if (intent === undefined) return false;
  const differs = intent.routes.some((route) => !sameWeights(turn.targetsOf(route) ?? [], route.targets));
  if (differs) {
    drift(turn, 'drift');
    return true;
  }
  for (const name of turn.routerNames) {
    const lock = turn.router(name)?.lock;
    if (lock === turn.lock) continue;
    if (lock !== undefined) {
      pause(turn, 'Drift', said('taken'));
      return true;
    }
    const by = `TrafficShift ${turn.world.self.namespace}/${turn.world.self.name}`;
    turn.effects.push({ kind: 'write', router: name, intent: intent.id, routes: [], by, reason: 'lock' });
  }
  return false;
}

/** Acts upon weights that are not the shift's, as its spec says. */
export function drift(turn: Turn, code: 'drift' | 'driftBefore'): void {
  const { status, policy } = turn;
  const what = said(code);
  turn.tell('Warning', 'DriftFound', sentenceOf(what), true);
  if (policy.onDrift === 'abort') return rollBack(turn, 'Drift', what);
  if (policy.onDrift === 'reassert' && (status.reasserted ?? 0) < REASSERTS) return reassert(turn);
  pause(turn, 'Drift', said(code === 'drift' ? 'driftPaused' : 'driftBeforePaused'));
}

/** Puts the weights of the step back. */
export function reassert(turn: Turn): void {
  const { status } = turn;
  const percent = status.intent?.percent ?? 0;
  status.reasserted = (status.reasserted ?? 0) + 1;
  delete status.pause;
  intend(turn, 'forward', percent, plannedWeights(turn, percent));
  turn.go('Applying');
}

/**
 * Takes the weights as they are for this step's own; the step is verified and held anew. A rollback still restores the pair;
 * where targets came or went, the others stay as they are now.
 */
export function adopt(turn: Turn): void {
  const { status, spec, world } = turn;
  const now = spec.routes.map((route) => turn.targetsOf(route) ?? []);
  const percentBefore = percentOf(turn, status.snapshot ?? []);
  status.snapshot = status.snapshot?.map((old, i) => {
    const targets = now[i] ?? [];
    const route = spec.routes[i];
    if (route === undefined || sameNodes(targets, old.targets)) return old;
    const pair = pairIn(targets, route, world.self.namespace);
    return pair ? { ...old, targets: planWeights(targets, pair, percentBefore) } : old;
  });
  status.base = spec.routes.map(({ router, route }, i) => ({ router, route, targets: now[i] ?? [] }));
  delete status.pause;
  intend(
    turn,
    'forward',
    percentOf(
      turn,
      now.map((targets) => ({ targets })),
    ),
    now,
  );
  turn.go('Applying');
}
