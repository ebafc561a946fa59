import { describe, expect, it } from 'vitest';
import { said, sentenceOf } from './said';
import { analysed, holding } from './testing';

describe('what the machine says', () => {
  it('is one sentence in English, figures with their unit and no more digits than one reads', () => {
    const values = { metric: 'faults', times: 2, measured: 0.34065934065934067, limit: 0.1 };
    expect(sentenceOf(said('failedAbove', { ...values, figure: 'faultRatio' }))).toBe(
      'faults failed 2 times: 34.07 % is above 10 %',
    );
    expect(sentenceOf(said('failedAbove', { ...values, figure: 'perSecond' }))).toContain(
      '0.34/s is above 0.1/s',
    );
  });

  it('stands in the status as a code with the numbers, beside the sentence', () => {
    const world = holding(analysed({ figure: 'p99Ms', max: 400 }));
    world.figures = (_, node) => ({ figure: node === 'shop/cart-v2' ? 812.5 : 20, samples: 500 });
    world.toEnd();
    expect(world.status?.message).toBe('faults failed 2 times: 812.5 ms is above 400 ms');
    expect(world.status?.said).toEqual({
      code: 'failedAbove',
      values: { metric: 'faults', times: '2', figure: 'p99Ms', measured: '812.5', limit: '400' },
    });
    expect(world.status?.rollback?.said).toEqual(world.status?.said);
  });

  it('tells a control that was refused by its obstacle', () => {
    const world = holding();
    world.control({ action: 'resume' });
    expect(world.status?.controls[0]).toMatchObject({ outcome: 'refused', obstacle: 'notPaused' });
  });
});
