import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleWithin } from './png';

describe('the scale of a PNG', () => {
  it('is what was asked for, while browsers can draw it', () => {
    expect(scaleWithin(1_440, 900, 2)).toBe(2);
  });

  it('is smaller for a picture that browsers would not draw', () => {
    const side = fc.integer({ min: 1, max: 500_000 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 2), (width, height, wanted) => {
        const scale = scaleWithin(width, height, wanted);
        expect(scale).toBeLessThanOrEqual(wanted);
        expect(width * scale * height * scale).toBeLessThanOrEqual(64_000_000 * 1.001);
        expect(Math.max(width, height) * scale).toBeLessThanOrEqual(16_384 * 1.001);
      }),
    );
  });
});
