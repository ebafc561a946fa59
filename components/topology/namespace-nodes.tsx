'use client';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { FindingBadge } from '@/components/findings/finding-badge';
import { useMarkedAmong } from '@/lib/client/use-changes';
import { useSpeech } from '@/lib/i18n/react';
import type { BoxNode, MarkNode } from './flow-types';
import { useTopologyScope } from './topology-context';
import styles from './graph.module.css';

/** The border round a namespace's cards, with the button that collapses it. */
export const NamespaceBox = memo(function NamespaceBox({ data, width, height }: NodeProps<BoxNode>) {
  const { t } = useSpeech();
  const { toggleNamespace } = useTopologyScope();
  return (
    <div className={styles.box} style={{ width, height }}>
      <button
        type="button"
        className={`${styles.boxHead} nodrag nopan`}
        aria-expanded="true"
        title={t('topology.namespace.collapse', { name: data.namespace })}
        onClick={() => toggleNamespace(data.namespace)}
      >
        <span aria-hidden="true">▾</span> {data.namespace} <small>{data.cards}</small>
      </button>
    </div>
  );
});

/** A collapsed namespace: its name, how much is in it, and the worst of its findings. */
export const NamespaceMarkCard = memo(function NamespaceMarkCard({
  data,
  width,
  height,
}: NodeProps<MarkNode>) {
  const { t } = useSpeech();
  const { toggleNamespace } = useTopologyScope();
  const { namespace, keys, findings, dimmed } = data.mark;
  const changed = useMarkedAmong(keys);
  return (
    <div className={styles.mark} data-dimmed={dimmed || undefined} style={{ width, height }}>
      <button
        type="button"
        className={`${styles.markButton} nodrag`}
        aria-expanded="false"
        title={t('topology.namespace.expand', { name: namespace })}
        onClick={() => toggleNamespace(namespace)}
      >
        <span>
          <span aria-hidden="true">▸</span> {namespace}
        </span>
        <small>
          {t('topology.namespace.cards', { count: keys.length })}
          {changed > 0 && (
            <span className={styles.markChanged}>{t('topology.namespace.changed', { count: changed })}</span>
          )}
        </small>
      </button>
      {findings.length > 0 && <FindingBadge findings={findings} />}
    </div>
  );
});
