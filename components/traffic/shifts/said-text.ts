import type { Translate } from '@/lib/i18n/translate';
import { OWNER_NAMES } from '@/lib/mesh/ownership';
import { METRIC_FIGURES } from '@/lib/shifts';
import type { Said, ShiftStatus } from '@/lib/shifts';
import { durationText } from './duration';
import { figureText } from './figure-text';

const NAMES: Readonly<Record<string, string>> = OWNER_NAMES;

/**
 * What the engine says, in the language of the screen: from the code and its values. A sentence of the cluster or of an API stays
 * as it is. `message` is what an engine that knows no codes has left.
 */
export function saidText({ said, message, rollback, analysis }: Told, t: Translate): string | undefined {
  if (said === undefined) return message;
  const { code, values } = said;
  const { seconds, times, figure, manager = '' } = values;
  const kind = METRIC_FIGURES.find((each) => each === figure);
  const figures = (['measured', 'limit', 'baseline'] as const).flatMap((name) => {
    const text = values[name];
    return text === undefined ? [] : [[name, figureText(Number(text), kind, t)] as const];
  });
  const open = Object.entries(analysis?.metrics ?? {}).filter(([, { last }]) => last !== 'pass');
  return t(`shifts.said.${code}`, {
    ...values,
    ...Object.fromEntries(figures),
    ...(Object.hasOwn(NAMES, manager) ? { manager: NAMES[manager] ?? '' } : {}),
    ...(times === undefined ? {} : { times: Number(times) }),
    ...(seconds === undefined ? {} : { seconds: durationText(Number(seconds), t) }),
    ...(code === 'waitsForMetrics' && open.length > 0
      ? { metrics: open.map(([name, { last }]) => `${name} (${t(`shifts.verdict.${last}`)})`).join(', ') }
      : {}),
    ...(code === 'backNoPods' || code === 'backFails'
      ? { because: saidText({ said: rollback?.said, message: rollback?.message }, t) ?? '' }
      : {}),
  });
}

type Told = { said?: Said | undefined; message?: string | undefined } & Partial<
  Pick<ShiftStatus, 'rollback' | 'analysis'>
>;
