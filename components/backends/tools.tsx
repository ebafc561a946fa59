'use client';
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import type { RefObject } from 'react';
import { EvidenceBadge } from '@/components/telemetry/overlay/evidence-badge';
import { WindowPicker } from '@/components/telemetry/overlay/window-picker';
import { BACKENDS_TABS, SHOWN_STATES } from '@/lib/client/backends-view';
import type { BackendsView } from '@/lib/client/backends-view';
import { useSpeech } from '@/lib/i18n/react';
import type { CellState } from '@/lib/mesh/backends/matrix';
import { Legend } from './legend';
import type { Backends } from './use-backends';
import styles from './backends.module.css';

/** What is shown of the whitelist, over which time, and which cells of it. */
export function Tools({
  view,
  setView,
  backends,
  counts,
  search,
}: {
  view: BackendsView;
  setView: (patch: Partial<BackendsView>) => void;
  backends: Backends;
  counts: Record<Exclude<CellState, 'closed'>, number>;
  search: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useSpeech();
  const filtered = view.node !== '' || view.service !== '' || view.states.length > 0 || view.drafted;
  return (
    <div className={styles.tools}>
      <h1>{t('backends.title')}</h1>
      <SegmentedControl
        label={t('backends.tabs')}
        selectedId={view.tab}
        options={BACKENDS_TABS.map((id) => ({ id, text: t(`backends.tab.${id}`) }))}
        onChange={({ detail }) =>
          setView({ tab: BACKENDS_TABS.find((each) => each === detail.selectedId) ?? 'matrix' })
        }
      />
      <span className={styles.window}>
        <WindowPicker view={view} setView={setView} shown={backends.measured?.window} />
        <EvidenceBadge state={backends.telemetry} asOfMs={backends.measured?.window.toMs} />
      </span>
      {view.tab === 'matrix' && (
        <div className={styles.filters} role="search" aria-label={t('backends.filter.states')}>
          <input
            ref={search}
            type="search"
            className={styles.field}
            value={view.node}
            aria-label={t('backends.filter.node')}
            placeholder={t('backends.filter.node')}
            onChange={({ target }) => setView({ node: target.value })}
          />
          <input
            type="search"
            className={styles.field}
            value={view.service}
            aria-label={t('backends.filter.service')}
            placeholder={t('backends.filter.service')}
            onChange={({ target }) => setView({ service: target.value })}
          />
          {SHOWN_STATES.map((state) => {
            const on = view.states.includes(state);
            return (
              <button
                key={state}
                type="button"
                className={styles.chip}
                aria-pressed={on}
                title={t(`backends.stateHint.${state}`)}
                data-state={state}
                onClick={() =>
                  setView({
                    states: on ? view.states.filter((each) => each !== state) : [...view.states, state],
                  })
                }
              >
                {t('backends.state.count', { state: t(`backends.state.${state}`), count: counts[state] })}
              </button>
            );
          })}
          <button
            type="button"
            className={styles.chip}
            aria-pressed={view.drafted}
            onClick={() => setView({ drafted: !view.drafted })}
          >
            {t('backends.filter.drafted')}
          </button>
          {filtered && (
            <Button
              variant="inline-link"
              onClick={() => setView({ node: '', service: '', states: [], drafted: false })}
            >
              {t('backends.filter.clear')}
            </Button>
          )}
          <Legend />
        </div>
      )}
    </div>
  );
}
