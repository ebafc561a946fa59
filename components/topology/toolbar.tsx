'use client';
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import ToggleButton from '@cloudscape-design/components/toggle-button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import type { InputProps } from '@cloudscape-design/components/input';
import type { RefObject } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import { Legend } from './legend';
import type { ShownGraph } from './shown-graph';
import styles from './screen.module.css';

interface ToolbarProps {
  searchRef: RefObject<InputProps.Ref | null>;
  text: string;
  onText: (text: string) => void;
  view: 'graph' | 'list';
  onView: (view: 'graph' | 'list') => void;
  listPane: boolean;
  onListPane: (open: boolean) => void;
  /** Narrow windows have the list only. */
  narrow: boolean;
  counts: ShownGraph['counts'] | undefined;
  onFit: () => void;
  onTidy: () => void;
}

/** Search, view, camera and legend; and how much is shown and hidden. */
export function Toolbar({
  searchRef,
  text,
  onText,
  view,
  onView,
  listPane,
  onListPane,
  narrow,
  counts,
  onFit,
  onTidy,
}: ToolbarProps) {
  const { t } = useSpeech();
  const graph = view === 'graph' && !narrow;
  return (
    <div className={styles.toolbar}>
      {graph && (
        <ToggleButton
          iconName="menu"
          pressed={listPane}
          ariaLabel={t('topology.action.listPane')}
          onChange={({ detail }) => onListPane(detail.pressed)}
        />
      )}
      <div className={styles.search}>
        <Input
          ref={searchRef}
          type="search"
          value={text}
          placeholder={t('topology.search')}
          ariaLabel={t('topology.search')}
          clearAriaLabel={t('topology.searchClear')}
          onChange={({ detail }) => onText(detail.value)}
        />
      </div>
      {!narrow && (
        <SegmentedControl
          label={t('topology.view')}
          selectedId={view}
          options={[
            { id: 'graph', text: t('topology.view.graph') },
            { id: 'list', text: t('topology.view.list') },
          ]}
          onChange={({ detail }) => onView(detail.selectedId === 'list' ? 'list' : 'graph')}
        />
      )}
      {graph && (
        <>
          <span title={`${t('topology.fitHint')} (f)`}>
            <Button iconName="expand" onClick={onFit}>
              {t('topology.fit')}
            </Button>
          </span>
          <span title={t('topology.tidyHint')}>
            <Button onClick={onTidy}>{t('topology.tidy')}</Button>
          </span>
        </>
      )}
      <Legend />
      {counts && (
        <p className={styles.counts} role="status">
          <span>{t('topology.counts', { shown: counts.shown })}</span>
          {counts.filtered > 0 && <span>{t('topology.countsFiltered', { count: counts.filtered })}</span>}
          {counts.folded > 0 && <span>{t('topology.countsFolded', { count: counts.folded })}</span>}
        </p>
      )}
    </div>
  );
}
