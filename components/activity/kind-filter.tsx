'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { ChangeKind } from '@/lib/mesh/changes/words';
import { useTimeScope } from './time-context';
import styles from './activity-pane.module.css';

const KINDS: readonly ChangeKind[] = ['spec', 'finding', 'status', 'workload'];

/** Which fields are told. Objects that came or went always are. */
export function KindFilter() {
  const { t } = useSpeech();
  const { kinds, setKinds } = useTimeScope();
  const toggle = (kind: ChangeKind) => {
    const next = new Set(kinds);
    if (!next.delete(kind)) next.add(kind);
    setKinds(next);
  };
  return (
    <fieldset className={styles.kinds}>
      <legend>{t('activity.kinds')}</legend>
      {KINDS.map((kind) => (
        <label key={kind}>
          <input type="checkbox" checked={kinds.has(kind)} onChange={() => toggle(kind)} />
          {t(`activity.kind.${kind}`)}
        </label>
      ))}
    </fieldset>
  );
}
