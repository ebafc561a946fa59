'use client';
import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { metricsOptions } from '@/lib/client/queries';
import type { TelemetryWindow } from '@/lib/client/telemetry-window';
import { useSpeech } from '@/lib/i18n/react';
import { cellOf } from '@/lib/mesh/backends/matrix';
import { seenSpan } from '@/lib/mesh/backends/seen-span';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshNode } from '@/lib/mesh/model';
import { edgeKey } from '@/lib/mesh/topology';
import { callText, tlsText } from './cell-text';
import { nameOf } from './names';
import type { Backends } from './use-backends';
import { editable, useNamespaceWritable } from './writable';
import styles from './backends.module.css';

/** One cell: what allows it, what was seen, and the edit one may make of it. */
export function CellPane({
  backends,
  node,
  service,
  window,
  writable,
  onToggle,
  onEdit,
  onClose,
}: {
  backends: Backends;
  node: MeshNode;
  service: EntityKey;
  window: TelemetryWindow;
  writable: true | string;
  onToggle: () => void;
  /** Opens the editor of the node at this entry. */
  onEdit: () => void;
  onClose: () => void;
}) {
  const { t } = useSpeech();
  const { source, mesh, list, calls, draft, measured } = backends;
  const asked = backends.asked?.namespaces.has(node.ref.namespace) ?? true;
  const cell = cellOf(list, calls, draft, node, service);
  const { call, grant, edit } = cell;
  const edge = edgeKey('backend', node.key, undefined, service);
  const lines = useQuery({
    ...metricsOptions(source, mesh, [edge], window),
    enabled: call?.seen === 'yes',
  });
  const seenAt = lines.data && seenSpan(lines.data.charts.flatMap(({ series }) => series))?.lastMs;
  const kind = (grant?.entries ?? 0) > 0 ? 'revoke' : 'allow';
  const wanted = grant !== undefined && grant.entries === 0 ? 'revoke' : kind;
  const permitted = useNamespaceWritable(source, node.ref.namespace, writable);
  const may = permitted === true ? editable(list, node, service, wanted, t) : permitted;
  const hostname = list.services.get(service)?.hostname;
  const facts: [string, ReactNode][] = [
    [t('backends.pane.permission'), t(`backends.permission.${cell.permission}`)],
    ...(grant?.group === undefined
      ? []
      : [[t('backends.pane.group'), nameOf(grant.group)] as [string, ReactNode]]),
    [t('backends.pane.calls'), callText(call, t, asked)],
    ...(call?.faultRatio === undefined
      ? []
      : [
          [t('backends.pane.faults'), t('backends.pane.faultRatio', { ratio: call.faultRatio })] as [
            string,
            ReactNode,
          ],
        ]),
    ...(measured === undefined
      ? []
      : [
          [
            t('backends.pane.window'),
            t('backends.pane.windowText', {
              from: new Date(measured.window.fromMs),
              to: new Date(measured.window.toMs),
              date: new Date(measured.window.toMs),
            }),
          ] as [string, ReactNode],
        ]),
    // Who saw nothing in the window need not be asked when.
    ...(lines.data === undefined && call?.seen !== 'no'
      ? []
      : [
          [
            t('backends.pane.lastSeen'),
            seenAt === undefined
              ? t('backends.pane.lastSeenNever')
              : t('backends.pane.lastSeenAt', { at: new Date(seenAt), date: new Date(seenAt) }),
          ] as [string, ReactNode],
        ]),
    [
      t('backends.pane.evidence'),
      call === undefined || call.seen === 'unknown'
        ? t(asked ? 'backends.pane.noEvidence' : 'backends.pane.notAsked')
        : call.evidence.map((each) => (each === 'xray' ? 'X-Ray' : 'CloudWatch')).join(', ') || 'CloudWatch',
    ],
    ...(grant === undefined
      ? []
      : [
          [t('backends.pane.tls'), tlsText(grant.backend.tlsEnforced, node.defaultTlsEnforced, t)] as [
            string,
            ReactNode,
          ],
        ]),
    ...(grant?.backend.arn === undefined
      ? []
      : [[t('backends.pane.arn'), grant.backend.arn] as [string, ReactNode]]),
    ...(hostname === undefined ? [] : [[t('backends.pane.host'), hostname] as [string, ReactNode]]),
  ];
  return (
    <section
      className={styles.pane}
      aria-label={t('backends.pane.cell', { node: nameOf(node.key), service: nameOf(service) })}
    >
      <div className={styles.paneHead}>
        <h2>
          {nameOf(node.key)} → {nameOf(service)}
        </h2>
        <Button variant="icon" iconName="close" ariaLabel={t('backends.pane.close')} onClick={onClose} />
      </div>
      <div className={styles.buttons}>
        <Button
          disabled={edit === undefined && may !== true}
          disabledReason={may === true ? '' : may}
          onClick={onToggle}
        >
          {t(edit === undefined ? `backends.pane.${wanted}` : 'backends.pane.undo')}
        </Button>
        {(grant?.entries ?? 0) > 0 && <Button onClick={onEdit}>{t('backends.policy.edit')}</Button>}
      </div>
      {may !== true && edit === undefined && <p className={styles.muted}>{may}</p>}
      <dl className={styles.facts}>
        {facts.map(([term, said]) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt>{term}</dt>
            <dd>{said}</dd>
          </div>
        ))}
      </dl>
      {call !== undefined && call.among > 1 && (
        <p className={styles.muted}>{t('backends.pane.among', { count: call.among })}</p>
      )}
      {list.services.get(service)?.unresolvable === true && (
        <p className={styles.breaks}>
          {hostname}: {t('backends.pane.unresolvable')}
        </p>
      )}
    </section>
  );
}
