import { describe, expect, it } from 'vitest';
import { readTrafficView, writeTrafficView } from './traffic-view';

describe('the view of the Traffic screen in its URL', () => {
  it('is read as it was written', () => {
    const search =
      '?q=owner+%3D+none&group=none&sort=changed&measured=off&source=a&mesh=b&selected=router%3Ac%2Fd&route=e';
    const view = readTrafficView(search);
    expect(view).toMatchObject({
      text: 'owner = none',
      grouped: false,
      sort: 'changed',
      selected: 'router:c/d',
    });
    expect(writeTrafficView('', view)).toBe(search);
  });

  it('leaves out defaults, and what does not fit', () => {
    expect(writeTrafficView('?other=1', readTrafficView('?sort=size&selected=nobody'))).toBe('?other=1');
  });
});
