import { describe, expect, it } from 'vitest';
import type { MeshModel } from '@/lib/mesh/model';
import { buildModels } from './build-models';
import { entity, member, meshObject, NOW, problemEvent, readMesh, rawObject, worldOf } from './fixtures';
import type { RawObject } from './resources';

const active = (status: string, lastTransitionTime = '2026-05-01T00:00:00Z') => ({
  type: 'VirtualNodeActive',
  status,
  lastTransitionTime,
});

/** A node at a generation whose status speaks of another. */
const nodeAt = (generation: number, status?: unknown, metadata: Partial<RawObject['metadata']> = {}) =>
  member('VirtualNode', 'a', {}, { status, metadata: { generation, ...metadata } });
const taken = (observedGeneration: number, status = 'True') => ({
  observedGeneration,
  conditions: [active(status)],
});
const nodeOf = (...objects: RawObject[]) => entity(readMesh(...objects), 'node', 'a');

const AT = '2026-06-01T11:59:00Z';

describe('an object is', () => {
  it('accepted when the controller took this generation', () => {
    expect(nodeOf(nodeAt(2, taken(2))).acceptance).toBe('accepted');
  });
  it('pending when an old True stands beside a newer generation', () => {
    expect(nodeOf(nodeAt(3, taken(2))).acceptance).toBe('pending');
  });
  it('pending when the condition is not True', () => {
    expect(nodeOf(nodeAt(2, taken(2, 'False'))).acceptance).toBe('pending');
  });
  it('rejected when the controller reports an error, although an old True stands', () => {
    const node = nodeAt(3, taken(2));
    const read = nodeOf(node, problemEvent(node, 'failed to resolve virtualServiceRef', AT));
    expect(read).toMatchObject({
      acceptance: 'rejected',
      problem: { message: 'failed to resolve virtualServiceRef', at: AT, count: 3 },
    });
  });
  it('accepted once the generation is taken, whatever was said before', () => {
    const node = nodeAt(3, taken(3));
    const read = nodeOf(node, problemEvent(node, 'failed', AT));
    expect(read.acceptance).toBe('accepted');
    expect(read.problem).toBeUndefined();
  });
  it('deleting once it is on its way out', () => {
    const node = nodeAt(2, taken(2), { deletionTimestamp: AT });
    expect(nodeOf(node, problemEvent(node, 'failed', AT))).toMatchObject({
      acceptance: 'deleting',
      deletingSince: AT,
    });
  });
  it('unknown when nobody ever said anything about it', () => {
    expect(nodeOf(nodeAt(1)).acceptance).toBe('unknown');
    expect(nodeOf(nodeAt(1, { conditions: [] })).acceptance).toBe('unknown');
  });

  it.each(['mesh', 'virtualNode', 'virtualRouter', 'virtualGateway', 'virtualService'])(
    'pending while the controller waits: %s is not active yet',
    (what) => {
      const message = `${what} is not active yet`;
      const changed = nodeAt(3, taken(2));
      expect(nodeOf(changed, problemEvent(changed, message, AT))).toMatchObject({
        acceptance: 'pending',
        problem: { message },
      });
      const fresh = nodeAt(1);
      expect(nodeOf(fresh, problemEvent(fresh, message, AT)).acceptance).toBe('pending');
    },
  );
  it('rejected for words that only sound like a wait', () => {
    const node = nodeAt(1);
    expect(nodeOf(node, problemEvent(node, 'the account is not active yet', AT)).acceptance).toBe('rejected');
  });
});

describe('the controller’s own words', () => {
  const node = nodeAt(3, taken(2));
  it('are the newest about an object, in whatever order the events come', () => {
    const events = [
      problemEvent(node, 'middle', '2026-06-01T11:30:00Z'),
      problemEvent(node, 'newest', '2026-06-01T11:50:00Z'),
      problemEvent(node, 'oldest', '2026-06-01T11:10:00Z'),
    ];
    expect(nodeOf(node, ...events).problem?.message).toBe('newest');
  });
  it('are ReconcileErrors about that uid and nothing else', () => {
    const before = { ...node, metadata: { ...node.metadata, uid: 'uid-before' } };
    const pulled = { ...problemEvent(node, 'pulled', AT), reason: 'Pulled' };
    const odd = rawObject('v1', 'Event', 'odd', { reason: 'ReconcileError', message: 7 });
    expect(nodeOf(node, problemEvent(before, 'failed', AT), pulled, odd).problem).toBeUndefined();
  });

  describe('about an earlier generation', () => {
    const first = (...events: RawObject[]) =>
      buildModels(worldOf(meshObject(), nodeAt(2, taken(2)), ...events), new Date('2026-06-01T11:59:30Z'));
    const second = (previous: MeshModel[], ...events: RawObject[]) => {
      const [model] = buildModels(worldOf(meshObject(), node, ...events), NOW, previous);
      if (!model) throw new Error('no mesh');
      return model;
    };

    it('are not about the one that came since', () => {
      const stale = problemEvent(node, 'failed', '2026-06-01T11:40:00Z');
      const model = second(first(stale), stale);
      expect(entity(model, 'node', 'a')).toMatchObject({
        acceptance: 'pending',
        generationSeenAt: NOW.toISOString(),
      });
      expect(entity(model, 'node', 'a').problem).toBeUndefined();
    });
    it('give way to what is said about the new one, told in whole seconds', () => {
      const fresh = problemEvent(node, 'failed', '2026-06-01T11:59:59Z');
      expect(entity(second(first(), fresh), 'node', 'a').acceptance).toBe('rejected');
    });
    it('stay apart while the generation stays', () => {
      const stale = problemEvent(node, 'failed', '2026-06-01T11:40:00Z');
      const once = second(first(stale), stale);
      const later = new Date(NOW.getTime() + 3_600_000);
      const [again] = buildModels(worldOf(meshObject(), node, stale), later, [once]);
      expect(again && entity(again, 'node', 'a').generationSeenAt).toBe(NOW.toISOString());
    });
    it('count when nobody knows when the generation came, or the object is another one', () => {
      const stale = problemEvent(node, 'failed', '2026-06-01T11:40:00Z');
      expect(entity(second([], stale), 'node', 'a').acceptance).toBe('rejected');
      const other = nodeAt(2, taken(2), { uid: 'uid-before' });
      const before = buildModels(worldOf(meshObject(), other), NOW);
      expect(entity(second(before, stale), 'node', 'a').acceptance).toBe('rejected');
    });
  });
});

describe('the common part of an entity', () => {
  it('has the reference, the ARN and the conditions of the object', () => {
    const arn = 'arn:aws:appmesh:eu-west-1:1:mesh/shop-mesh/virtualNode/a_shop';
    const node = nodeAt(2, { ...taken(2), virtualNodeARN: arn }, { labels: { app: 'a' } });
    expect(nodeOf(node)).toMatchObject({
      key: 'node:shop/a',
      ref: { kind: 'VirtualNode', namespace: 'shop', name: 'a', generation: 2, arn },
      labels: { app: 'a' },
      createdAt: '2026-05-01T00:00:00Z',
      observedGeneration: 2,
      conditions: [{ type: 'VirtualNodeActive', status: 'True' }],
    });
  });
  it('has the AWS name that is written, else the one the webhook would have given', () => {
    expect(nodeOf(nodeAt(1)).awsName).toBe('a_shop');
    expect(nodeOf(member('VirtualNode', 'a', { awsName: 'x' })).awsName).toBe('x');
    const model = readMesh(
      member('VirtualService', 's', {}),
      member('VirtualService', 't', { awsName: 't.shop.svc.cluster.local' }),
    );
    expect(entity(model, 'service', 's').hostname).toBe('s.shop');
    expect(entity(model, 'service', 't').hostname).toBe('t.shop.svc.cluster.local');
  });
});
