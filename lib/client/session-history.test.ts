import { describe, expect, it } from 'vitest';
import { readHistory, recordChange } from './session-history';

const store = (text?: string) => {
  const held = new Map(text === undefined ? [] : [['meshdeck.history', text]]);
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, content: string) => void held.set(key, content),
  };
};
const change = (id: string) => ({
  id,
  at: '2026-11-01T12:00:00Z',
  by: 'meshdeck',
  route: 'all',
  before: [{ node: '/a', weight: 80 }],
  after: [{ node: '/a', weight: 70 }],
});

describe('the history of a tab', () => {
  it('is there again after a reload, newest first', () => {
    const tab = store();
    const first = recordChange(tab, readHistory(tab), 'slot', change('1'));
    recordChange(tab, first, 'slot', change('2'));
    expect(readHistory(tab)['slot']?.map(({ id }) => id)).toEqual(['2', '1']);
  });

  it('keeps the newest twenty of each route', () => {
    let history = readHistory(undefined);
    for (let n = 0; n < 30; n += 1) history = recordChange(undefined, history, 'slot', change(String(n)));
    expect(history['slot']).toHaveLength(20);
    expect(history['slot']?.[0]?.id).toBe('29');
  });

  it.each(['{', '7', '{"slot": [{"id": 1}]}'])('does without the text %s', (text) => {
    expect(Object.values(readHistory(store(text))).flat()).toEqual([]);
  });

  it('goes on where the store is full', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(recordChange(full, {}, 'slot', change('1'))['slot']).toHaveLength(1);
  });
});
