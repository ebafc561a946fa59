import { describe, expect, it } from 'vitest';
import { parseQuery } from '@/lib/mesh/query/parse';
import { printQuery } from '@/lib/mesh/query/print';
import { PRESETS } from './presets';

describe('a preset', () => {
  it.each(PRESETS.map(({ expression }) => expression))(
    'is an expression in its plain form: %s',
    (expression) => {
      const parsed = parseQuery(expression);
      expect(parsed.ok && printQuery(parsed.query)).toBe(expression);
    },
  );
});
