'use client';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Select from '@cloudscape-design/components/select';
import { EDGE_FIGURES, FLOW_MOST } from '@/lib/client/telemetry-view';
import { useSpeech } from '@/lib/i18n/react';
import { HeatScale } from './heat-scale';
import type { OverlayMenuProps } from './overlay-menu';
import { RefreshLine } from './refresh-line';
import { Strangers } from './strangers';
import { WindowPicker } from './window-picker';
import styles from './menu.module.css';

const FIGURES = ['off', ...EDGE_FIGURES] as const;
const DRAWN = ['sized', 'heat', 'flow'] as const;

/** The menu's contents; every change is applied at once. */
export function OverlayForm({ view, setView, state, paused, groups, onReplay }: OverlayMenuProps) {
  const { t } = useSpeech();
  const off = view.overlay === 'off';
  const figures = FIGURES.map((each) => ({ value: each, label: t(`overlay.figure.${each}`) }));
  return (
    <div className={styles.form}>
      <section>
        <h4>{t('overlay.edges')}</h4>
        <Select
          ariaLabel={t('overlay.edges')}
          selectedOption={figures.find(({ value }) => value === view.overlay) ?? null}
          options={figures}
          expandToViewport
          onChange={({ detail }) =>
            setView({ overlay: FIGURES.find((each) => each === detail.selectedOption.value) ?? 'off' })
          }
        />
        <p className={styles.hint}>{t(`overlay.hint.${view.overlay}`)}</p>
      </section>
      {!off && (
        <>
          <section>
            <h4>{t('overlay.window')}</h4>
            <WindowPicker
              view={view}
              setView={(patch) => setView({ ...patch, replay: undefined })}
              shown={state.answer?.window}
            />
            <RefreshLine view={view} setView={setView} state={state} paused={paused} />
            {groups && groups.left > 0 && (
              <p className={styles.hint}>{t('overlay.groupsLeft', { count: groups.left })}</p>
            )}
            {groups?.groups.length === 0 && <p className={styles.hint}>{t('overlay.groupsNone')}</p>}
            {onReplay && (
              <Button variant="inline-link" onClick={onReplay}>
                {t('overlay.openReplay')}
              </Button>
            )}
          </section>
          <section>
            <h4>{t('overlay.draw')}</h4>
            {DRAWN.map((what) => (
              <Checkbox
                key={what}
                checked={view[what]}
                {...(what === 'flow' ? { description: t('overlay.flowHint', { most: FLOW_MOST }) } : {})}
                onChange={({ detail }) => setView({ [what]: detail.checked })}
              >
                {t(`overlay.${what}`)}
              </Checkbox>
            ))}
            {view.heat && <HeatScale />}
          </section>
          <Strangers strangers={state.answer?.telemetry.strangers ?? []} />
        </>
      )}
    </div>
  );
}
