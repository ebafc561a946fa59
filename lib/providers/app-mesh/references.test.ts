import { describe, expect, it } from 'vitest';
import { findFindings } from '@/lib/mesh/findings';
import { buildModels } from './build-models';
import { entity, member, meshObject, NOW, readMesh, routerTo, stray, toNode, worldOf } from './fixtures';
import { parseArn } from './references';
import type { RawObject } from './resources';

/** What one target of a router leads to, with these other objects in the cluster. */
function resolved(target: object, ...others: RawObject[]) {
  const model = readMesh(meshObject(), routerTo('cart', { weight: 1, ...target }), ...others);
  const [found] = entity(model, 'router', 'cart').routes[0]?.targets ?? [];
  return found;
}

const ARN = 'arn:aws:appmesh:eu-west-1:111122223333:mesh/shop-mesh/virtualNode/cart-v1';
const byArn = (arn: string) => ({ virtualNodeARN: arn });

describe('a reference', () => {
  it('without a namespace, or with an empty one, is to an object beside', () => {
    const node = member('VirtualNode', 'a');
    for (const ref of [{ name: 'a' }, { name: 'a', namespace: '' }, { name: 'a', namespace: null }])
      expect(resolved({ virtualNodeRef: ref }, node)).toMatchObject({
        key: 'node:shop/a',
        namespace: 'shop',
        name: 'a',
        resolution: 'ok',
      });
  });

  it('with a namespace is to an object there', () => {
    const target = { virtualNodeRef: { name: 'a', namespace: 'pay' } };
    const there = member('VirtualNode', 'a', {}, { namespace: 'pay' });
    expect(resolved(target, there)).toMatchObject({ key: 'node:pay/a', resolution: 'ok' });
    expect(resolved(target, member('VirtualNode', 'a'))).toMatchObject({ resolution: 'missing' });
  });

  it('to an object of another kind is missing', () => {
    expect(resolved(toNode('a', 1), member('VirtualService', 'a'))).toMatchObject({ resolution: 'missing' });
  });

  it('to an object of another mesh says so', () => {
    const other = stray('Mesh', 'other', {}, { namespace: '', metadata: { uid: 'uid-other' } });
    const foreign = stray('VirtualNode', 'a', { meshRef: { name: 'other', uid: 'uid-other' } });
    expect(resolved(toNode('a', 1), other, foreign)).toMatchObject({ resolution: 'otherMesh' });
  });

  it('to an object that cannot be read finds it all the same', () => {
    expect(resolved(toNode('a', 1), member('VirtualNode', 'a', { listeners: 7 }))).toMatchObject({
      resolution: 'ok',
    });
  });

  it('that is not there, beside no ARN, is unset', () => {
    expect(resolved({})).toMatchObject({ resolution: 'unset', namespace: '', name: '' });
    expect(resolved({ virtualNodeRef: null, virtualNodeARN: '' })).toMatchObject({ resolution: 'unset' });
  });
});

describe('an ARN', () => {
  it.each([ARN, 'mesh/shop-mesh/virtualNode/cart-v1', ARN.replace('shop-mesh', 'shop-mesh@444455556666')])(
    'leads to the local object of that AWS name: %s',
    (arn) => {
      const node = member('VirtualNode', 'a', { awsName: 'cart-v1' }, { namespace: 'pay' });
      expect(resolved(byArn(arn), node)).toEqual(
        expect.objectContaining({ key: 'node:pay/a', namespace: 'pay', name: 'a', resolution: 'ok', arn }),
      );
    },
  );

  it('knows the AWS name that the webhook would have given', () => {
    const arn = ARN.replace('cart-v1', 'a_shop');
    expect(resolved(byArn(arn), member('VirtualNode', 'a'))).toMatchObject({ resolution: 'ok' });
  });

  it('of something this cluster does not hold is foreign and sound', () => {
    const target = resolved(byArn(ARN), member('VirtualNode', 'a', { awsName: 'other' }));
    expect(target).toMatchObject({ resolution: 'foreign', name: 'cart-v1', key: `unresolved:/${ARN}` });
    expect(target?.arnUnfit).toBeUndefined();
  });

  it('of another mesh is foreign although the AWS name is one of this mesh', () => {
    const node = member('VirtualNode', 'a', { awsName: 'cart-v1' });
    expect(resolved(byArn(ARN.replace('shop-mesh', 'other')), node)).toMatchObject({ resolution: 'foreign' });
  });

  it.each(['arn:aws:iam::1:role/x', 'nonsense', 'mesh/shop-mesh/virtualNode', `${ARN}/more`])(
    'that is none is unfit: %s',
    (arn) => {
      expect(resolved(byArn(arn))).toMatchObject({ resolution: 'foreign', name: arn, arnUnfit: true });
    },
  );

  it('of another type is unfit, even when an object of that name is there', () => {
    const arn = ARN.replace('virtualNode', 'virtualRouter');
    const router = member('VirtualRouter', 'b', { awsName: 'cart-v1' });
    expect(resolved(byArn(arn), router)).toMatchObject({ resolution: 'foreign', arnUnfit: true });
  });

  it('wins over a reference, and the reference is remembered', () => {
    const node = member('VirtualNode', 'a', { awsName: 'cart-v1' });
    const target = { virtualNodeRef: { name: 'b' }, virtualNodeARN: ARN };
    expect(resolved(target, node)).toMatchObject({ key: 'node:shop/a', ignoredRef: 'shop/b' });
  });

  it.each(['virtualNode', 'virtualService', 'virtualRouter', 'virtualGateway'])('may be of a %s', (type) => {
    expect(parseArn(`mesh/m@1/${type}/n`)).toMatchObject({ mesh: 'm', name: 'n' });
  });

  it('is not of a route, nor of a word every object knows', () => {
    expect(parseArn('mesh/m/route/n')).toBeUndefined();
    expect(parseArn('mesh/m/constructor/n')).toBeUndefined();
  });
});

describe('a provider', () => {
  const providerOf = (provider: unknown, ...others: RawObject[]) =>
    entity(readMesh(member('VirtualService', 'cart', { provider }), ...others), 'service', 'cart').provider;

  it('is a router, a node, or none', () => {
    const router = { virtualRouter: { virtualRouterRef: { name: 'r' } } };
    expect(providerOf(router, member('VirtualRouter', 'r'))).toMatchObject({
      kind: 'router',
      target: { key: 'router:shop/r', resolution: 'ok' },
    });
    expect(providerOf({ virtualNode: { virtualNodeRef: { name: 'n' } } })).toMatchObject({
      kind: 'node',
      target: { resolution: 'missing' },
    });
    expect(providerOf({})).toEqual({ kind: 'none' });
    expect(providerOf(null)).toEqual({ kind: 'none' });
  });

  it('of both kinds cannot be read, since App Mesh takes one', () => {
    const provider = {
      virtualRouter: { virtualRouterRef: { name: 'r' } },
      virtualNode: { virtualNodeRef: { name: 'n' } },
    };
    const { malformed } = readMesh(member('VirtualService', 'cart', { provider }));
    expect(malformed).toMatchObject([{ key: 'service:shop/cart', problems: [{ path: 'spec.provider' }] }]);
  });
});

describe('a reference into what was not read', () => {
  const router = routerTo('cart', toNode('a', 1), { ...byArn(ARN), weight: 1 });
  const whole = worldOf(meshObject(), router);
  const { virtualnodes: _, ...unread } = whole;
  const targetsIn = (model: ReturnType<typeof readMesh> | undefined) =>
    model && entity(model, 'router', 'cart').routes[0]?.targets.map(({ resolution }) => resolution);

  it('is neither missing nor there, by name and by ARN, and no trouble', () => {
    const [model] = buildModels(unread, NOW);
    expect(targetsIn(model)).toEqual(['unread', 'unread']);
    expect(model && findFindings(model, NOW).filter(({ code }) => code === 'MD101')).toEqual([]);
  });

  it('is missing as soon as its kind was read and it was not there, and the other way round', () => {
    const first = buildModels(unread, NOW);
    const second = buildModels(whole, NOW, first);
    expect(targetsIn(second[0])).toEqual(['missing', 'foreign']);
    expect(targetsIn(buildModels(unread, NOW, second)[0])).toEqual(['unread', 'unread']);
  });

  it('may be because the namespace was not', () => {
    const elsewhere = routerTo('cart', { virtualNodeRef: { name: 'a', namespace: 'pay' }, weight: 1 });
    const world = worldOf(meshObject(), elsewhere);
    expect(targetsIn(buildModels(world, NOW, [], ['shop'])[0])).toEqual(['unread']);
    expect(targetsIn(buildModels(world, NOW, [], ['shop', 'pay'])[0])).toEqual(['missing']);
  });
});
