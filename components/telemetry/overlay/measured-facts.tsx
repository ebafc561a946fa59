'use client';
import { Facts } from '@/components/ui/facts';
import type { Fact } from '@/components/ui/facts';
import { errorsOf, faultsOf, rateOf } from '@/lib/client/telemetry-figures';
import { useLook, useTelemetryAnswer, useTold } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import type { Translate } from '@/lib/i18n/translate';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Observation } from '@/lib/mesh/telemetry/overlay';
import { CalledStrangers } from './called-strangers';
import { HealthMark } from './health-mark';
import { quantityText, windowText } from './quantity-text';
import { UndeclaredList } from './undeclared-list';
import styles from './inspector.module.css';

/** `mean` is a word, the others are called so everywhere. */
const LATENCIES = [
  ['meanMs', 'mean'],
  ['p50Ms', 'p50'],
  ['p90Ms', 'p90'],
  ['p99Ms', 'p99'],
] as const;

/** Everything measured of an object: per source of evidence, with what said so, over which time. Nothing while the overlay is off. */
export function MeasuredFacts({ of, awsName }: { of: EntityKey; awsName: string | undefined }) {
  const { t } = useSpeech();
  const { overlay } = useLook();
  const told = useTold(of);
  const window = useTelemetryAnswer()?.window;
  if (overlay === 'off' || !window) return null;
  const entity = told?.entity;
  return (
    <section>
      <h3>{t('overlay.measured')}</h3>
      <p className={styles.window}>
        {entity && <HealthMark level={entity.health} />} {windowText(window, t)}
      </p>
      {(entity?.observations ?? []).length === 0 && (
        <p className={styles.note}>{t('overlay.measured.nothing')}</p>
      )}
      {entity?.observations.map((each) => (
        <ObservationFacts key={each.evidence} observation={each} />
      ))}
      <UndeclaredList of={of} calls={told?.undeclared ?? []} />
      {awsName !== undefined && <CalledStrangers by={awsName} />}
    </section>
  );
}

/** What one source says of an object or an edge. */
export function ObservationFacts({ observation }: { observation: Observation }) {
  const { t } = useSpeech();
  const { evidence, witnesses, sharedWith } = observation;
  return (
    <div className={styles.evidence} data-evidence={evidence}>
      <h4>
        {t(`overlay.evidence.${evidence}`)}
        {evidence === 'xray' && <span> · {t('overlay.sampled')}</span>}
      </h4>
      <Facts className={styles.facts} facts={factsOf(observation, t)} />
      {sharedWith !== undefined && sharedWith > 0 && (
        <p className={styles.note}>{t('overlay.measured.shared', { count: sharedWith })}</p>
      )}
      {witnesses.map((witness) => (
        <code key={witness} className={styles.witness}>
          {witness}
        </code>
      ))}
    </div>
  );
}

function factsOf(observation: Observation, t: Translate): Fact[] {
  const { figures } = observation;
  const only = [observation];
  const facts: Fact[] = [];
  const put = (label: string, text: string | undefined) => {
    if (text !== undefined) facts.push([label, text]);
  };
  const told = (quantity: ReturnType<typeof rateOf>) => quantity && quantityText(quantity, t);
  const latencies = LATENCIES.flatMap(([figure, name]) => {
    const amount = figures[figure];
    return amount === undefined
      ? []
      : [t('overlay.measured.latencyOf', { name, latency: quantityText({ unit: 'ms', amount }, t) })];
  });
  put(t('overlay.measured.rate'), told(rateOf(only)));
  put(t('overlay.measured.errors'), told(errorsOf(only)));
  put(t('overlay.measured.faults'), told(faultsOf(only)));
  if (figures.throttleRatio !== undefined)
    put(t('overlay.measured.throttles'), quantityText({ unit: 'ratio', amount: figures.throttleRatio }, t));
  if (latencies.length > 0) put(t('overlay.measured.latency'), latencies.join(' · '));
  if (figures.bytesPerSecond !== undefined)
    put(t('overlay.measured.bytes'), quantityText({ unit: 'bytes', amount: figures.bytesPerSecond }, t));
  if (figures.connections !== undefined)
    put(
      t('overlay.measured.connections'),
      t('overlay.measured.connectionCount', { amount: figures.connections }),
    );
  return facts;
}
