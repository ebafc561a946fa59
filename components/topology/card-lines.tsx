'use client';
import type { Listener, Workload } from '@/lib/mesh/model';
import { useSpeech } from '@/lib/i18n/react';
import { ROW } from './card-size';
import { podsHealth } from './health';
import { ToneIcon } from './kind-icon';
import styles from './card.module.css';

/** Listeners as `http 8080`, with the pods where they are given. */
export function ListenersLine({
  listeners,
  workload,
}: {
  listeners: readonly Listener[];
  workload?: Workload;
}) {
  const { t } = useSpeech();
  const text = listeners.map((listener) => `${listener.protocol} ${listener.port}`).join(', ');
  return (
    <p className={styles.line} style={{ height: ROW.line }}>
      <span className={styles.cut} title={text}>
        {text === '' ? t('topology.card.noListeners') : text}
      </span>
      {workload && <Pods workload={workload} />}
    </p>
  );
}

/** `2/2 ready` with its sign. */
export function Pods({ workload }: { workload: Pick<Workload, 'ready' | 'total'> }) {
  const { t } = useSpeech();
  const { ready, total } = workload;
  const { tone } = podsHealth(workload);
  return (
    <span
      className={styles.tone}
      data-tone={tone}
      title={total > 0 ? t('topology.card.podsTitle', { ready, total }) : undefined}
    >
      <ToneIcon tone={tone} />
      {total === 0 ? t('topology.card.noPods') : t('topology.card.pods', { ready, total })}
    </span>
  );
}

/** Whether the pods carry the proxy; nothing where there are no pods. */
export function ProxyState({ workload }: { workload: Workload }) {
  const { t } = useSpeech();
  const { total, withProxy, withoutProxy } = workload;
  if (total === 0) return null;
  const tone = withoutProxy === 0 ? 'ok' : 'warning';
  return (
    <span
      className={styles.tone}
      data-tone={tone}
      title={t('topology.card.proxyTitle', { with: withProxy, without: withoutProxy })}
    >
      <ToneIcon tone={tone} />
      {withoutProxy === 0
        ? t('topology.card.proxyAll')
        : t('topology.card.proxySome', { count: withoutProxy })}
    </span>
  );
}
