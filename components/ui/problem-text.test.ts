import { describe, expect, it } from 'vitest';
import { createTranslate } from '@/lib/i18n/translate';
import { reasonText } from './problem-text';

const korean = createTranslate('ko');

describe('the reason of a failure', () => {
  it('is in the reader’s language where it came with the values to say it with', () => {
    const detail = 'There is no source "prod".';
    expect(reasonText({ code: 'E301', detail, values: { source: 'prod' } }, korean)).toMatch(/^소스 "prod"/);
  });

  it('is in the words of whoever failed where it came without', () => {
    expect(reasonText({ code: 'E202', detail: 'not you' }, korean)).toBe('not you');
    expect(reasonText({ code: 'E900', detail: 'of a newer console', values: {} }, korean)).toBe(
      'of a newer console',
    );
  });
});
