import { describe, expect, it } from 'vitest';
import { readNodeDraft } from './node-drafts';

describe('the draft of a node', () => {
  const draft = {
    text: 'backends: [',
    good: 'backends: []',
    base: { uid: 'u', resourceVersion: '7', spec: { backends: [{ later: 1 }] } },
  };

  it('is kept as it was typed, with what it was begun from', () => {
    expect(readNodeDraft(JSON.stringify(draft))).toEqual(draft);
  });

  it.each([null, '', '{', '{}', '{"text": "x"}'])('is none in %j', (text) => {
    expect(readNodeDraft(text)).toBeUndefined();
  });
});
