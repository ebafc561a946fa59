import { beforeEach, expect, it } from 'vitest';
import { createCluster, type InProcessCluster } from '../kube/cluster';
import type { ResourceType } from '../kube/types';
import { Informer, type Change } from './informer';

let cluster: InProcessCluster;
let maps: ResourceType;
const configMap = (name: string, owner: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', labels: { owner } },
});

beforeEach(() => {
  cluster = createCluster();
  maps = cluster.resourceType('', 'configmaps');
  const namespaces = cluster.resourceType('', 'namespaces');
  cluster.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
});

it('knows what was there before it, and what comes after', () => {
  cluster.create(maps, configMap('a', 'ann'));
  const informer = new Informer(cluster);
  cluster.create(maps, configMap('b', 'bob'));
  cluster.delete(maps, 'shop', 'a');
  expect(informer.all(maps).map(({ metadata }) => metadata.name)).toEqual(['b']);
});

it('moves an object to another term when it changes, and forgets it when it is deleted', () => {
  const informer = new Informer(cluster);
  informer.addIndex('owner', [maps], ({ metadata }) => [metadata.labels?.['owner'] ?? '']);
  const names = (term: string) => informer.lookup('owner', term).map(({ metadata }) => metadata.name);
  cluster.create(maps, configMap('a', 'ann'));
  cluster.create(maps, configMap('b', 'ann'));
  expect(names('ann')).toEqual(['a', 'b']);
  cluster.mutate(maps, 'shop', 'a', (draft) => void (draft.metadata.labels = { owner: 'bob' }));
  expect([names('ann'), names('bob')]).toEqual([['b'], ['a']]);
  cluster.delete(maps, 'shop', 'a');
  expect(names('bob')).toEqual([]);
});

it('tells what an object was before the change', () => {
  const informer = new Informer(cluster);
  const seen: Change[] = [];
  informer.onChange((change) => void seen.push(change));
  cluster.create(maps, configMap('a', 'ann'));
  cluster.mutate(maps, 'shop', 'a', (draft) => void (draft.metadata.labels = { owner: 'bob' }));
  expect(seen.map(({ event, previous }) => [event, previous?.metadata.labels])).toEqual([
    ['ADDED', undefined],
    ['MODIFIED', { owner: 'ann' }],
  ]);
});
