import { beforeEach, expect, it } from 'vitest';
import { createCluster, type InProcessCluster } from '../kube/cluster';
import type { KubeObject } from '../kube/types';
import { EventRecorder } from './events';

let cluster: InProcessCluster;
let now: Date;
let recorder: EventRecorder;
const about: KubeObject = {
  apiVersion: 'appmesh.k8s.aws/v1beta2',
  kind: 'VirtualNode',
  metadata: { name: 'cart', namespace: 'shop', uid: 'u1' },
};
const report = (message: string) =>
  ({ component: 'VirtualNode', type: 'Warning', reason: 'ReconcileError', message }) as const;
const events = () => cluster.list(cluster.resourceType('', 'events'));

beforeEach(() => {
  now = new Date('2026-01-02T03:04:05Z');
  cluster = createCluster({ now: () => now });
  recorder = new EventRecorder(cluster, () => now);
  const namespaces = cluster.resourceType('', 'namespaces');
  for (const name of ['shop', 'default'])
    cluster.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
});

it('counts the same words about the same object', () => {
  recorder.record(about, report('no mesh'));
  now = new Date('2026-01-02T03:04:35Z');
  recorder.record(about, report('no mesh'));
  expect(events()).toHaveLength(1);
  expect(events()[0]).toMatchObject({
    metadata: { namespace: 'shop', name: expect.stringMatching(/^cart\.[0-9a-f]{16}$/) },
    involvedObject: { kind: 'VirtualNode', name: 'cart', namespace: 'shop', uid: 'u1' },
    source: { component: 'VirtualNode' },
    count: 2,
    firstTimestamp: '2026-01-02T03:04:05Z',
    lastTimestamp: '2026-01-02T03:04:35Z',
  });
});

it('keeps other words and later objects of the same name apart', () => {
  recorder.record(about, report('no mesh'));
  recorder.record(about, report('no node'));
  recorder.record({ ...about, metadata: { ...about.metadata, uid: 'u2' } }, report('no mesh'));
  expect(events()).toHaveLength(3);
});

it('puts what is about no namespace into default, and drops what is about a namespace that is gone', () => {
  const mesh = { apiVersion: about.apiVersion, kind: 'Mesh', metadata: { name: 'shop', uid: 'm' } };
  recorder.record(mesh, report('members left'));
  recorder.record({ ...about, metadata: { ...about.metadata, namespace: 'gone' } }, report('no mesh'));
  expect(events().map(({ metadata }) => metadata.namespace)).toEqual(['default']);
});
