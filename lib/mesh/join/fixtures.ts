/** For the tests of this folder: a declared mesh, and the same as an App Mesh API holds it. */
import { entityKey } from '../keys';
import {
  gateway,
  gatewayRoute,
  group,
  mesh,
  modelOf,
  node,
  prefix,
  route,
  router,
  service,
  to,
  weighted,
} from '../fixtures';
import type { EntityKey } from '../keys';
import type { Entity, MeshModel, Route, Taken, Target } from '../model';
import type { Joined } from './index';
import { awsNameOf } from './names';
import { withTargets } from './references';

const takenOf = (path: string): Taken => ({
  uid: `api-${path}`,
  arn: `arn:aws:appmesh:eu-west-1:123456789012:mesh/shop/${path}`,
  version: 1,
});

function heldTarget<T extends Target>(target: T, kind: string, of: MeshModel): T {
  const awsName = awsNameOf(target, of) ?? target.name;
  const { arn: _, ...rest } = target;
  const key = entityKey(kind as Entity['kind'], '', awsName); // kinds of references are kinds of entities
  // The rest of T is as it was; only what every target has is replaced.
  return { ...rest, key, namespace: '', name: awsName, awsName, resolution: 'ok' } as unknown as T;
}

/** An entity as the API holds it: AWS names for keys and references. */
function held(entity: Entity, of: MeshModel): Entity {
  const gateway = entity.kind === 'gatewayRoute' ? `${awsNameOf(entity.gateway, of) ?? ''}/` : '';
  const path = `${gateway}${entity.awsName}`;
  const taken = takenOf(`${entity.kind}/${path}`);
  const named = withTargets(entity, (target, kind) => heldTarget(target, kind, of));
  return {
    ...named,
    key: entityKey(entity.kind, '', path),
    ref: { ...entity.ref, namespace: '', name: entity.awsName, uid: taken.uid, arn: taken.arn },
    acceptance: 'accepted',
    taken,
    ...(named.kind === 'router'
      ? { routes: named.routes.map((route) => ({ ...route, taken: takenOf(`route/${path}/${route.name}`) })) }
      : {}),
  };
}

/** What an API holds when all of `declared` was taken. */
export function heldModel(declared: MeshModel, more: Partial<MeshModel> = {}): MeshModel {
  const entities: MeshModel['entities'] = new Map();
  for (const entity of declared.entities.values()) {
    if (entity.kind === 'backendGroup') continue;
    const twin = held(entity, declared);
    entities.set(twin.key, twin);
  }
  return { mesh: mesh({ taken: takenOf('') }), entities, malformed: [], ...more };
}

export const key = (text: string) => text as EntityKey; // the tests' own names

/** gateway → service → router → two nodes, one of which calls a second service. */
const shop = (): Entity[] => [
  gateway('door', { awsName: 'door_shop' }),
  gatewayRoute('in', to('gateway', 'door'), to('service', 'cart'), { awsName: 'in_shop' }),
  service('cart', { kind: 'router', target: to('router', 'cart') }, { awsName: 'cart.shop' }),
  service('pay', { kind: 'node', target: to('node', 'b') }, { awsName: 'pay.shop' }),
  router(
    'cart',
    [
      route('all', {
        match: [prefix('/')],
        targets: [weighted(to('node', 'a'), 90), weighted(to('node', 'b'), 10)],
      }),
      route('beta', { priority: 1, match: [prefix('/beta')], targets: [weighted(to('node', 'b'), 1, 8080)] }),
    ],
    { awsName: 'cart_shop' },
  ),
  node('a', [to('service', 'pay')], { awsName: 'a_shop' }),
  node('b', [], { awsName: 'b_shop' }),
  group('all', [to('service', 'pay')]),
];

export const declaredModel = (change: (entity: Entity) => Entity = (entity) => entity) =>
  modelOf(
    shop().map((entity) => change({ ...entity, ref: { ...entity.ref, arn: `arn-of-${entity.awsName}` } })),
  );

/** The model with one entity changed. */
export function changed<K extends Entity['kind']>(
  model: MeshModel,
  kind: K,
  name: string,
  change: (entity: Extract<Entity, { kind: K }>) => Partial<Extract<Entity, { kind: K }>>,
): MeshModel {
  const at = entityKey(
    kind,
    [...model.entities.keys()].some((each) => each.includes(':shop/')) ? 'shop' : '',
    name,
  );
  const found = model.entities.get(at);
  if (found?.kind !== kind) throw new Error(`no ${at}`);
  const entity = found as Extract<Entity, { kind: K }>; // the kind was just compared
  return { ...model, entities: new Map(model.entities).set(at, { ...entity, ...change(entity) }) };
}

export const changedRoute = (model: MeshModel, name: string, at: number, more: Partial<Route>) =>
  changed(model, 'router', name, ({ routes }) => ({
    routes: routes.map((each, i) => (i === at ? { ...each, ...more } : each)),
  }));

export const codes = (drift: Joined['drift']) =>
  drift.map(({ code, subject, details }) => [code, subject, details]);
