import { beforeEach, describe, expect, it } from 'vitest';
import type { InProcessCluster } from './cluster';
import { createCluster } from './cluster';
import { fromFieldsV1, paths, pathText } from './field-set';
import type { KubeObject, ResourceType } from './types';
import { StatusError } from './types';

let cluster: InProcessCluster;
let deployments: ResourceType;
let widgets: ResourceType;

const list = { type: 'array', items: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Widget', plural: 'widgets' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  size: { type: 'integer' },
                  colour: { type: 'string' },
                  atomic: list,
                  keyed: { ...list, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['id'] },
                  tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
                },
              },
              status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
            },
          },
        },
      },
    ],
  },
};

const widget = (spec: object, more: object = {}): KubeObject => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name: 'w', namespace: 'default' },
  spec,
  ...more,
});
const deployment = (spec: object): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: { template: { spec } },
});

const apply = (object: KubeObject, fieldManager: string, force = false) =>
  cluster.apply(cluster.typeOf(object), object, { fieldManager, force }).object;
const specOf = (type: ResourceType, name: string): unknown => cluster.get(type, 'default', name)?.['spec'];

interface Entry {
  manager: string;
  operation: string;
  subresource?: string;
  time: string;
  fieldsV1: object;
}
/** `manager operation[/subresource]` with the fields it owns. */
function owners(object: KubeObject | undefined): Record<string, string[]> {
  const entries = (object?.metadata.managedFields ?? []) as Entry[]; // as the cluster writes them
  return Object.fromEntries(
    entries.map(({ manager, operation, subresource, fieldsV1 }) => [
      `${manager} ${operation}${subresource ? `/${subresource}` : ''}`,
      paths(fromFieldsV1(fieldsV1)).map(pathText),
    ]),
  );
}

function refusal(run: () => unknown): StatusError {
  try {
    run();
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

let now: Date;

beforeEach(() => {
  now = new Date('2026-01-02T03:04:05Z');
  cluster = createCluster({ crds: [CRD], now: () => now });
  cluster.create(cluster.resourceType('', 'namespaces'), {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default' },
  });
  deployments = cluster.resourceType('apps', 'deployments');
  widgets = cluster.resourceType('example.com', 'widgets');
});

describe('an update', () => {
  it('makes its manager the owner of what it changes, and of nothing else', () => {
    cluster.create(widgets, widget({ size: 1, colour: 'red' }), { fieldManager: 'maker' });
    cluster.mutate(widgets, 'default', 'w', (draft) => void (draft['spec'].size = 2), {
      fieldManager: 'console',
    });
    expect(owners(cluster.get(widgets, 'default', 'w'))).toEqual({
      'console Update': ['.spec.size'],
      'maker Update': ['.spec', '.spec.colour'],
    });
  });

  it('keeps the entry, its time and the version when nothing changes', () => {
    cluster.create(widgets, widget({ size: 1 }), { fieldManager: 'maker' });
    const before = cluster.get(widgets, 'default', 'w');
    cluster.mutate(widgets, 'default', 'w', () => undefined, { fieldManager: 'other' });
    expect(cluster.get(widgets, 'default', 'w')).toEqual(before);
  });

  it('has the time of the last write, also where the manager owned the field before', () => {
    cluster.create(widgets, widget({ size: 1 }), { fieldManager: 'maker' });
    for (const size of [2, 3]) {
      now = new Date(`2026-01-02T03:0${size}:00Z`);
      cluster.mutate(widgets, 'default', 'w', (draft) => void (draft['spec'].size = size), {
        fieldManager: 'console',
      });
    }
    expect(cluster.get(widgets, 'default', 'w')?.metadata['managedFields']).toContainEqual(
      expect.objectContaining({ manager: 'console', time: '2026-01-02T03:03:00Z' }),
    );
  });

  it('takes a field from everyone when it removes it', () => {
    cluster.create(widgets, widget({ size: 1, colour: 'red' }), { fieldManager: 'maker' });
    cluster.mutate(widgets, 'default', 'w', (draft) => void delete draft['spec'].colour, {
      fieldManager: 'other',
    });
    expect(owners(cluster.get(widgets, 'default', 'w'))).toEqual({
      'maker Update': ['.spec', '.spec.size'],
    });
  });

  it('of the status has an entry of its own', () => {
    cluster.create(widgets, widget({ size: 1 }), { fieldManager: 'maker' });
    const options = { subresource: 'status', fieldManager: 'maker' } as const;
    cluster.mutate(widgets, 'default', 'w', (draft) => void (draft['status'] = { ready: true }), options);
    expect(owners(cluster.get(widgets, 'default', 'w'))).toEqual({
      'maker Update': ['.spec', '.spec.size'],
      'maker Update/status': ['.status', '.status.ready'],
    });
  });

  it('clears the managers with an empty list', () => {
    cluster.create(widgets, widget({ size: 1 }), { fieldManager: 'maker' });
    cluster.mutate(widgets, 'default', 'w', ({ metadata }) => void (metadata.managedFields = []));
    expect(owners(cluster.get(widgets, 'default', 'w'))).toEqual({});
  });
});

describe('an apply', () => {
  it('creates, and owns what it lists', () => {
    const { created } = cluster.apply(widgets, widget({ size: 1 }), { fieldManager: 'a' });
    expect(created).toBe(true);
    expect(owners(cluster.get(widgets, 'default', 'w'))).toEqual({ 'a Apply': ['.spec.size'] });
  });

  it('leaves what it does not list, and removes what it no longer lists', () => {
    apply(widget({ size: 1, colour: 'red' }), 'a');
    cluster.mutate(widgets, 'default', 'w', (draft) => void (draft['spec'].tags = ['x']));
    apply(widget({ size: 1 }), 'a');
    expect(specOf(widgets, 'w')).toEqual({ size: 1, tags: ['x'] });
  });

  it('is refused where another manager owns a field with another content', () => {
    apply(widget({ size: 1, colour: 'red' }), 'a');
    const one = refusal(() => apply(widget({ size: 2 }), 'b'));
    expect(one).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "a": .spec.size',
      details: {
        causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "a"', field: '.spec.size' }],
      },
    });
    expect(refusal(() => apply(widget({ size: 2, colour: 'blue' }), 'b')).message).toBe(
      'Apply failed with 2 conflicts: conflicts with "a":\n- .spec.colour\n- .spec.size',
    );
    expect(specOf(widgets, 'w')).toEqual({ size: 1, colour: 'red' });
  });

  it('names an updater with its API version', () => {
    cluster.create(widgets, widget({ size: 1 }), { fieldManager: 'kubectl-edit' });
    expect(refusal(() => apply(widget({ size: 2 }), 'b')).message).toContain(
      'conflict with "kubectl-edit" using example.com/v1: .spec.size',
    );
  });

  it('takes the field when it is forced', () => {
    apply(widget({ size: 1, colour: 'red' }), 'a');
    expect(owners(apply(widget({ size: 2 }), 'b', true))).toEqual({
      'a Apply': ['.spec.colour'],
      'b Apply': ['.spec.size'],
    });
  });

  it('shares a field on which both agree, and keeps it until the last one lets go', () => {
    apply(widget({ size: 1, colour: 'red' }), 'a');
    apply(widget({ size: 1 }), 'b');
    apply(widget({ colour: 'red' }), 'a');
    expect(specOf(widgets, 'w')).toEqual({ size: 1, colour: 'red' });
    apply(widget({ colour: 'red' }), 'b');
    expect(specOf(widgets, 'w')).toEqual({ colour: 'red' });
  });

  it('changes nothing when it says the same again', () => {
    const { metadata } = apply(widget({ size: 1 }), 'a');
    expect(apply(widget({ size: 1 }), 'a').metadata.resourceVersion).toBe(metadata.resourceVersion);
  });

  it('raises the generation with the spec only', () => {
    apply(widget({ size: 1 }), 'a');
    const labelled = widget({ size: 1 });
    labelled.metadata.labels = { x: 'y' };
    expect(apply(labelled, 'a').metadata.generation).toBe(1);
    expect(apply(widget({ size: 2 }), 'a').metadata.generation).toBe(2);
  });

  it('finds everything owned by what came before, where nobody was recorded', () => {
    cluster.create(widgets, widget({ size: 1 }));
    cluster.mutate(widgets, 'default', 'w', ({ metadata }) => void (metadata.managedFields = []));
    expect(refusal(() => apply(widget({ size: 2 }), 'a')).message).toContain('"before-first-apply"');
  });

  it('of the status touches nothing else', () => {
    apply(widget({ size: 1 }), 'a');
    const options = { subresource: 'status', fieldManager: 'a' } as const;
    cluster.apply(widgets, widget({ size: 9 }, { status: { ready: true } }), options);
    expect(cluster.get(widgets, 'default', 'w')).toMatchObject({
      spec: { size: 1 },
      status: { ready: true },
    });
    expect(owners(cluster.get(widgets, 'default', 'w'))).toEqual({
      'a Apply': ['.spec.size'],
      'a Apply/status': ['.status.ready'],
    });
  });

  it('stores nothing on a dry run', () => {
    cluster.apply(widgets, widget({ size: 1 }), { fieldManager: 'a', dryRun: true });
    expect(cluster.get(widgets, 'default', 'w')).toBeUndefined();
  });
});

describe('lists', () => {
  it('without markers are owned as a whole', () => {
    apply(widget({ atomic: [{ id: 1 }] }), 'a');
    expect(refusal(() => apply(widget({ atomic: [{ id: 1 }, { id: 2 }] }), 'b')).message).toContain(
      'conflict with "a": .spec.atomic',
    );
  });

  it('with keys are owned item by item', () => {
    apply(widget({ keyed: [{ id: 1, v: 'a' }] }), 'a');
    apply(widget({ keyed: [{ id: 2, v: 'b' }] }), 'b');
    expect(specOf(widgets, 'w')).toEqual({ keyed: [{ id: 1, v: 'a' }, { id: 2, v: 'b' }] }); // prettier-ignore
    expect(refusal(() => apply(widget({ keyed: [{ id: 1, v: 'x' }] }), 'b')).message).toContain(
      '.spec.keyed[id=1].v',
    );
    apply(widget({ keyed: [] }), 'a');
    expect(specOf(widgets, 'w')).toEqual({ keyed: [{ id: 2, v: 'b' }] });
  });

  it('that are sets are owned value by value', () => {
    apply(widget({ tags: ['x'] }), 'a');
    apply(widget({ tags: ['y'] }), 'b');
    apply(widget({ tags: [] }), 'a');
    expect(specOf(widgets, 'w')).toEqual({ tags: ['y'] });
  });

  it('of containers, environment and ports merge in built-in kinds', () => {
    const app = {
      name: 'app',
      image: 'app:1',
      env: [{ name: 'A', value: '1' }],
      ports: [{ containerPort: 80 }],
    };
    apply(deployment({ containers: [app] }), 'a');
    const sidecar = { name: 'app', env: [{ name: 'B', value: '2' }] };
    apply(deployment({ containers: [sidecar, { name: 'envoy', image: 'e:1' }] }), 'b');
    apply(deployment({ containers: [{ name: 'app', image: 'app:2' }] }), 'a');
    expect(specOf(deployments, 'web')).toEqual({
      template: {
        spec: {
          containers: [
            { name: 'app', image: 'app:2', env: [{ name: 'B', value: '2' }] },
            { name: 'envoy', image: 'e:1' },
          ],
        },
      },
    });
    expect(owners(cluster.get(deployments, 'default', 'web'))['b Apply']).toContain(
      '.spec.template.spec.containers[name="app"].env[name="B"].value',
    );
  });
});
