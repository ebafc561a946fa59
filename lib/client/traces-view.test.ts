import { describe, expect, it } from 'vitest';
import { filterExpression, readTracesView, tracesHref, writeTracesView } from './traces-view';
import type { TracesView } from './traces-view';

const ALL: TracesView = {
  window: { last: '1h' },
  key: 'node:shop/cart-v2',
  status: 'fault',
  minMs: 0,
  maxMs: 250.5,
  annotation: 'direction=ingress',
  filter: 'responsetime > 1 AND http.status = 503',
  trace: '1-58406520-a006649127e371903a2de979',
  span: '6b55dcc497934f1a',
};

describe('the traces in the URL', () => {
  it('come back as they were written', () => {
    expect(readTracesView(writeTracesView('', ALL))).toEqual(ALL);
  });

  it('leave what does not fit out', () => {
    expect(readTracesView('?status=fine&minMs=-1&maxMs=soon&trace=')).toEqual(readTracesView(''));
  });

  it('are linked to with what is asked for alone', () => {
    expect(tracesHref('/traces', { key: 'node:shop/a', window: { last: '15m' } })).toBe(
      '/traces?window=15m&key=node%3Ashop%2Fa',
    );
    expect(tracesHref('/traces', {})).toBe('/traces');
  });
});

describe('the filter of a search', () => {
  it('is empty where nothing is asked', () => {
    expect(filterExpression(' ', '')).toBe('');
  });

  it('asks for an annotation, with its text in quotes', () => {
    expect(filterExpression('version = v"2', '')).toBe('annotation.version = "v\\"2"');
    expect(filterExpression('http.url=/a=b', '')).toBe('annotation[http.url] = "/a=b"');
    expect(filterExpression('version', '')).toBe('annotation.version');
  });

  it('keeps an expression together beside an annotation', () => {
    expect(filterExpression('v=1', 'error OR fault')).toBe('annotation.v = "1" AND (error OR fault)');
    expect(filterExpression('', 'error OR fault')).toBe('error OR fault');
  });
});
