import type { Translate } from '@/lib/i18n/translate';
import { edgeQuantities, heatOf, latencyOf, paceOf, rateOf, strokeOf } from '@/lib/client/telemetry-figures';
import type { Told } from '@/lib/client/telemetry-store';
import type { Look } from '@/lib/client/use-telemetry';
import type { Observation } from '@/lib/mesh/telemetry/overlay';
import { quantityText } from './quantity-text';
import { splitOf } from './split-line';

/** How an edge is drawn by what was measured of it; what is undefined is drawn as without an overlay. */
export interface EdgeLook {
  observed: 'yes' | 'no' | 'unknown';
  stroke?: number | undefined;
  /** Step of the latency scale, from 1. */
  heat?: number | undefined;
  /** Seconds per dash of moving traffic. */
  pace?: number | undefined;
  /** The figure with its unit. */
  figure?: string | undefined;
  /** What a weighted target got, 0..1; told where shares are chosen. */
  observedShare?: number | undefined;
}

/** How edges are looked at. */
interface EdgeLooking extends Look {
  /** What was measured is that of others as well. */
  atMost?: boolean | undefined;
}

/** The look of an edge. `router` is what is told of its source, `target` and `row` name the weighted target it leads to. */
export function edgeLook(
  told: Told | undefined,
  look: EdgeLooking,
  t: Translate,
  split: { router: Told | undefined; row: string; target: string } | undefined,
): EdgeLook | undefined {
  if (look.overlay === 'off') return undefined;
  const { observations = [], observed = 'unknown' } = told?.edge ?? {};
  const rate = rateOf(observations);
  const latency = latencyOf(observations);
  const share =
    split === undefined
      ? undefined
      : splitOf(split.router?.splits, split.row)?.shares.find(({ target }) => target === split.target);
  return {
    observed,
    stroke: look.sized ? (observed === 'no' ? 1 : strokeOf(rate)) : observed === 'no' ? 1 : undefined,
    heat: look.heat && latency ? heatOf(latency.amount) : undefined,
    pace: look.flow && observed === 'yes' ? paceOf(rate) : undefined,
    figure: observed === 'no' ? t('overlay.silent') : figureText(observations, look, t),
    observedShare: look.overlay === 'share' ? share?.observedShare : undefined,
  };
}

const AMOUNTS: ReadonlySet<Look['overlay']> = new Set(['rate', 'bytes']);

function figureText(
  observations: readonly Observation[],
  { overlay, atMost }: EdgeLooking,
  t: Translate,
): string | undefined {
  if (overlay === 'off') return undefined;
  const texts = edgeQuantities(observations, overlay).map((each) => quantityText(each, t));
  const [first, second] = texts;
  if (overlay === 'errors' && first !== undefined && second !== undefined)
    return t('overlay.errorsFaults', { errors: first, faults: second });
  // Of a ratio or a length there is no most: it is that of all of them.
  return first !== undefined && atMost === true && AMOUNTS.has(overlay)
    ? t('overlay.atMost', { figure: first })
    : first;
}
