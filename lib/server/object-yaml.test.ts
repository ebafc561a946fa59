import { describe, expect, it } from 'vitest';
import { objectYaml } from './object-yaml';

const object = (annotations?: Record<string, string>) => ({
  kind: 'VirtualRouter',
  metadata: {
    name: 'cart',
    managedFields: [{ manager: 'kubectl' }],
    ...(annotations === undefined ? {} : { annotations }),
  },
});

describe('an object as YAML', () => {
  it('has no managedFields, and the object keeps them', () => {
    const cart = object({ a: 'b' });
    expect(objectYaml(cart)).toBe('kind: VirtualRouter\nmetadata:\n  name: cart\n  annotations:\n    a: b\n');
    expect(cart).toEqual(object({ a: 'b' }));
  });

  it('has no annotations where all are left out, or there are none', () => {
    const plain = 'kind: VirtualRouter\nmetadata:\n  name: cart\n';
    expect(objectYaml(object({ history: 'long' }), ['history'])).toBe(plain);
    expect(objectYaml(object())).toBe(plain);
  });
});
