import { describe, expect, it } from 'vitest';
import { buildTopology } from '../build-topology';
import {
  gateway,
  gatewayRoute,
  modelOf,
  node,
  prefix,
  route,
  router,
  service,
  to,
  weighted,
} from '../fixtures';
import { plainRequest } from './fit';
import { trailOf } from './trail';

const web = router('web', [
  route('all', {
    match: [prefix('/')],
    targets: [weighted(to('node', 'v1'), 9), weighted(to('node', 'v2'), 1), weighted(to('node', 'v3'), 0)],
  }),
]);
const model = modelOf([
  gateway('edge'),
  gatewayRoute('way', to('gateway', 'edge'), to('service', 'web'), { match: [prefix('/shop')] }),
  gatewayRoute('solo', to('gateway', 'edge'), to('service', 'solo'), { match: [prefix('/solo')] }),
  ...[service('web', { kind: 'router', target: to('router', 'web') }), web],
  ...[service('solo', { kind: 'node', target: to('node', 'v1') }), node('v1'), node('v2'), node('v3')],
]);
const { nodes, edges } = buildTopology(model);
const ask = (path: string) => {
  const edge = nodes.find(({ kind }) => kind === 'gateway');
  if (edge?.kind !== 'gateway') throw new Error('there is no gateway');
  return trailOf(edge, { ...plainRequest('http'), path }, (key) => model.entities.get(key));
};

describe('the way of a request', () => {
  it('leads from a router to all targets that have weight', () => {
    expect(trailOf(web, plainRequest('http'), () => undefined)).toEqual([
      { source: web.key, row: 'all', target: to('node', 'v1').key },
      { source: web.key, row: 'all', target: to('node', 'v2').key },
    ]);
  });

  it('leads from a gateway through the service, on edges that there are', () => {
    const way = [...ask('/shop/1'), ...ask('/solo')];
    expect(way.map(({ source, target }) => `${source} → ${target}`)).toEqual([
      'gateway:shop/edge → service:shop/web',
      'service:shop/web → router:shop/web',
      'router:shop/web → node:shop/v1',
      'router:shop/web → node:shop/v2',
      'gateway:shop/edge → service:shop/solo',
      'service:shop/solo → node:shop/v1',
    ]);
    for (const { source, row, target } of way)
      expect(edges.some((each) => each.source === source && each.row === row && each.target === target)).toBe(true); // prettier-ignore
  });

  it('leads nowhere where no route takes it', () => {
    expect(ask('/other')).toEqual([]);
    expect(trailOf(web, plainRequest('grpc'), () => undefined)).toEqual([]);
  });
});
