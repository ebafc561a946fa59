'use client';
import Button from '@cloudscape-design/components/button';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { ListedRoute } from '@/lib/api/routes';
import { BULK_MOST } from '@/lib/api/weights';
import { useSpeech } from '@/lib/i18n/react';
import { versionsOf } from '@/lib/mesh/bulk-weights';
import type { BulkChange } from '@/lib/mesh/bulk-weights';
import { PRESET_POINTS } from '@/lib/mesh/weights';
import { BulkReview } from './bulk-review';
import styles from './screen.module.css';

/** What can be done with the picked routes at once. */
export function BulkBar({ rows, onClear }: { rows: readonly ListedRoute[]; onClear: () => void }) {
  const { t } = useSpeech();
  const versions = versionsOf(rows);
  const [wanted, setWanted] = useState<string>();
  const [points, setPoints] = useState(10);
  const [change, setChange] = useState<BulkChange>();
  const version = versions.find((each) => each.version === wanted) ?? versions[0];
  const tooMany = rows.length > BULK_MOST;
  const start = (next: BulkChange) => ({
    disabled: tooMany,
    disabledReason: t('routes.bulk.tooMany', { most: BULK_MOST }),
    onClick: () => setChange(next),
  });
  return (
    <div className={styles.bulk} role="group" aria-label={t('routes.bulk')}>
      <strong role="status">{t('routes.bulk.picked', { count: rows.length })}</strong>
      <Button {...start({ kind: 'even' })}>{t('traffic.editor.even')}…</Button>
      <Button {...start({ kind: 'swap' })}>{t('traffic.editor.swap')}…</Button>
      {version && (
        <span className={styles.share}>
          <Select
            ariaLabel={t('routes.bulk.version')}
            selectedOption={{ value: version.version, label: version.version }}
            options={versions.map((each) => ({
              value: each.version,
              label: each.version,
              description: t('routes.bulk.ofRoutes', { count: each.routes, total: rows.length }),
            }))}
            onChange={({ detail }) => setWanted(detail.selectedOption.value)}
          />
          <Select
            ariaLabel={t('routes.bulk.points')}
            selectedOption={{ value: String(points), label: t('traffic.points', { points }) }}
            options={PRESET_POINTS.map((each) => ({
              value: String(each),
              label: t('traffic.points', { points: each }),
            }))}
            onChange={({ detail }) => setPoints(Number(detail.selectedOption.value))}
          />
          <Button {...start({ kind: 'share', version: version.version, points })}>
            {t('routes.bulk.set')}
          </Button>
        </span>
      )}
      <Button variant="link" onClick={onClear}>
        {t('routes.bulk.clear')}
      </Button>
      {change && <BulkReview rows={rows} change={change} onClose={() => setChange(undefined)} />}
    </div>
  );
}
