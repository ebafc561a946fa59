import { describe, expect, it } from 'vitest';
import { sameContent } from '@/lib/mesh/equal';
import { entity, member, readMesh } from './fixtures';

const SPEC = { 'f:spec': { 'f:listeners': {} } };
const entry = (manager: string, time: string, more: object = {}) => ({
  manager,
  operation: 'Update',
  apiVersion: 'appmesh.k8s.aws/v1beta2',
  time,
  fieldsType: 'FieldsV1',
  fieldsV1: SPEC,
  ...more,
});
const routerBy = (managedFields: unknown) =>
  entity(readMesh(member('VirtualRouter', 'cart', {}, { metadata: { managedFields } })), 'router', 'cart');
const managersOf = (managedFields: unknown) =>
  routerBy(managedFields).writtenBy?.map(({ manager }) => manager);

describe('who wrote an object', () => {
  it('is told newest first, the last three', () => {
    const fields = [
      entry('a', '2026-06-01T12:00:01Z'),
      entry('b', '2026-06-01T12:00:04Z', { operation: 'Apply' }),
      entry('c', '2026-06-01T12:00:02Z'),
      entry('d', '2026-06-01T12:00:03Z'),
    ];
    expect(routerBy(fields).writtenBy).toEqual([
      { manager: 'b', operation: 'Apply', at: '2026-06-01T12:00:04Z' },
      { manager: 'd', operation: 'Update', at: '2026-06-01T12:00:03Z' },
      { manager: 'c', operation: 'Update', at: '2026-06-01T12:00:02Z' },
    ]);
  });

  it('is nobody who writes only status, finalizers or annotations', () => {
    expect(
      managersOf([
        entry('status', '2026-06-01T12:00:01Z', { subresource: 'status', fieldsV1: { 'f:status': {} } }),
        entry('old-status', '2026-06-01T12:00:01Z', { fieldsV1: { 'f:status': {} } }),
        entry('finalizer', '2026-06-01T12:00:02Z', { fieldsV1: { 'f:metadata': { 'f:finalizers': {} } } }),
        entry('labels', '2026-06-01T12:00:03Z', { fieldsV1: { 'f:metadata': { 'f:labels': {} } } }),
      ]),
    ).toEqual(['labels']);
  });

  it('does not make the object another one when the status is written again', () => {
    const at = (time: string) =>
      routerBy([
        entry('kubectl', '2026-06-01T12:00:01Z'),
        entry('controller', time, { subresource: 'status', fieldsV1: { 'f:status': {} } }),
      ]);
    expect(sameContent(at('2026-06-01T12:00:02Z'), at('2026-06-01T12:00:03Z'))).toBe(true);
  });

  it.each([[undefined], ['odd'], [[]], [[{ manager: '' }, 7, null]]])('is not known from %j', (fields) => {
    expect(managersOf(fields)).toBeUndefined();
  });

  it('is read entry by entry: an odd one hides no other', () => {
    expect(
      managersOf([{ manager: 7 }, entry('kubectl', '2026-06-01T12:00:01Z', { time: 7, operation: 'Odd' })]),
    ).toEqual(['kubectl']);
  });

  it('is known of an object that cannot be read, too', () => {
    const model = readMesh(
      member('VirtualRouter', 'odd', { routes: 7 }, { metadata: { managedFields: [entry('kubectl', '')] } }),
    );
    expect(model.malformed[0]?.writtenBy).toMatchObject([{ manager: 'kubectl' }]);
  });
});
