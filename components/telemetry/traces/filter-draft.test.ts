import { describe, expect, it } from 'vitest';
import { readTracesView } from '@/lib/client/traces-view';
import { draftOf, isFiltered, NO_FILTER, readDraft } from './filter-draft';

describe('the filter of traces', () => {
  it('asks for what is in its fields', () => {
    expect(readDraft({ ...NO_FILTER, status: 'fault', minMs: ' 250 ', annotation: ' a=b ' })).toEqual({
      asked: { key: undefined, status: 'fault', minMs: 250, maxMs: undefined, annotation: 'a=b', filter: '' },
    });
  });

  it('says which field is wrong', () => {
    expect(readDraft({ ...NO_FILTER, minMs: 'soon' })).toEqual({
      problem: { field: 'minMs', message: 'traces.notNumber' },
    });
    expect(readDraft({ ...NO_FILTER, maxMs: '-1' })).toMatchObject({ problem: { field: 'maxMs' } });
    expect(readDraft({ ...NO_FILTER, minMs: '9', maxMs: '8' })).toEqual({
      problem: { field: 'maxMs', message: 'traces.reversed' },
    });
  });

  it('shows what the URL asks for, and knows when that is nothing', () => {
    const view = readTracesView('?key=node:a/b&minMs=0');
    expect(draftOf(view)).toEqual({ ...NO_FILTER, key: 'node:a/b', minMs: '0' });
    expect(isFiltered(view)).toBe(true);
    expect(isFiltered(readTracesView('?window=1h'))).toBe(false);
  });
});
