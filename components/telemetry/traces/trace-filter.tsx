'use client';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import type { SelectProps } from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { topologyOptions } from '@/lib/client/queries';
import { TRACE_STATUSES } from '@/lib/client/traces-view';
import type { TracesView } from '@/lib/client/traces-view';
import { useSpeech } from '@/lib/i18n/react';
import { WindowSelect } from '../metrics/window-select';
import { isMeasured } from '../metrics/subjects';
import { draftOf, NO_FILTER, readDraft } from './filter-draft';
import type { FilterProblem } from './filter-draft';
import { keyText } from './key-text';
import styles from './traces.module.css';

export interface TraceFilterProps {
  source: string;
  mesh: string;
  view: TracesView;
  /** What X-Ray says is wrong with the expression. */
  refused: string | undefined;
  onSearch: (asked: Partial<TracesView>) => void;
}

/** What traces must be. Nothing is asked before the form is sent: every search is paid for. */
export function TraceFilter({ source, mesh, view, refused, onSearch }: TraceFilterProps) {
  const { t } = useSpeech();
  const [draft, setDraft] = useState(() => draftOf(view));
  const [window, setWindow] = useState(view.window);
  const [problem, setProblem] = useState<FilterProblem>();
  const topology = useQuery(topologyOptions(source, mesh));
  const put = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const wrong = (field: FilterProblem['field']) =>
    problem?.field === field ? t(problem.message) : undefined;

  const search = (fields = draft) => {
    const read = readDraft(fields);
    setProblem('problem' in read ? read.problem : undefined);
    if ('asked' in read) onSearch({ ...read.asked, window });
  };
  const keys = (topology.data?.nodes ?? []).filter(isMeasured).map(({ key }): string => key);
  if (draft.key !== '' && !keys.includes(draft.key)) keys.push(draft.key);
  const through: SelectProps.Option[] = [
    { value: '', label: t('traces.key.any') },
    ...keys
      .map((key) => ({ value: key, label: keyText(key, t) }))
      .sort((a, b) => a.label.localeCompare(b.label)),
  ];
  const statuses: SelectProps.Option[] = [
    { value: '', label: t('traces.status.any') },
    ...TRACE_STATUSES.map((status) => ({ value: status, label: t(`traces.status.${status}`) })),
  ];
  const optionOf = (options: readonly SelectProps.Option[], chosen: string) =>
    options.find(({ value }) => value === chosen) ?? null;

  return (
    <form
      className={styles.filter}
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <FormField label={t('traces.key')}>
        <Select
          filteringType="auto"
          options={through}
          selectedOption={optionOf(through, draft.key)}
          onChange={({ detail }) => put({ key: detail.selectedOption.value ?? '' })}
        />
      </FormField>
      <FormField label={t('traces.status')}>
        <Select
          options={statuses}
          selectedOption={optionOf(statuses, draft.status)}
          onChange={({ detail }) => put({ status: detail.selectedOption.value ?? '' })}
        />
      </FormField>
      <FormField label={t('traces.min')} errorText={wrong('minMs')}>
        <Input
          value={draft.minMs}
          inputMode="decimal"
          onChange={({ detail }) => put({ minMs: detail.value })}
        />
      </FormField>
      <FormField label={t('traces.max')} errorText={wrong('maxMs')}>
        <Input
          value={draft.maxMs}
          inputMode="decimal"
          onChange={({ detail }) => put({ maxMs: detail.value })}
        />
      </FormField>
      <FormField label={t('traces.annotation')}>
        <Input
          value={draft.annotation}
          placeholder={t('traces.annotationHint')}
          onChange={({ detail }) => put({ annotation: detail.value })}
        />
      </FormField>
      <div className={styles.wide}>
        <FormField
          label={t('traces.filter')}
          errorText={refused && t('traces.filterWrong', { detail: refused })}
          stretch
        >
          <Input
            value={draft.filter}
            placeholder={t('traces.filterHint')}
            spellcheck={false}
            onChange={({ detail }) => put({ filter: detail.value })}
          />
        </FormField>
      </div>
      <div className={styles.send}>
        <WindowSelect window={window} onWindow={(patch) => setWindow(patch.window)} />
        <Button variant="primary" formAction="submit">
          {t('traces.search')}
        </Button>
        <Button
          formAction="none"
          variant="link"
          onClick={() => {
            setDraft(NO_FILTER);
            search(NO_FILTER);
          }}
        >
          {t('traces.clear')}
        </Button>
      </div>
    </form>
  );
}
