import { describe, expect, it } from 'vitest';
import { ownCrds } from '../crds';
import { crdTypes } from './crd-types';
import type { Schema } from './schema';
import { applyDefaults, prune, validate } from './schema';
import type { KubeObject } from './types';

const router = ownCrds()
  .flatMap((crd) => crdTypes(crd as KubeObject)) // the project's own files
  .find((type) => type.plural === 'virtualrouters');
const schema = router?.schema as Schema; // its CRD has one

const withWeight = (weight: unknown, extra: object = {}) => ({
  apiVersion: 'appmesh.k8s.aws/v1beta2',
  kind: 'VirtualRouter',
  metadata: { name: 'cart' },
  spec: {
    routes: [
      {
        name: 'all',
        httpRoute: {
          match: { prefix: '/' },
          action: { weightedTargets: [{ virtualNodeRef: { name: 'cart-v1' }, weight, ...extra }] },
        },
      },
    ],
  },
});
const WEIGHT = 'spec.routes[0].httpRoute.action.weightedTargets[0].weight';

describe('validate', () => {
  it('accepts a weight from 0 to 100', () => {
    expect(validate(withWeight(0), schema)).toEqual([]);
    expect(validate(withWeight(100), schema)).toEqual([]);
  });

  it.each([
    [101, `Invalid value: 101: ${WEIGHT} in body should be less than or equal to 100`],
    [-1, `Invalid value: -1: ${WEIGHT} in body should be greater than or equal to 0`],
    [33.5, `Invalid value: "number": ${WEIGHT} in body must be of type integer: "number"`],
    ['10', `Invalid value: "string": ${WEIGHT} in body must be of type integer: "string"`],
    [undefined, 'Required value'],
  ])('refuses the weight %s in the words of the API server', (weight, message) => {
    expect(validate(withWeight(weight), schema)).toMatchObject([{ field: WEIGHT, message }]);
  });

  it('refuses an empty list of targets', () => {
    const object = withWeight(1);
    object.spec.routes[0]?.httpRoute.action.weightedTargets.pop();
    expect(validate(object, schema).map((cause) => cause.message)).toEqual([
      'Invalid value: 0: spec.routes[0].httpRoute.action.weightedTargets in body should have at least 1 items',
    ]);
  });

  it('names the supported values of an enum', () => {
    const object = { spec: { listeners: [{ portMapping: { port: 80, protocol: 'udp' } }] } };
    expect(validate(object, schema)[0]?.message).toMatch(/^Unsupported value: "udp": supported values: "/);
  });
});

describe('prune', () => {
  it('drops unknown fields inside spec and names them, and keeps unknown ones at the root', () => {
    const object = { ...withWeight(1, { colour: 'blue' }), extra: 1 };
    expect(prune(object, schema)).toEqual(['spec.routes[0].httpRoute.action.weightedTargets[0].colour']);
    expect(object).toEqual({ ...withWeight(1), extra: 1 });
  });
});

describe('applyDefaults', () => {
  it('fills in nested defaults without touching what is set', () => {
    const object = { spec: { items: [{ a: 1 }, {}] } };
    applyDefaults(object, {
      properties: { spec: { properties: { items: { items: { properties: { a: { default: 7 } } } } } } },
    });
    expect(object).toEqual({ spec: { items: [{ a: 1 }, { a: 7 }] } });
  });
});
