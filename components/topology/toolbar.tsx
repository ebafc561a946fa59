'use client';
import ToggleButton from '@cloudscape-design/components/toggle-button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { memo } from 'react';
import type { ViewState } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import { ExportMenu } from './export/export-menu';
import type { Exportable } from './export/exportable';
import { TimeTools } from '@/components/activity/time-tools';
import { OverlayTools } from '@/components/telemetry/overlay/overlay-tools';
import type { OverlayToolsProps } from '@/components/telemetry/overlay/overlay-tools';
import { Legend } from './legend';
import { ViewMenu } from './view-menu/view-menu';
import type { ViewMenuProps } from './view-menu/view-menu';
import styles from './screen.module.css';

interface ToolbarProps extends OverlayToolsProps {
  view: ViewState;
  setView: (patch: Partial<ViewState>) => void;
  /** Narrow windows have the list only. */
  narrow: boolean;
  shown: number | undefined;
  filtered: number;
  folded: number;
  /** What an export is made from, when one is asked for. */
  exported: () => Exportable | undefined;
  hidden: ViewMenuProps['hidden'];
  nodes: ViewMenuProps['nodes'];
}

/** View, camera and legend; and how much is shown and hidden. Drawn anew only when one of these changes. */
export const Toolbar = memo(function Toolbar({
  view,
  setView,
  narrow,
  shown,
  filtered,
  folded,
  exported,
  hidden,
  nodes,
  source,
  mesh,
  groups,
}: ToolbarProps) {
  const { t } = useSpeech();
  const graph = view.view === 'graph' && !narrow;
  return (
    <div className={styles.toolbar}>
      {graph && (
        <ToggleButton
          iconName="menu"
          pressed={view.listPane}
          ariaLabel={t('topology.action.listPane')}
          onChange={({ detail }) => setView({ listPane: detail.pressed })}
        />
      )}
      {!narrow && (
        <SegmentedControl
          label={t('topology.view')}
          selectedId={view.view}
          options={[
            { id: 'graph', text: t('topology.view.graph') },
            { id: 'list', text: t('topology.view.list') },
          ]}
          onChange={({ detail }) => setView({ view: detail.selectedId === 'list' ? 'list' : 'graph' })}
        />
      )}
      <ViewMenu view={view} setView={setView} hidden={hidden} nodes={nodes} />
      <OverlayTools source={source} mesh={mesh} groups={groups} view={view} setView={setView} />
      <Legend />
      <ExportMenu read={exported} drawn={graph} />
      <TimeTools />
      {shown !== undefined && (
        <p className={styles.counts} role="status">
          <span>{t('topology.counts', { shown })}</span>
          {filtered > 0 && <span>{t('topology.countsFiltered', { count: filtered })}</span>}
          {folded > 0 && <span>{t('topology.countsFolded', { count: folded })}</span>}
        </p>
      )}
    </div>
  );
});
