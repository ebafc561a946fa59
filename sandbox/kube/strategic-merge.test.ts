import { describe, expect, it } from 'vitest';
import type { Fields } from './json';
import { applyStrategicMerge } from './strategic-merge';

const deployment = () => ({
  metadata: { finalizers: ['a'], labels: { app: 'web', tier: 'front' } },
  spec: {
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    template: {
      spec: {
        tolerations: [{ key: 'a' }],
        containers: [
          {
            name: 'app',
            image: 'app:1',
            args: ['-v'],
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
            ports: [{ containerPort: 80, name: 'http' }],
          },
          { name: 'envoy', image: 'envoy:1' },
        ],
      },
    },
  },
});
const pod = (spec: object) => ({ spec: { template: { spec } } });
const podOf = (patch: Fields) =>
  (applyStrategicMerge(deployment(), patch) as ReturnType<typeof deployment>).spec.template.spec;

describe('a strategic merge patch', () => {
  it('merges containers by name, their environment by name and their ports by number', () => {
    const app = {
      name: 'app',
      env: [{ name: 'B', value: '3' }],
      ports: [{ containerPort: 81 }, { containerPort: 80, name: 'web' }],
    };
    const { containers } = podOf(pod({ containers: [app, { name: 'new', image: 'new:1' }] }));
    expect(containers.map(({ name }) => name)).toEqual(['app', 'envoy', 'new']);
    expect(containers[0]).toMatchObject({
      image: 'app:1',
      env: [{ value: '1' }, { value: '3' }],
      ports: [{ containerPort: 80, name: 'web' }, { containerPort: 81 }],
    });
  });

  it('merges the ports of a Service by port', () => {
    const service = { spec: { ports: [{ port: 80, targetPort: 1 }, { port: 443 }] } };
    expect(applyStrategicMerge(service, { spec: { ports: [{ port: 80, targetPort: 2 }] } })).toEqual({
      spec: { ports: [{ port: 80, targetPort: 2 }, { port: 443 }] },
    });
  });

  it('replaces lists whose items nothing tells apart', () => {
    expect(podOf(pod({ tolerations: [{ key: 'b' }] })).tolerations).toEqual([{ key: 'b' }]);
    expect(podOf(pod({ containers: [{ name: 'app', args: ['-q'] }] })).containers[0]?.args).toEqual(['-q']);
  });

  it('follows the directives delete and replace, on items, lists and objects', () => {
    expect(podOf(pod({ containers: [{ name: 'envoy', $patch: 'delete' }] })).containers).toHaveLength(1);
    const only = [{ name: 'only' }, { $patch: 'replace' }];
    expect(podOf(pod({ containers: only })).containers).toEqual([{ name: 'only' }]);
    const patch = { spec: { strategy: { $patch: 'replace', type: 'Recreate' } } };
    expect(applyStrategicMerge(deployment(), patch)).toMatchObject({
      spec: { strategy: { type: 'Recreate' } },
    });
    expect(applyStrategicMerge({ a: { b: 1 } }, { a: { $patch: 'delete' } })).toEqual({});
    const retain = { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } };
    expect(applyStrategicMerge(deployment(), retain)).toHaveProperty('spec.strategy', { type: 'Recreate' });
  });

  it('adds to a set, takes from it, and removes what is null', () => {
    const patch = { metadata: { finalizers: ['b', 'a'], labels: { tier: null } } };
    expect(applyStrategicMerge(deployment(), patch).metadata).toEqual({
      finalizers: ['a', 'b'],
      labels: { app: 'web' },
    });
    const less = { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } };
    expect(applyStrategicMerge(deployment(), less)).toHaveProperty('metadata.finalizers', []);
  });

  it('honours the order of elements', () => {
    const order = { '$setElementOrder/containers': [{ name: 'envoy' }, { name: 'app' }] };
    expect(podOf(pod(order)).containers.map(({ name }) => name)).toEqual(['envoy', 'app']);
  });

  it('refuses an item without its merge key', () => {
    expect(() => podOf(pod({ containers: [{ image: 'x' }] }))).toThrow('declared merge key: name');
  });

  it('leaves the object it was given alone', () => {
    const given = deployment();
    applyStrategicMerge(given, pod({ containers: [{ name: 'app', image: 'app:2' }] }));
    expect(given).toEqual(deployment());
  });
});
