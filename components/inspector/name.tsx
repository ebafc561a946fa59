'use client';
import { useSpeech } from '@/lib/i18n/react';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import styles from './inspector.module.css';

const SPOKEN = [
  'gateway',
  'service',
  'router',
  'node',
  'backendGroup',
  'host',
  'kubeService',
  'workload',
] as const;

/** A step to another object: its kind, then namespace and name. */
export function LinkTo({ to, onSelect }: { to: EntityKey; onSelect: (key: EntityKey) => void }) {
  const { t } = useSpeech();
  const parsed = parseEntityKey(to);
  const kind = SPOKEN.find((each) => each === parsed?.kind);
  return (
    <button type="button" className={styles.link} onClick={() => onSelect(to)}>
      {kind && <span className={styles.linkKind}>{t(`topology.kind.${kind}`)}</span>}
      {parsed ? (parsed.namespace === '' ? parsed.name : `${parsed.namespace}/${parsed.name}`) : to}
    </button>
  );
}
