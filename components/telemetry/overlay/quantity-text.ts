import type { TelemetryAnswer } from '@/lib/api/telemetry';
import { bytesOf, errorsOf, faultsOf, p99Of, rateOf } from '@/lib/client/telemetry-figures';
import type { Quantity } from '@/lib/client/telemetry-figures';
import { WINDOW_MS } from '@/lib/client/telemetry-view';
import { WINDOWS } from '@/lib/client/telemetry-window';
import type { Translate } from '@/lib/i18n/translate';
import type { Observation } from '@/lib/mesh/telemetry/overlay';

/** Steps of 1,000, as CloudWatch counts bytes. */
const BYTES = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes per second with a prefix that is the same in every language. */
function bytesText(amount: number, t: Translate): string {
  const step = amount < 1 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log10(amount) / 3));
  return t('overlay.bytes', { amount: amount / 1000 ** step, unit: BYTES[step] ?? 'B' });
}

/** Parts of requests with one digit after the point; what is less than that, and is not nothing, says so. */
function partText(amount: number, t: Translate): string {
  return amount > 0 && amount < 0.0005 ? t('overlay.partLeast') : t('overlay.part', { amount });
}

/** A figure with its unit; latencies from a second on in seconds. */
export function quantityText({ unit, amount }: Pick<Quantity, 'unit' | 'amount'>, t: Translate): string {
  if (unit === 'ms' && amount >= 1000) return t('overlay.seconds', { amount: amount / 1000 });
  if (unit === 'ratio') return partText(amount, t);
  return unit === 'bytes' ? bytesText(amount, t) : t(`overlay.${unit}`, { amount });
}

/** Over which time, as of when. */
export function windowText({ fromMs, toMs }: TelemetryAnswer['window'], t: Translate): string {
  const name = WINDOWS.find((each) => WINDOW_MS[each] === toMs - fromMs);
  return name === undefined
    ? t('overlay.between', { from: new Date(fromMs), to: new Date(toMs) })
    : t('overlay.last', { window: t(`overlay.window.${name}`), at: new Date(toMs) });
}

/** Rate (or bytes, of TCP), faults and p99, those that are known: `182 rpm · 0.4 % · p99 310 ms`. In full, each says what it is. */
export function figuresText(observations: readonly Observation[], t: Translate, full = false): string {
  const [rate, errors, faults, p99] = [
    rateOrBytes(observations),
    full ? errorsOf(observations) : undefined,
    faultsOf(observations),
    p99Of(observations),
  ];
  const parts = [
    rate && quantityText(rate, t),
    errors && t('overlay.errors', { errors: quantityText(errors, t) }),
    faults && (full ? t('overlay.faults', { faults: quantityText(faults, t) }) : quantityText(faults, t)),
    p99 && t('overlay.p99', { latency: quantityText(p99, t) }),
    full && [rate, errors, faults, p99].some((each) => each?.evidence === 'xray') && t('overlay.sampled'),
  ];
  return parts.filter((part) => typeof part === 'string').join(' · ');
}

/** The same three in lines, where there is no room beside each other: `182 rpm`, `0.4 % faults`, `p99 310 ms`. */
export function figureLines(observations: readonly Observation[], t: Translate): string[] {
  const [rate, faults, p99] = [rateOrBytes(observations), faultsOf(observations), p99Of(observations)];
  return [
    rate && quantityText(rate, t),
    faults && t('overlay.faults', { faults: quantityText(faults, t) }),
    p99 && t('overlay.p99', { latency: quantityText(p99, t) }),
  ].filter((line) => line !== undefined);
}

/** What is no requests is bytes. */
const rateOrBytes = (observations: readonly Observation[]): Quantity | undefined =>
  rateOf(observations) ?? bytesOf(observations);
