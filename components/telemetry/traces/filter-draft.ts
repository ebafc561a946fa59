/** The filter of traces as it is typed, and what is wrong with it. Pure. */
import { TRACE_STATUSES } from '@/lib/client/traces-view';
import type { TracesView } from '@/lib/client/traces-view';

/** What is in the fields. */
export interface FilterDraft {
  key: string;
  status: string;
  minMs: string;
  maxMs: string;
  annotation: string;
  filter: string;
}

type Asked = Pick<TracesView, 'key' | 'status' | 'minMs' | 'maxMs' | 'annotation' | 'filter'>;

export const NO_FILTER: FilterDraft = {
  key: '',
  status: '',
  minMs: '',
  maxMs: '',
  annotation: '',
  filter: '',
};

export const draftOf = ({ key, status, minMs, maxMs, annotation, filter }: Asked): FilterDraft => ({
  key: key ?? '',
  status: status ?? '',
  minMs: String(minMs ?? ''),
  maxMs: String(maxMs ?? ''),
  annotation,
  filter,
});

export type FilterProblem = { field: 'minMs' | 'maxMs'; message: 'traces.notNumber' | 'traces.reversed' };

/** What is asked by the fields, or what is wrong with them. */
export function readDraft(draft: FilterDraft): { asked: Asked } | { problem: FilterProblem } {
  const numbers: { minMs: number | undefined; maxMs: number | undefined } = {
    minMs: undefined,
    maxMs: undefined,
  };
  for (const field of ['minMs', 'maxMs'] as const) {
    const text = draft[field].trim();
    if (text === '') continue;
    const ms = Number(text);
    if (!Number.isFinite(ms) || ms < 0) return { problem: { field, message: 'traces.notNumber' } };
    numbers[field] = ms;
  }
  const { minMs, maxMs } = numbers;
  if (minMs !== undefined && maxMs !== undefined && maxMs < minMs)
    return { problem: { field: 'maxMs', message: 'traces.reversed' } };
  return {
    asked: {
      key: draft.key || undefined,
      status: TRACE_STATUSES.find((each) => each === draft.status),
      minMs,
      maxMs,
      annotation: draft.annotation.trim(),
      filter: draft.filter.trim(),
    },
  };
}

export const isFiltered = (asked: Asked): boolean =>
  Object.values(draftOf(asked)).some((text) => text !== '');
