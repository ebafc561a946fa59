'use client';
import type { TableProps } from '@cloudscape-design/components/table';
import type { TelemetryAnswer } from '@/lib/api/telemetry';
import { faultsOf, p99Of, rateOf } from '@/lib/client/telemetry-figures';
import type { Quantity } from '@/lib/client/telemetry-figures';
import type { Translate } from '@/lib/i18n/translate';
import type { EntityKey } from '@/lib/mesh/keys';
import type { EntityTelemetry } from '@/lib/mesh/telemetry/overlay';
import type { Finding } from '@/lib/mesh/finding';
import { HealthMark } from './health-mark';
import { figureLines, quantityText } from './quantity-text';
import styles from './overlay.module.css';

/** What a row of the list tells of measurements. */
export interface MeasuredCells {
  measured?: EntityTelemetry | undefined;
}

interface Row extends MeasuredCells {
  key: EntityKey;
  findings: readonly Finding[];
}

/** The rows with what was measured of each, and with what measuring found. */
export function measuredRows<T extends Row>(
  rows: readonly T[],
  answer: TelemetryAnswer | undefined,
): readonly T[] {
  if (!answer) return rows;
  const { entities, findings } = answer.telemetry;
  return rows.map((row) => {
    const found = findings.filter(({ subject }) => subject === row.key);
    return {
      ...row,
      measured: entities[row.key],
      findings: found.length === 0 ? row.findings : [...row.findings, ...found],
    };
  });
}

const rateIn = ({ measured }: MeasuredCells): number =>
  (measured && rateOf(measured.observations)?.amount) ?? -1;

/** All three in one column, a line each: for narrow windows. Sorted by rate. */
export function measuredColumn<T extends Row>(t: Translate): TableProps.ColumnDefinition<T> {
  return {
    id: 'measured',
    minWidth: 110,
    header: t('overlay.measured'),
    sortingComparator: (a, b) => rateIn(a) - rateIn(b),
    cell: ({ measured }) => {
      const [first, ...others] = measured ? figureLines(measured.observations, t) : [];
      if (!measured || first === undefined) return t('topology.list.nothing');
      return (
        <span className={styles.lines}>
          <span>
            {first} {measured.health !== 'unknown' && <HealthMark level={measured.health} plain />}
          </span>
          {others.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
      );
    },
  };
}

/** Columns of rate, faults and p99. What nobody measured stands behind everything that was. */
export function measuredColumns<T extends Row>(t: Translate): TableProps.ColumnDefinition<T>[] {
  const column = (
    id: 'rate' | 'faults' | 'p99',
    read: (observations: EntityTelemetry['observations']) => Quantity | undefined,
  ): TableProps.ColumnDefinition<T> => {
    const of = ({ measured }: T) => (measured ? read(measured.observations) : undefined);
    return {
      id,
      minWidth: id === 'rate' ? 130 : 90,
      header: t(`overlay.list.${id}`),
      sortingComparator: (a, b) => (of(a)?.amount ?? -1) - (of(b)?.amount ?? -1),
      cell: (row) => {
        const quantity = of(row);
        return (
          <>
            {quantity ? quantityText(quantity, t) : t('topology.list.nothing')}{' '}
            {id === 'rate' && row.measured && row.measured.health !== 'unknown' && (
              <HealthMark level={row.measured.health} plain />
            )}
          </>
        );
      },
    };
  };
  return [column('rate', rateOf), column('faults', faultsOf), column('p99', p99Of)];
}
