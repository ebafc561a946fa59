import jsonPatch from 'fast-json-patch';
import type { Operation } from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import type { EgressEntry, EgressType } from '@/lib/mesh/model';
import { egressHistory, egressOf, egressPatch, kubectlEgressCommand } from './egress-patch';
import type { JsonPatchOp } from './patch';
import type { RawObject } from './resources';

/** Applies a patch as the API server would; throws where a `test` fails. */
function applied(mesh: RawObject, patch: JsonPatchOp[]): RawObject {
  const sent = JSON.parse(JSON.stringify(patch)) as Operation[]; // what the wire carries
  return jsonPatch.applyPatch(structuredClone(mesh), sent, true).newDocument;
}

const mesh = (spec?: object): RawObject => ({
  apiVersion: 'appmesh.k8s.aws/v1beta2',
  kind: 'Mesh',
  metadata: { name: 'shop', uid: 'u', resourceVersion: '1' },
  ...(spec === undefined ? {} : { spec }),
});
const entry = (before: EgressType | undefined, after: EgressType | undefined): EgressEntry => ({
  ...{ id: 'one', at: '2026-06-01T12:00:00Z', by: 'somebody' },
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

const FILTERS = [undefined, 'ALLOW_ALL', 'DROP_ALL'] as const;
const cases = FILTERS.flatMap((from) => FILTERS.map((to) => [from, to] as const));

describe('the patch of an egress filter', () => {
  it.each(cases)('from %s to %s writes that, and back gives the spec it began with', (from, to) => {
    const start = mesh({
      awsName: 'shop',
      ...(from === undefined ? {} : { egressFilter: { type: from, later: { field: 1 } } }),
    });
    const there = applied(start, egressPatch(start, to, entry(from, to)));
    expect(egressOf(there)).toBe(to);
    expect(egressHistory(there)).toEqual([entry(from, to)]);
    const back = applied(there, egressPatch(there, from));
    expect(egressOf(back)).toBe(from);
    if (from === undefined || to !== undefined) expect(back['spec']).toEqual(start['spec']);
  });

  it('makes a spec where there is none', () => {
    expect(applied(mesh(), egressPatch(mesh(), 'ALLOW_ALL'))['spec']).toEqual({
      egressFilter: { type: 'ALLOW_ALL' },
    });
  });

  it('fails on another object, and on another filter than was seen', () => {
    const seen = mesh({ egressFilter: { type: 'DROP_ALL' } });
    const patch = egressPatch(seen, 'ALLOW_ALL');
    expect(() => applied({ ...seen, metadata: { ...seen.metadata, uid: 'other' } }, patch)).toThrow();
    expect(() => applied(mesh({ egressFilter: { type: 'ALLOW_ALL' } }), patch)).toThrow();
  });
});

it('the command names the object and carries the tests', () => {
  const command = kubectlEgressCommand(mesh({ egressFilter: { type: 'DROP_ALL' } }), 'ALLOW_ALL');
  expect(command).toMatch(/^kubectl patch meshes\.appmesh\.k8s\.aws shop --type=json -p '\[/);
  expect(command).toContain('"op":"test","path":"/spec/egressFilter","value":{"type":"DROP_ALL"}');
});
