'use client';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { failureText } from '@/components/ui/failure-text';
import { objectOptions } from '@/lib/client/queries';
import { useSpeech } from '@/lib/i18n/react';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityRef } from '@/lib/mesh/model';
import type { TopologyNode } from '@/lib/mesh/topology';
import styles from './inspector.module.css';

/** The untouched object and its events, fetched when asked for. */
export function ObjectText({
  source,
  mesh,
  node,
}: {
  source: string;
  mesh: string;
  node: Extract<TopologyNode, { ref: EntityRef }>;
}) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const kind = parseEntityKey(node.key)?.kind ?? '';
  const object = useQuery({
    ...objectOptions(source, mesh, kind, node.ref),
    enabled: open,
  });
  const yaml = object.data?.yaml;
  return (
    <details className={styles.text} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('inspector.yaml')}</summary>
      {object.isPending && <p className={styles.note}>{t('inspector.loading')}</p>}
      {object.error && <p role="alert">{failureText(object.error, t).text}</p>}
      {yaml !== undefined && (
        <>
          <CopyToClipboard
            textToCopy={yaml}
            copyButtonText={t('inspector.copy')}
            copySuccessText={t('traffic.review.copied')}
            copyErrorText={t('traffic.review.copyFailed')}
          />
          <pre tabIndex={0}>{yaml}</pre>
          <h3>{t('inspector.events')}</h3>
          <ul className={styles.links}>
            {object.data?.events.map((event, index) => (
              <li key={index}>
                <strong>{event.reason}</strong> {event.message}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
