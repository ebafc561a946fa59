'use client';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { memo } from 'react';
import { FindingBadge } from '@/components/findings/finding-badge';
import { matchText } from '@/components/ui/match-text';
import { ProtocolBadge } from '@/components/ui/protocol-badge';
import { useSpeech } from '@/lib/i18n/react';
import type { ListedRoute } from '@/lib/api/routes';
import type { Acceptance } from '@/lib/mesh/model';
import type { Split } from '@/lib/mesh/telemetry/overlay';
import { OwnerMark } from '../owner-mark';
import { ShiftSign } from '../shifts/shift-sign';
import { ShareBar } from './share-bar';
import styles from './screen.module.css';

const LOOK: Record<Acceptance, StatusIndicatorProps.Type> = {
  accepted: 'success',
  pending: 'in-progress',
  rejected: 'error',
  deleting: 'warning',
  unknown: 'pending',
};

export interface RouteRowProps {
  row: ListedRoute;
  /** Whether the mesh is named in the row, because no heading does. */
  withMesh: boolean;
  open: boolean;
  picked: boolean;
  split: Split | undefined;
  onOpen: (row: ListedRoute) => void;
  onPick: (rows: readonly ListedRoute[], on: boolean) => void;
}

/** One route: what it is, how its traffic is divided, who changed it last, who owns it, what is wrong with it. */
export const RouteRow = memo(function RouteRow(props: RouteRowProps) {
  const { row, withMesh, open, picked, split, onOpen, onPick } = props;
  const { t } = useSpeech();
  const { route, namespace, name, mesh, write, owner, findings, acceptance } = row;
  const title = namespace === '' ? name : `${namespace}/${name}`;
  const reason = write.ok ? undefined : t(`traffic.reason.${write.code}`, write.values);
  return (
    <tr
      className={styles.row}
      aria-selected={open}
      data-picked={picked || undefined}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('input, label') === null) onOpen(row);
      }}
    >
      <td className={styles.pick} title={reason}>
        <input
          type="checkbox"
          checked={picked}
          disabled={!write.ok}
          aria-label={t('routes.pick', { router: title, route: route.name })}
          onChange={(event) => onPick([row], event.currentTarget.checked)}
        />
      </td>
      <th scope="row" data-column="route">
        <button
          type="button"
          data-row=""
          className={styles.name}
          aria-expanded={open}
          aria-label={t('routes.open', { router: title, route: route.name })}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(row);
          }}
        >
          {title} <span className={styles.slash}>/</span> {route.name}
        </button>
        <div className={styles.match}>
          <ProtocolBadge protocol={route.protocol} />
          <code>{matchText(route.match)}</code>
          {route.priority !== undefined && (
            <span className={styles.muted}>{t('traffic.route.priority', { priority: route.priority })}</span>
          )}
          {withMesh && <span className={styles.muted}>{mesh}</span>}
        </div>
        <div className={styles.folded}>
          {row.changed && <LastChange row={row} />}
          <Owner row={row} />
        </div>
      </th>
      <td data-column="weights">
        <ShareBar row={row} split={split} />
        {reason !== undefined && !write.ok && write.code !== 'oneTarget' && (
          <p className={styles.reason}>{reason}</p>
        )}
      </td>
      <td data-column="changed">
        <LastChange row={row} />
      </td>
      <td data-column="owner">
        <Owner row={row} />
        {owner.manager === 'none' && <span className={styles.muted}>{t('routes.free')}</span>}
      </td>
      <td data-column="state">
        {acceptance !== 'accepted' && (
          <span title={row.problem}>
            <StatusIndicator type={LOOK[acceptance]}>
              {t(`inspector.acceptance.${acceptance}`)}
            </StatusIndicator>
          </span>
        )}{' '}
        {findings.length > 0 ? (
          <FindingBadge findings={findings} />
        ) : (
          acceptance === 'accepted' && <span className={styles.muted}>{t('topology.list.nothing')}</span>
        )}
      </td>
    </tr>
  );
});

function LastChange({ row: { changed } }: { row: ListedRoute }) {
  const { t } = useSpeech();
  if (!changed) return <span className={styles.muted}>{t('topology.list.nothing')}</span>;
  const { at, by, reason, undoOf } = changed;
  return (
    <span className={styles.changed}>
      <time dateTime={at}>{t('routes.changedAt', { at: new Date(at) })}</time>
      <span className={styles.muted}>{undoOf === undefined ? by : t('routes.undoneBy', { by })}</span>
      {reason !== undefined && <q>{reason}</q>}
    </span>
  );
}

/** Who else writes the weights; a shift under way is a link to it. */
function Owner({ row: { source, owner, namespace } }: { row: ListedRoute }) {
  return owner.manager === 'shift' ? (
    <ShiftSign source={source} owner={owner} named />
  ) : (
    <OwnerMark owner={owner} namespace={namespace} />
  );
}
