import { describe, expect, it } from 'vitest';
import { firstViewport, READABLE_ZOOM } from './first-viewport';

const area = { width: 1000, height: 800 };

describe('the first view', () => {
  it('puts a small picture in the middle without enlarging it', () => {
    expect(firstViewport({ x: 100, y: 0, width: 200, height: 100 }, area)).toEqual({
      x: 320,
      y: 368,
      zoom: 1,
    });
  });

  it('shrinks a larger one to fit', () => {
    const view = firstViewport({ x: 0, y: 0, width: 1140, height: 100 }, area);
    expect(view).toMatchObject({ x: 64, zoom: 0.8 });
  });

  it('begins at the left where the whole could not be read', () => {
    expect(firstViewport({ x: -50, y: 0, width: 9000, height: 100 }, area)).toMatchObject({
      x: 64 + 50 * READABLE_ZOOM,
      zoom: READABLE_ZOOM,
    });
  });
});
