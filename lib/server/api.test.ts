import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  accessAnswer,
  meshesAnswer,
  objectAnswer,
  sourcesAnswer,
  topologyAnswer,
  topologyWithParts,
} from '@/lib/api/topology';
import { matchPath } from './dispatch';
import { metricsText, readiness } from './health';
import { ROUTES } from './routes';
import { SOURCE, startRig, type Rig } from './testing/rig';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('shop');
}, 60_000);
afterAll(() => rig.stop());

describe('the API over the shop', () => {
  it('lists its source, live', async () => {
    const { sources } = sourcesAnswer.parse((await rig.ask('GET', '/api/v1/sources')).body);
    expect(sources).toMatchObject([{ id: 'sandbox', kind: 'kubernetes', readOnly: false }]);
    expect(sources[0]?.server).toBe(rig.sandbox.url);
  });

  it('knows the mesh to be current at the moment it is asked, not when its state last changed', async () => {
    const [source] = rig.console.sources;
    await expect.poll(() => source?.state().phase).toBe('live');
    const asked = new Date(Date.now() + 60_000);
    vi.useFakeTimers({ toFake: ['Date'], now: asked });
    const told = [source?.state(), source?.describe().state];
    vi.useRealTimers();
    expect(told).toMatchObject([
      { phase: 'live', currentAsOf: asked.toISOString() },
      { phase: 'live', currentAsOf: asked.toISOString() },
    ]);
  });

  it('lists its mesh with counts, and gives its topology', async () => {
    const { meshes } = meshesAnswer.parse((await rig.ask('GET', `${SOURCE}/meshes`)).body);
    const name = meshes[0]?.name ?? '';
    expect(meshes[0]?.counts['node']).toBeGreaterThan(10);
    const answer = await rig.ask('GET', `${SOURCE}/meshes/${name}/topology`);
    const { nodes, edges, findings } = topologyAnswer.parse(answer.body);
    expect(nodes.length).toBeGreaterThan(20);
    expect(edges.filter(({ kind }) => kind === 'route-target').length).toBeGreaterThan(5);
    expect(findings.length).toBeGreaterThan(0);
    const list = await rig.ask('GET', `${SOURCE}/meshes/${name}/findings`);
    expect(list.body.findings).toEqual(answer.body.findings);
  });

  it('gives the part of a topology that an expression finds', async () => {
    const find = (q: string) => rig.ask('GET', `${SOURCE}/meshes/shop/topology?q=${encodeURIComponent(q)}`);
    const whole = topologyWithParts.parse((await rig.ask('GET', `${SOURCE}/meshes/shop/topology`)).body);
    const part = topologyWithParts.parse((await find('kind in (router,node) AND namespace=shop')).body);
    expect(part).toMatchObject({
      query: 'kind in (router, node) and namespace = shop',
      matched: part.nodes.length,
      total: whole.nodes.length,
    });
    expect(part.nodes.length).toBeGreaterThan(5);
    expect(part.nodes.every(({ kind }) => kind === 'router' || kind === 'node')).toBe(true);
    const keys = new Set<string>(part.nodes.map(({ key }) => key));
    expect(part.edges).toEqual(
      whole.edges.filter(({ source, target }) => keys.has(source) && keys.has(target)),
    );
    const flawed = topologyWithParts.parse((await find('finding.severity >= warning')).body);
    expect(flawed.findings.length).toBeGreaterThan(0);
    expect(flawed.nodes.length).toBeLessThan(whole.nodes.length);
    expect((await find('')).body).toMatchObject({ matched: whole.nodes.length });
  });

  it('tells the place of what cannot be read in an expression', async () => {
    const { status, body } = await rig.ask('GET', `${SOURCE}/meshes/shop/topology?q=wieght+%3C+5`);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'E105',
      values: { at: 0, length: 6, reason: 'There is no field “wieght”.' },
      errors: [{ path: 'q', message: 'There is no field “wieght”.' }],
    });
    expect(body.values.expected.split(' ')).toContain('weight');
  });

  it('gives an object as YAML, and what the console may do', async () => {
    const { meshes } = meshesAnswer.parse((await rig.ask('GET', `${SOURCE}/meshes`)).body);
    const name = meshes[0]?.name ?? '';
    const object = objectAnswer.parse((await rig.ask('GET', `${SOURCE}/objects/mesh/_/${name}`)).body);
    expect(object.yaml).toContain(`kind: Mesh`);
    const { access } = accessAnswer.parse((await rig.ask('GET', `${SOURCE}/access?namespace=shop`)).body);
    expect(access).toContainEqual(
      expect.objectContaining({ verb: 'patch', resource: 'virtualrouters', allowed: true }),
    );
  });

  it.each([
    ['/api/v1/sources/nowhere/meshes', 'E301'],
    [`${SOURCE}/meshes/nowhere/topology`, 'E302'],
    [`${SOURCE}/meshes/%E0%A4%A/topology`, 'E305'],
    [`${SOURCE}/objects/router/shop/nobody`, 'E303'],
    [`${SOURCE}/objects/secret/shop/nobody`, 'E303'],
    [`${SOURCE}/objects/unresolved/shop/nobody`, 'E303'],
    [`${SOURCE}/access?namespace=${'x'.repeat(100)}`, 'E101'],
    ['/api/v2/sources', 'E305'],
    ['/api', 'E305'],
  ])('answers %s with %s', async (path, code) => {
    const { status, body, headers } = await rig.ask('GET', path);
    expect(body).toMatchObject({ code, status });
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('names the methods a path has', async () => {
    const { status, headers, body } = await rig.ask('DELETE', '/api/v1/sources');
    expect(status).toBe(405);
    expect(body).toMatchObject({ code: 'E305', status: 405 });
    expect(headers.get('allow')).toBe('GET');
  });

  it('does not answer a name that was pointed at it', async () => {
    const { body } = await rig.ask('GET', '/api/v1/sources', undefined, { host: 'evil.example' });
    expect(body.code).toBe('E104');
  });

  it('describes every route in its document', async () => {
    const { body } = await rig.ask('GET', '/api/v1/openapi.json');
    for (const { path, method } of ROUTES)
      expect(body.paths[path][method.toLowerCase()].responses).toHaveProperty('default');
    expect(JSON.stringify(body)).toContain('acknowledgeOwner');
  });

  it('is ready and counts', async () => {
    expect(readiness(rig.console).status).toBe(200);
    expect(await metricsText(rig.console).text()).toContain('meshdeck_source_live{source="sandbox"} 1');
  });
});

describe('a path under a template', () => {
  it('gives its parameters decoded', () => {
    expect(matchPath('/a/{b}/c', '/a/x%20y/c')).toEqual({ b: 'x y' });
  });
  it.each(['/a//c', '/a/x/d', '/a/x/c/e', '/a/%/c'])('does not fit: %s', (path) => {
    expect(matchPath('/a/{b}/c', path)).toBeUndefined();
  });
});
