import { describe, expect, it } from 'vitest';
import type { WatchState } from '@/lib/kubernetes';
import { APP_MESH_RESOURCES } from '@/lib/providers/app-mesh';
import { sourceStateOf, unreadOf } from './source-state';

const NOW = new Date('2026-11-01T12:00:00Z');
const BEFORE = { phase: 'connecting' as const, since: '2026-11-01T11:59:00Z' };
const LIVE: WatchState = { phase: 'live', attempt: 0, currentAsOf: NOW.toISOString() };
const FORBIDDEN: WatchState = {
  phase: 'failed',
  attempt: 3,
  problem: { code: 'forbidden', detail: 'nodes are forbidden' },
};
const SLOW: WatchState = { phase: 'connecting', attempt: 0 };

const watched = (states: Readonly<Record<string, WatchState>>) =>
  APP_MESH_RESOURCES.map((resource) => ({ resource, state: states[resource.plural] ?? LIVE }));

describe('a source', () => {
  it('is live when all of the mesh is read, and says since when', () => {
    expect(sourceStateOf(watched({}), BEFORE, NOW)).toEqual({
      phase: 'live',
      since: NOW.toISOString(),
      currentAsOf: NOW.toISOString(),
    });
  });

  it('is live without a kind it may not read, and names it', () => {
    const states = watched({ virtualnodes: FORBIDDEN, pods: FORBIDDEN });
    expect(sourceStateOf(states, BEFORE, NOW).phase).toBe('live');
    expect(unreadOf(states)).toEqual({
      kinds: ['VirtualNode', 'Pod'],
      problem: { code: 'E202', detail: 'nodes are forbidden' },
    });
  });

  it('has failed where the meshes themselves may not be read', () => {
    expect(sourceStateOf(watched({ meshes: FORBIDDEN }), BEFORE, NOW)).toMatchObject({
      phase: 'failed',
      problem: { code: 'E202' },
    });
  });

  it('has failed where a kind that was read may not be any more', () => {
    const lost = { ...FORBIDDEN, currentAsOf: '2026-11-01T11:00:00Z' };
    expect(sourceStateOf(watched({ virtualnodes: lost }), BEFORE, NOW).phase).toBe('failed');
  });

  it('is still connecting while a kind is slow, and names it', () => {
    const states = watched({ virtualrouters: SLOW });
    expect(sourceStateOf(states, BEFORE, NOW)).toMatchObject({ phase: 'connecting', since: BEFORE.since });
    expect(unreadOf(states)).toEqual({ kinds: ['VirtualRouter'], problem: undefined });
  });
});
