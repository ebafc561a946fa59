import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { buildModels } from '@/lib/providers/app-mesh';
import { meshObject, worldOf } from '@/lib/providers/app-mesh/fixtures';
import { createHub, type Hub } from './hub';

const CREATED = new Date('2026-06-01T12:00:00Z');

let hub: Hub;
beforeEach(() => {
  vi.useFakeTimers({ now: CREATED });
});
afterEach(() => {
  hub.stop();
  vi.useRealTimers();
});

it('tells of a mesh that the controller leaves waiting, although nothing else happens', () => {
  const waiting = meshObject(
    {},
    { metadata: { creationTimestamp: CREATED.toISOString() }, status: { observedGeneration: 0 } },
  );
  hub = createHub({
    read: (now) => buildModels(worldOf(waiting), now).map((model) => ({ model })),
    now: () => new Date(),
  });
  hub.markDirty();
  hub.settle();
  const codes = () => hub.picture('shop-mesh')?.answer.findings.map(({ code }) => code);
  expect(hub.model('shop-mesh')?.mesh.acceptance).toBe('pending');
  expect(codes()).not.toContain('MD503');
  vi.advanceTimersByTime(90_000);
  expect(codes()).toContain('MD503');
});
