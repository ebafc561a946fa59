'use client';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import ToggleButton from '@cloudscape-design/components/toggle-button';
import { memo, useState } from 'react';
import type { RefObject } from 'react';
import type { ViewState } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import { ErrorLine } from './error-line';
import { ExpressionField } from './expression-field';
import { FindHelp } from './help';
import { PRESETS } from './presets';
import type { Find } from './use-find';
import type { Steps } from './use-steps';
import styles from './find.module.css';

interface FindBarProps {
  inputRef: RefObject<HTMLInputElement | null>;
  view: Pick<ViewState, 'text' | 'dim' | 'hide' | 'overlay'>;
  setView: (patch: Partial<ViewState>) => void;
  find: Find;
  steps: Steps;
}

/** The find box: an expression, what becomes of the rest, what is left out besides, and a way through what was found. */
export const FindBar = memo(function FindBar({ inputRef, view, setView, find, steps }: FindBarProps) {
  const { t } = useSpeech();
  const [wantsHide, setWantsHide] = useState(false);
  const { wanted, unwanted, subjects } = find;
  const hides = wantsHide || view.hide !== '';
  return (
    <search className={styles.bar} aria-label={t('topology.search')}>
      <ExpressionField
        inputRef={inputRef}
        label={t('topology.search')}
        placeholder={t('find.placeholder')}
        text={view.text}
        expression={wanted}
        subjects={subjects}
        onText={(text) => setView({ text })}
        finds={find.finds}
        onStep={steps.go}
      />
      {steps.count !== undefined && (
        <div className={styles.steps}>
          <span role="status" className={styles.count}>
            {steps.at === undefined
              ? t('find.count', { count: steps.count })
              : t('find.at', { at: steps.at + 1, count: steps.count })}
          </span>
          <Button
            variant="icon"
            iconName="angle-up"
            ariaLabel={t('find.previous')}
            disabled={steps.count === 0}
            onClick={() => steps.go(-1)}
          />
          <Button
            variant="icon"
            iconName="angle-down"
            ariaLabel={t('find.next')}
            disabled={steps.count === 0}
            onClick={() => steps.go(1)}
          />
        </div>
      )}
      <SegmentedControl
        label={t('find.mode')}
        selectedId={view.dim ? 'highlight' : 'only'}
        options={[
          { id: 'only', text: t('find.mode.only') },
          { id: 'highlight', text: t('find.mode.highlight') },
        ]}
        onChange={({ detail }) => setView({ dim: detail.selectedId === 'highlight' })}
      />
      <ToggleButton
        pressed={hides}
        onChange={({ detail }) => {
          setWantsHide(detail.pressed);
          if (!detail.pressed) setView({ hide: '' });
        }}
      >
        {t('find.hide')}
      </ToggleButton>
      {hides && (
        <ExpressionField
          label={t('find.hideLabel')}
          placeholder={t('find.hidePlaceholder')}
          text={view.hide}
          expression={unwanted}
          subjects={subjects}
          onText={(hide) => setView({ hide })}
        />
      )}
      <ButtonDropdown
        items={PRESETS.map(({ id, label, expression }) => ({
          id,
          text: t(label),
          secondaryText: expression,
        }))}
        onItemClick={({ detail }) => {
          const preset = PRESETS.find(({ id }) => id === detail.id);
          if (preset) setView({ text: preset.expression });
        }}
      >
        {t('find.presets')}
      </ButtonDropdown>
      <FindHelp />
      <ErrorLine wanted={wanted} unwanted={unwanted} />
      {find.asksMeasured && view.overlay === 'off' && (
        <p className={styles.line} role="status">
          {t('find.unmeasured')}{' '}
          <Button variant="inline-link" onClick={() => setView({ overlay: 'rate' })}>
            {t('find.measure')}
          </Button>
        </p>
      )}
    </search>
  );
});
