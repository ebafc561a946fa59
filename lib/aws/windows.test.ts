import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitStretch } from './windows';

describe('splitting a stretch of time', () => {
  it('covers it exactly once, with pieces that are short enough', () => {
    const instant = fc.integer({ min: 0, max: 2_000_000_000_000 });
    const length = fc.integer({ min: 1, max: 100_000_000 });
    fc.assert(
      fc.property(
        instant,
        length,
        fc.integer({ min: 500_000, max: 21_600_000 }),
        (fromMs, total, longest) => {
          const toMs = fromMs + total;
          const pieces = splitStretch({ fromMs, toMs }, longest);
          expect(pieces[0]?.fromMs).toBe(fromMs);
          expect(pieces.at(-1)?.toMs).toBe(toMs);
          pieces.forEach((piece, n) => {
            expect(piece.toMs).toBeGreaterThan(piece.fromMs);
            expect(piece.toMs - piece.fromMs).toBeLessThanOrEqual(longest);
            if (n > 0) expect(piece.fromMs).toBe(pieces[n - 1]?.toMs);
          });
        },
      ),
    );
  });

  it('has no pieces of nothing', () => {
    expect(splitStretch({ fromMs: 5, toMs: 5 }, 10)).toEqual([]);
  });
});
