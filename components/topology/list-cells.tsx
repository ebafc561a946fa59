'use client';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { memo } from 'react';
import { LeadFigure } from '@/components/telemetry/overlay/lead-figure';
import type { ViewState } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { parseEntityKey } from '@/lib/mesh/keys';
import { KindIcon } from './kind-icon';
import type { LeadLine, ListRow } from './list-rows';
import styles from './list.module.css';

/** What a row leads to, a line per route. Every name is a step along the edge, and a router's route opens in the inspector. */
export function LeadsTo({
  row,
  onSelect,
}: {
  row: ListRow;
  onSelect: (key: EntityKey, route?: string) => void;
}) {
  const { t } = useSpeech();
  if (row.leadsTo.length === 0) return t('topology.list.nothing');
  return (
    <ul className={styles.lines}>
      {row.leadsTo.map((line) => (
        <li key={line.id}>
          <RouteName route={line.route} onOpen={(route) => onSelect(row.key, route)} />
          {line.leads.map(({ id, key, kind, name, share, ...told }) => (
            <span key={id} className={styles.lead}>
              <button
                type="button"
                className={styles.step}
                title={kind && `${t(`topology.kind.${kind}`)} ${name}`}
                onClick={() => onSelect(key)}
              >
                {kind && <KindIcon kind={kind} size={12} />} {name}
              </button>
              {share !== undefined && <> {t('topology.edge.share', { share })}</>}
              <LeadFigure {...told} target={key} />
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function RouteName({ route, onOpen }: { route: LeadLine['route']; onOpen: (route: string) => void }) {
  const { t } = useSpeech();
  if (route === undefined) return null;
  const { name, editable } = route;
  if (!editable) return <span className={styles.route}>{name}</span>;
  return (
    <button
      type="button"
      className={styles.route}
      aria-label={t('topology.list.route', { name })}
      onClick={() => onOpen(name)}
    >
      {name}
    </button>
  );
}

/** What the graph and the inspector offer for an object. */
export const RowActions = memo(function RowActions({
  of,
  name,
  picking,
  onSelect,
  onView,
}: {
  of: EntityKey;
  name: string;
  /** Where a path starts whose other end is still to be picked. */
  picking: EntityKey | undefined;
  onSelect: (key: EntityKey) => void;
  onView: (patch: Partial<ViewState>) => void;
}) {
  const { t } = useSpeech();
  const from = picking === of ? undefined : picking;
  const items = [
    { id: 'inspect', text: t('topology.list.inspect') },
    { id: 'focus', text: t('inspector.focus') },
    { id: 'from', text: t('inspector.path') },
    ...(from === undefined
      ? []
      : [{ id: 'to', text: t('topology.list.pathTo', { name: parseEntityKey(from)?.name ?? from }) }]),
  ];
  const run = (id: string) => {
    if (id === 'inspect') onSelect(of);
    if (id === 'focus') onView({ focus: [of] });
    if (id === 'from') onView({ from: of, to: undefined, selected: of, route: undefined });
    if (id === 'to') onView({ to: of });
  };
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel={t('topology.list.actionsOf', { name })}
      items={items}
      expandToViewport
      onItemClick={({ detail }) => run(detail.id)}
    />
  );
});
