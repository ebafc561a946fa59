import { describe, expect, it } from 'vitest';
import { withoutFields } from './managed-fields';

describe('managedFields in the cache', () => {
  it('say who wrote which parts, and not each field', () => {
    const fieldsV1 = {
      'f:spec': { 'f:routes': { 'k:{"name":"a"}': { '.': {} } } },
      'f:metadata': { 'f:labels': {} },
    };
    expect(
      withoutFields([{ manager: 'kubectl', operation: 'Update', time: '2026-06-01T12:00:00Z', fieldsV1 }]),
    ).toEqual([
      {
        manager: 'kubectl',
        operation: 'Update',
        time: '2026-06-01T12:00:00Z',
        fieldsV1: { 'f:spec': { 'f:routes': {} }, 'f:metadata': { 'f:labels': {} } },
      },
    ]);
  });

  it('leave out who writes the status, and what cannot be read', () => {
    expect(
      withoutFields([
        { manager: 'controller', subresource: 'status', fieldsV1: { 'f:status': {} } },
        { operation: 'Update' },
        'odd',
        { manager: 'apply', subresource: '', fieldsV1: 'odd' },
      ]),
    ).toEqual([{ manager: 'apply', subresource: '', fieldsV1: {} }]);
    expect(withoutFields('odd')).toEqual([]);
    expect(withoutFields(undefined)).toEqual([]);
  });
});
