import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backendGroupKey,
  entityKey,
  gatewayKey,
  gatewayRouteKey,
  meshKey,
  nodeKey,
  parseEntityKey,
  routerKey,
  serviceKey,
} from './keys';

describe('a key', () => {
  it('is the kind, the namespace and the name', () => {
    expect([
      ...[meshKey('m'), gatewayKey('n', 'a'), gatewayRouteKey('n', 'a'), serviceKey('n', 'a')],
      ...[routerKey('n', 'a'), nodeKey('n', 'a'), backendGroupKey('n', '*')],
    ]).toEqual([
      ...['mesh:/m', 'gateway:n/a', 'gatewayRoute:n/a', 'service:n/a'],
      ...['router:n/a', 'node:n/a', 'backendGroup:n/*'],
    ]);
  });

  it('comes apart into what it was made of, whatever an ARN in it holds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'mesh',
          'gateway',
          'gatewayRoute',
          'service',
          'router',
          'node',
          'backendGroup',
          'unresolved',
        ),
        fc.string().filter((namespace) => !namespace.includes('/')),
        fc.oneof(
          fc.string({ minLength: 1, unit: 'grapheme' }),
          fc.constant('arn:aws:x:mesh/m/virtualNode/n\n'),
        ),
        (kind, namespace, name) => {
          const parsed = parseEntityKey(entityKey(kind, namespace, name));
          expect(parsed).toEqual({ kind, namespace, name });
        },
      ),
    );
  });

  it.each(['', 'node', 'node:', 'node:a', 'node:a/', 'pod:a/b', 'constructor:a/b', ' node:a/b', '/node:a/b'])(
    'is not “%s”',
    (text) => {
      expect(parseEntityKey(text)).toBeUndefined();
    },
  );
});
