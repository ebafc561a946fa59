'use client';
import Button from '@cloudscape-design/components/button';
import { useSpeech } from '@/lib/i18n/react';
import { EVIDENCE_KINDS } from '@/lib/mesh/telemetry/measured';
import { policyOf } from '@/lib/shifts';
import type { Analysis, Metric, MetricFigure } from '@/lib/shifts';
import { ANALYSIS } from '../templates';
import styles from '../shifts.module.css';
import { ChoiceField, NumberField, Part, TextField, Tick } from './fields';
import own from './form.module.css';

const FIGURES: readonly MetricFigure[] = [
  'faultRatio', 'errorRatio', 'throttleRatio', 'meanMs', 'p50Ms', 'p90Ms', 'p99Ms', 'perSecond',
]; // prettier-ignore
const METRICS_MAX = 10;

const unitOf = (figure: MetricFigure): 'ratio' | 'ms' | 'perSecond' =>
  figure.endsWith('Ratio') ? 'ratio' : figure.endsWith('Ms') ? 'ms' : 'perSecond';

/** What is measured and judged at every step; nothing where it is switched off. */
export function AnalysisForm({
  analysis,
  onChange,
}: {
  analysis: Analysis | undefined;
  onChange: (analysis: Analysis | undefined) => void;
}) {
  const { t } = useSpeech();
  const metrics = analysis?.metrics ?? [];
  const add = (base: Analysis) =>
    onChange({ ...base, metrics: [...base.metrics, freshMetric(base.metrics)] });
  return (
    <>
      <Tick
        label={t('shifts.form.analysis')}
        checked={analysis !== undefined}
        onChange={(on) => onChange(on ? ANALYSIS : undefined)}
      />
      {analysis && (
        <>
          <ul className={own.list} aria-label={t('shifts.form.metrics')}>
            {metrics.map((metric, i) => (
              <li key={i} className={own.row}>
                <MetricRow
                  metric={metric}
                  onChange={(next) =>
                    onChange({ ...analysis, metrics: metrics.map((each, at) => (at === i ? next : each)) })
                  }
                />
                <Button
                  variant="icon"
                  iconName="close"
                  disabled={metrics.length === 1}
                  ariaLabel={t('shifts.form.metrics.remove', { name: metric.name })}
                  onClick={() => onChange({ ...analysis, metrics: metrics.filter((_, at) => at !== i) })}
                />
              </li>
            ))}
          </ul>
          <Button iconName="add-plus" disabled={metrics.length >= METRICS_MAX} onClick={() => add(analysis)}>
            {t('shifts.form.metrics.add')}
          </Button>
          <Sampling analysis={analysis} onChange={onChange} />
        </>
      )}
    </>
  );
}

/** A figure that is not judged yet, under a name that is free. */
function freshMetric(metrics: readonly Metric[]): Metric {
  const figure = FIGURES.find((each) => metrics.every((metric) => metric.figure !== each)) ?? 'faultRatio';
  const names = new Set(metrics.map(({ name }) => name));
  let name: string = figure;
  for (let n = 2; names.has(name); n += 1) name = `${figure}-${n}`;
  return { name, figure, ...(unitOf(figure) === 'ratio' ? { max: 0.01 } : { compare: { maxRatio: 1.3 } }) };
}

function MetricRow({ metric, onChange }: { metric: Metric; onChange: (metric: Metric) => void }) {
  const { t } = useSpeech();
  const { figure, max, min, compare } = metric;
  const unit = unitOf(figure);
  const scale = unit === 'ratio' ? 100 : 1;
  const words = { unit: t(`shifts.form.unit.${unit}`) };
  const put = (patch: Partial<Metric>) => onChange({ ...metric, ...patch });
  const set = max !== undefined || min !== undefined || compare !== undefined;
  return (
    <div className={own.list}>
      <div className={own.cells}>
        <ChoiceField
          label={t('shifts.form.figure')}
          choices={FIGURES}
          chosen={figure}
          // Limits of one unit mean nothing in another.
          onChange={(next) =>
            put({ figure: next, ...(unitOf(next) === unit ? {} : { max: undefined, min: undefined }) })
          }
          textOf={(each) => t(`shifts.form.figure.${each}`)}
        />
        <NumberField
          label={t('shifts.form.max', words)}
          number={max}
          scale={scale}
          onChange={(next) => put({ max: next })}
        />
        <NumberField
          label={t('shifts.form.min', words)}
          number={min}
          scale={scale}
          onChange={(next) => put({ min: next })}
        />
      </div>
      <div className={own.cells}>
        <Tick
          label={t('shifts.form.compare')}
          checked={compare !== undefined}
          onChange={(on) => put({ compare: on ? { maxRatio: 1.3 } : undefined })}
        />
        {compare && (
          <>
            <NumberField
              label={t('shifts.form.maxRatio')}
              number={compare.maxRatio}
              hint="1"
              onChange={(maxRatio) => put({ compare: { ...compare, maxRatio } })}
            />
            <NumberField
              label={t('shifts.form.maxIncrease', words)}
              number={compare.maxIncrease}
              scale={scale}
              hint="0"
              onChange={(maxIncrease) => put({ compare: { ...compare, maxIncrease } })}
            />
          </>
        )}
      </div>
      {!set && <p role="alert">{t('shifts.form.metrics.unset')}</p>}
      <MetricDetails metric={metric} put={put} />
    </div>
  );
}

function MetricDetails({ metric, put }: { metric: Metric; put: (patch: Partial<Metric>) => void }) {
  const { t } = useSpeech();
  const { name, evidence = 'any', minSamples, failureLimit, errorLimit, noData = 'hold' } = metric;
  return (
    <details>
      <summary className={styles.muted}>{t('shifts.form.metrics.more', { name })}</summary>
      <div className={own.cells}>
        <TextField
          label={t('shifts.form.metrics.name')}
          text={name}
          maxLength={63}
          onChange={(text) => put({ name: text })}
        />
        <ChoiceField
          label={t('shifts.form.evidence')}
          choices={['any', ...EVIDENCE_KINDS]}
          chosen={evidence}
          onChange={(next) => put({ evidence: next === 'any' ? undefined : next })}
          textOf={(each) => t(`shifts.form.evidence.${each}`)}
        />
        <NumberField
          label={t('shifts.form.minSamples')}
          number={minSamples}
          step={1}
          hint="10"
          onChange={(next) => put({ minSamples: next })}
        />
        <NumberField
          label={t('shifts.form.failureLimit')}
          number={failureLimit}
          step={1}
          hint="1"
          onChange={(next) => put({ failureLimit: next })}
        />
        <NumberField
          label={t('shifts.form.errorLimit')}
          number={errorLimit}
          step={1}
          hint="4"
          onChange={(next) => put({ errorLimit: next })}
        />
        <ChoiceField
          label={t('shifts.form.noData')}
          choices={['hold', 'pass', 'fail']}
          chosen={noData}
          onChange={(next) => put({ noData: next === 'hold' ? undefined : next })}
          textOf={(each) => t(`shifts.form.noData.${each}`)}
        />
      </div>
    </details>
  );
}

const SAMPLING = ['intervalSeconds', 'warmUpSeconds', 'windowSeconds', 'lagSeconds'] as const;

function Sampling({ analysis, onChange }: { analysis: Analysis; onChange: (analysis: Analysis) => void }) {
  const { t } = useSpeech();
  const filled = policyOf({ routes: [], strategy: {}, analysis }).analysis;
  return (
    <Part title={t('shifts.form.sampling')} open={false}>
      <div className={own.cells}>
        {SAMPLING.map((field) => (
          <NumberField
            key={field}
            label={t(`shifts.form.${field}`)}
            number={analysis[field]}
            step={1}
            hint={String(filled?.[field] ?? '')}
            onChange={(next) => onChange({ ...analysis, [field]: next })}
          />
        ))}
      </div>
    </Part>
  );
}
