import fc from 'fast-check';
import jsonPatch from 'fast-json-patch';
import type { Operation } from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import type { BackendsEntry } from '@/lib/mesh/model';
import {
  backendNames,
  backendsPatch,
  changeBackends,
  kubectlBackendsCommand,
  recordOf,
  undoBackends,
} from './backends-patch';
import { changesNothing } from './backends-spec';
import type { BackendsChange, ChangedBackends } from './backends-patch';
import { member } from './fixtures';
import { HISTORY_ANNOTATION, readBackendsHistory } from './history';
import { kustomizePatch } from './kustomize';
import type { JsonPatchOp } from './patch';
import type { RawObject } from './resources';

/** Applies a patch as the API server would; throws where a `test` fails. */
function applied(node: RawObject, patch: JsonPatchOp[]): RawObject {
  const sent = JSON.parse(JSON.stringify(patch)) as Operation[]; // what the wire carries
  return jsonPatch.applyPatch(structuredClone(node), sent, true).newDocument;
}

const ARN = 'arn:aws:appmesh:eu-west-1:1:mesh/m/virtualService/far.example';
const POLICY = { tls: { enforce: true, validation: { trust: { file: { certificateChain: '/ca.pem' } } } } };
const named = (name: string, more: object = {}) => ({
  virtualService: { virtualServiceRef: { name, namespace: 'shop' }, ...more },
});
const node = (backends?: object[]) =>
  member('VirtualNode', 'web', backends === undefined ? {} : { backends });

function changed(from: RawObject, change: BackendsChange): ChangedBackends {
  const made = changeBackends(from, change);
  if (!made.ok) throw new Error(made.kind);
  return made.changed;
}

function entryOf(from: RawObject, made: ChangedBackends): BackendsEntry {
  return {
    id: 'one',
    at: '2026-06-01T12:00:00Z',
    by: 'somebody',
    ...JSON.parse(JSON.stringify(recordOf(from, made))),
  };
}

const backends = fc.option(
  fc
    .uniqueArray(
      fc.constantFrom(
        named('a'),
        named('b', { clientPolicy: POLICY }),
        { virtualService: { virtualServiceRef: { name: 'c' } }, unknownField: [1, { deep: true }] },
        { virtualService: { virtualServiceARN: ARN, virtualServiceRef: { name: 'x' } } },
        named('d', { clientPolicy: { tls: { enforce: false } } }),
      ),
      { selector: (each) => JSON.stringify(each), maxLength: 5 },
    )
    .map((list) => [...list]),
  { nil: undefined },
);
const NAMES = ['shop/a', 'shop/b', 'shop/c', 'shop/d', ARN, 'pay/e'];
const wishes = fc.record({
  toggled: fc.subarray(NAMES),
  repoliced: fc.subarray(NAMES),
  policy: fc.constantFrom(null, POLICY, { tls: {} }),
});

/** Of each name: away with it where it is there, else in with it. The rest of those that stay may have another policy. */
function changeFor(
  from: RawObject,
  { toggled, repoliced, policy }: { toggled: string[]; repoliced: string[]; policy: unknown },
): BackendsChange {
  const present = backendNames(from) ?? [];
  return {
    revoke: toggled.filter((name) => present.includes(name)),
    allow: toggled.filter((name) => !present.includes(name)).map((service) => ({ service })),
    policies: repoliced
      .filter((name) => present.includes(name) && !toggled.includes(name))
      .map((service) => ({ service, clientPolicy: policy })),
  };
}

/** Anything a node may say of backends, with fields this version does not know. */
const wholes = fc.record(
  {
    backends: backends.map((list) => list ?? null),
    backendGroups: fc.constantFrom(null, [], [{ name: '*' }], [{ name: 'team', namespace: 'pay', later: 1 }]),
    backendDefaults: fc.constantFrom(null, {}, { clientPolicy: POLICY }, { clientPolicy: {}, later: [1] }),
  },
  { requiredKeys: [] },
);
const present = (spec: object) =>
  Object.fromEntries(Object.entries(spec).filter(([, held]) => held !== null && held !== undefined));

describe('the whole in place of what stands', () => {
  it('becomes what is asked for, and taken back leaves the object exactly as it was', () => {
    fc.assert(
      fc.property(wholes, wholes, (held, wanted) => {
        const before = member('VirtualNode', 'web', { listeners: [{ later: true }], ...present(held) });
        const made = changed(before, { spec: wanted });
        const entry = entryOf(before, made);
        const after = applied(before, backendsPatch(before, made, entry));
        const others = {
          ...Object(before['spec']),
          backends: null,
          backendGroups: null,
          backendDefaults: null,
        };
        expect(after['spec']).toEqual(present({ ...others, ...held, ...wanted }));
        const undone = undoBackends(after, entry);
        if (!undone.ok) throw new Error(undone.kind);
        expect(applied(after, backendsPatch(after, undone.changed))['spec']).toEqual(before['spec']);
        expect(changesNothing(made)).toBe(JSON.stringify(after['spec']) === JSON.stringify(before['spec']));
      }),
    );
  });
});

describe('a change of backends', () => {
  it('taken back by its entry leaves the object exactly as it was', () => {
    fc.assert(
      fc.property(backends, wishes, (list, wish) => {
        const before = node(list);
        const made = changed(before, changeFor(before, wish));
        const entry = entryOf(before, made);
        const after = applied(before, backendsPatch(before, made, entry));
        const [kept] = readBackendsHistory(after.metadata.annotations?.[HISTORY_ANNOTATION]);
        expect(kept).toEqual(JSON.parse(JSON.stringify(entry)));
        const undone = undoBackends(after, entry);
        if (!undone.ok) throw new Error(undone.kind);
        const back = applied(after, backendsPatch(after, undone.changed));
        expect(back['spec']).toEqual(before['spec']);
      }),
    );
  });

  it('writes what is asked for and nothing else', () => {
    fc.assert(
      fc.property(backends, wishes, (list, wish) => {
        const before = node(list);
        const change = changeFor(before, wish);
        const after = applied(before, backendsPatch(before, changed(before, change)));
        const stay = (backendNames(before) ?? []).filter((name) => change.revoke?.includes(name) !== true);
        const come = (change.allow ?? []).map(({ service }) => service);
        expect(backendNames(after) ?? []).toEqual([...stay, ...come]);
        expect({ ...after, spec: undefined }).toEqual({ ...before, spec: undefined });
      }),
    );
  });

  it('fails as a whole where the list is not the one that was seen', () => {
    const seen = node([named('a')]);
    const patch = backendsPatch(seen, changed(seen, { allow: [{ service: 'shop/b' }] }));
    expect(() => applied(node([named('a'), named('c')]), patch)).toThrow();
  });

  it('takes an entry with its client policy, and an ARN as an ARN', () => {
    const { after } = changed(node(), {
      allow: [{ service: 'pay/e', clientPolicy: POLICY }, { service: ARN }],
    });
    expect(after).toEqual([
      { virtualService: { virtualServiceRef: { name: 'e', namespace: 'pay' }, clientPolicy: POLICY } },
      { virtualService: { virtualServiceARN: ARN } },
    ]);
  });

  it('is refused where the service is there already, or is not there to be revoked', () => {
    const list = node([named('a')]);
    expect(changeBackends(list, { allow: [{ service: 'shop/a' }] })).toEqual({
      ok: false,
      kind: 'present',
      service: 'shop/a',
    });
    expect(changeBackends(list, { revoke: ['shop/z'] })).toMatchObject({ kind: 'absent', service: 'shop/z' });
    expect(changeBackends(member('VirtualNode', 'odd', { backends: [1] }), {})).toMatchObject({
      kind: 'malformed',
    });
  });

  it('is not taken back where somebody changed the list since', () => {
    const before = node([named('a')]);
    const made = changed(before, { allow: [{ service: 'shop/b' }] });
    const entry = entryOf(before, made);
    expect(undoBackends(node([named('a'), named('b'), named('c')]), entry)).toMatchObject({
      kind: 'changed',
    });
  });

  it('is a kubectl command and a kustomize patch as well', () => {
    const before = node([named('a')]);
    const made = changed(before, { revoke: ['shop/a'] });
    expect(kubectlBackendsCommand(before, made)).toBe(
      `kubectl -n shop patch virtualnodes.appmesh.k8s.aws web --type=json -p '[{"op":"test","path":"/metadata/uid","value":"uid-VirtualNode-shop-web"},{"op":"test","path":"/spec/backends","value":[{"virtualService":{"virtualServiceRef":{"name":"a","namespace":"shop"}}}]},{"op":"remove","path":"/spec/backends/0"}]'`,
    );
    expect(kustomizePatch(before, backendsPatch(before, made))).toMatchObject({
      target: { kind: 'VirtualNode', name: 'web', namespace: 'shop' },
      patch: [{ op: 'test' }, { op: 'remove', path: '/spec/backends/0' }],
    });
  });
});
