'use client';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { ProblemAlert } from '@/components/ui/problem-alert';
import type { Problem } from '@/lib/api/problem';
import { readWritten } from '@/lib/client/shifts';
import { useSpeech } from '@/lib/i18n/react';
import type { Draft } from '../templates';
import { Part } from './fields';
import own from './form.module.css';

/** Fills the form from YAML: a whole TrafficShift, its spec, or the plan of a template. The server reads it, as it reads any other. */
export function PasteForm({
  source,
  draft,
  onDraft,
}: {
  source: string;
  draft: Draft;
  onDraft: (draft: Draft) => void;
}) {
  const { t } = useSpeech();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [unreadable, setUnreadable] = useState<string>();
  const [busy, setBusy] = useState(false);
  const fill = async () => {
    setBusy(true);
    setProblem(undefined);
    setUnreadable(undefined);
    const { parse } = await import('yaml');
    let written: unknown;
    try {
      written = parse(text);
    } catch (error) {
      setUnreadable(error instanceof Error ? error.message : '');
      return setBusy(false);
    }
    const read = await readWritten(source, written, draft);
    setBusy(false);
    if (!read.ok) return setProblem(read.problem);
    const { namespace, name, spec } = read.answer.shift;
    setText('');
    onDraft({ namespace, name, spec });
  };
  return (
    <Part title={t('shifts.form.paste')} open={false}>
      <textarea
        className={own.paste}
        aria-label={t('shifts.form.paste.text')}
        value={text}
        spellCheck={false}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {unreadable !== undefined && (
        <p role="alert">{t('shifts.form.paste.unreadable', { message: unreadable })}</p>
      )}
      {problem && <ProblemAlert problem={problem} />}
      <div>
        <Button
          loading={busy}
          disabled={text.trim() === ''}
          disabledReason={t('shifts.form.paste.empty')}
          onClick={() => void fill()}
        >
          {t('shifts.form.paste.fill')}
        </Button>
      </div>
    </Part>
  );
}
