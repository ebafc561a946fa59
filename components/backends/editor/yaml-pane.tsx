'use client';
import Button from '@cloudscape-design/components/button';
import { useId } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { Translate } from '@/lib/i18n/translate';
import { specPath } from '@/lib/mesh/backends/spec-rules';
import type { TextProblem } from './spec-text';
import styles from './editor.module.css';

/** Problems that are told before the rest is counted. */
const TOLD = 6;

function saidOf({ line, words, issue }: TextProblem, t: Translate): string {
  const what =
    issue === undefined
      ? (words ?? '')
      : [
          specPath(issue.path),
          t(`backends.editor.rule.${issue.rule}`, { names: issue.names ?? '', most: issue.most ?? 0 }),
        ]
          .filter(Boolean)
          .join(': ');
  return line === undefined ? what : t('backends.editor.line', { line, what });
}

/** The text, and what is wrong with it, by line. */
export function YamlPane({
  text,
  problems,
  readOnly,
  onRepair,
  onChange,
}: {
  text: string;
  problems: readonly TextProblem[];
  readOnly: boolean;
  /** Writes what the form shows, where the text cannot be read. */
  onRepair: (() => void) | undefined;
  onChange: (text: string) => void;
}) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div className={styles.yaml}>
      <label className={styles.label} htmlFor={id}>
        {t('backends.editor.yaml')}
      </label>
      <p className={styles.muted} id={`${id}-hint`}>
        {t('backends.editor.yamlHint')}
      </p>
      <textarea
        id={id}
        className={styles.text}
        value={text}
        spellCheck={false}
        readOnly={readOnly}
        aria-invalid={problems.length > 0}
        aria-describedby={`${id}-hint ${id}-problems`}
        onChange={({ target }) => onChange(target.value)}
      />
      <ul className={styles.problems} id={`${id}-problems`} aria-live="polite">
        {problems.slice(0, TOLD).map((problem, i) => (
          <li key={i}>{saidOf(problem, t)}</li>
        ))}
        {problems.length > TOLD && <li>{t('backends.pane.more', { count: problems.length - TOLD })}</li>}
      </ul>
      {onRepair && (
        <p className={styles.muted}>
          {t('backends.editor.lastGood')}{' '}
          <Button variant="inline-link" onClick={onRepair}>
            {t('backends.editor.repair')}
          </Button>
        </p>
      )}
    </div>
  );
}
