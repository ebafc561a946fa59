'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { YamlDiffView } from '@/components/traffic/yaml-diff-view';
import { useSpeech } from '@/lib/i18n/react';
import { mergeSpecs } from './merge';
import { writeSpec } from './spec-text';
import type { Spec } from './spec-text';
import styles from './editor.module.css';

/** What the draft was begun from, what stands now, and what is wanted; and the two ways on. */
export function SpecConflict({
  base,
  theirs,
  mine,
  namespace,
  changedBy,
  hindrance,
  onMerge,
  onTheirs,
}: {
  base: Spec;
  theirs: Spec;
  mine: Spec;
  namespace: string;
  changedBy?: string | undefined;
  /** Why the two cannot be put together now. */
  hindrance?: string | undefined;
  onMerge: (merged: Spec) => void;
  onTheirs: () => void;
}) {
  const { t, locale } = useSpeech();
  const { spec, clashes } = mergeSpecs({ base, theirs, mine }, namespace);
  return (
    <Alert
      type="warning"
      header={t('backends.editor.conflict')}
      action={
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            disabled={hindrance !== undefined}
            disabledReason={hindrance ?? ''}
            onClick={() => onMerge(spec)}
          >
            {t('backends.editor.merge')}
          </Button>
          <Button onClick={onTheirs}>{t('traffic.conflict.startOver')}</Button>
        </SpaceBetween>
      }
    >
      <p className={styles.muted}>
        {changedBy === undefined
          ? t('traffic.conflict.unknownBy')
          : t('traffic.conflict.by', { by: changedBy })}{' '}
        {clashes.length > 0
          ? t('backends.editor.clashes', { names: new Intl.ListFormat(locale).format(clashes) })
          : t('backends.editor.noClash')}
      </p>
      <div className={styles.sides}>
        <div>
          <h3>{t('backends.editor.theirs')}</h3>
          <YamlDiffView before={writeSpec(base)} after={writeSpec(theirs)} />
        </div>
        <div>
          <h3>{t('backends.editor.mine')}</h3>
          <YamlDiffView before={writeSpec(base)} after={writeSpec(mine)} />
        </div>
      </div>
    </Alert>
  );
}
