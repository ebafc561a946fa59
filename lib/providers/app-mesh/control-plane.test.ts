import { describe, expect, it } from 'vitest';
import { buildModels } from './build-models';
import { member, meshObject, problemEvent, worldOf } from './fixtures';
import type { RawObject } from './resources';

const BEFORE_END = new Date('2026-09-29T23:59:59Z');
const AFTER_END = new Date('2026-11-01T00:00:00Z');

const stateOf = (now: Date, ...objects: RawObject[]) =>
  buildModels(worldOf(meshObject(), ...objects), now)[0]?.mesh.controlPlane;

const accepted = (
  lastTransitionTime: string,
  metadata: Partial<RawObject['metadata']> = {},
  kind = 'VirtualNode',
) =>
  member(
    kind,
    'a',
    {},
    {
      metadata,
      status: {
        observedGeneration: 1,
        conditions: [{ type: `${kind}Active`, status: 'True', lastTransitionTime }],
      },
    },
  );
const old = accepted('2026-05-01T00:00:00Z');

describe('the control plane', () => {
  it('is live while App Mesh runs and something was accepted', () => {
    expect(stateOf(BEFORE_END, old)).toBe('live');
  });
  it('is frozen when the service has ended and all that was accepted is from before', () => {
    expect(stateOf(AFTER_END, old)).toBe('frozen');
  });
  it.each([
    ['a condition turned since', accepted('2026-10-02T00:00:00Z')],
    ['an accepted object was made since', accepted('', { creationTimestamp: '2026-10-02T00:00:00Z' })],
    [
      'accepted weights were changed since',
      accepted(
        '2026-05-01T00:00:00Z',
        {
          annotations: {
            'meshdeck.dev/history': JSON.stringify([
              { id: '1', at: '2026-10-02T00:00:00Z', by: 'a', route: 'r', before: [], after: [] },
            ]),
          },
        },
        'VirtualRouter',
      ),
    ],
  ])('is live after the end of the service when %s', (_, object) => {
    expect(stateOf(AFTER_END, object)).toBe('live');
  });
  it('is frozen when the controller cannot reach it, whatever was accepted', () => {
    const node = member('VirtualNode', 'b');
    const message =
      'RequestError: send request failed: dial tcp: lookup appmesh.eu-west-1.amazonaws.com: no such host';
    expect(stateOf(BEFORE_END, old, node, problemEvent(node, message, '2026-06-01T00:00:00Z'))).toBe(
      'frozen',
    );
  });
  it('is not frozen for an error about the object alone', () => {
    const node = member('VirtualNode', 'b');
    const event = problemEvent(
      node,
      'BadRequestException: virtual service not found',
      '2026-06-01T00:00:00Z',
    );
    expect(stateOf(BEFORE_END, old, node, event)).toBe('live');
  });
  it('is unknown where nothing was ever accepted', () => {
    expect(stateOf(BEFORE_END, member('VirtualNode', 'a'))).toBe('unknown');
    expect(stateOf(AFTER_END, member('VirtualNode', 'a'))).toBe('unknown');
    expect(stateOf(AFTER_END)).toBe('unknown');
  });
});
