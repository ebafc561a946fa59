import { describe, expect, it } from 'vitest';
import { readPlans } from './saved-plans';

const sound = { strategy: { canary: { steps: [{ weight: 100 }] } }, onDrift: 'abort' };

describe('saved plans', () => {
  it('are read back as they were kept', () => {
    expect(readPlans(JSON.stringify({ nightly: sound }))).toEqual({ nightly: sound });
  });
  it.each([
    ['no text', null],
    ['no JSON', '{'],
    ['a list', '[1]'],
    ['a plan without steps', JSON.stringify({ a: { strategy: { canary: { steps: [] } } } })],
    ['an analysis without metrics', JSON.stringify({ a: { ...sound, analysis: {} } })],
    ['notifications to nobody', JSON.stringify({ a: { ...sound, notifications: [{}] } })],
  ])('are none in %s', (_, text) => {
    expect(readPlans(text)).toEqual({});
  });
});
