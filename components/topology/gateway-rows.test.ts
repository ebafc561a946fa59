import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatchCondition } from '@/lib/mesh/model';
import { matchText } from '@/components/ui/match-text';
import { cardSize, rowY } from './card-size';
import { gateway } from './fixtures';
import { matchLines } from './gateway-rows';

const header = (name: string, operand: string): MatchCondition => ({
  on: 'header',
  name,
  operator: 'exact',
  operand,
});
const prefix = (operand: string): MatchCondition => ({ on: 'prefix', operator: 'prefix', operand });

describe('a match on a gateway’s card', () => {
  it('is one line where it fits', () => {
    expect(matchLines([prefix('/cart')])).toEqual(['/cart*']);
    expect(matchLines([])).toEqual(['*']);
  });
  it('breaks between conditions', () => {
    expect(matchLines([prefix('/api/checkout/'), header('x-tenant', 'gold')])).toEqual([
      '/api/checkout/* &',
      'x-tenant = gold',
    ]);
  });
  it('breaks a long path where the line ends, and says where it is cut', () => {
    expect(matchLines([prefix(`/${'a'.repeat(30)}`)])).toEqual([`/${'a'.repeat(27)}`, 'aaa*']);
    expect(matchLines([prefix(`/${'a'.repeat(200)}`)]).at(-1)).toMatch(/a…$/);
  });
  it('never loses a character without a sign of it, and never passes the width', () => {
    const condition = fc.record({ name: fc.string(), operand: fc.string() });
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 6 }), (conditions) => {
        const match = conditions.map(({ name, operand }) => header(name, operand));
        const lines = matchLines(match);
        expect(lines.length).toBeLessThanOrEqual(3);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(28);
        const packed = (text: string) => text.replace(/\s/g, '');
        if (lines.at(-1)?.endsWith('…') !== true)
          expect(packed(lines.join(''))).toBe(packed(matchText(match)));
      }),
    );
  });
  it('makes its row as high as its lines, and each row’s edge leaves inside the row', () => {
    const short = gateway('shop', 'edge', ['a', 'b']);
    const [first, second] = short.rows;
    if (!first || !second) throw new Error('two rows were asked for');
    const long = { ...short, rows: [{ ...first, match: [prefix(`/${'a'.repeat(60)}`)] }, second] };
    const more = cardSize(long).height - cardSize(short).height;
    expect(more).toBeGreaterThan(0);
    expect(rowY(long, second.key)).toBe(rowY(short, second.key) + more);
    expect(rowY(long, second.key)).toBeLessThan(cardSize(long).height);
  });
});
