/** The console's route tester beside the sandbox's own routing, which was written apart from it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { topologyAnswer } from '@/lib/api/topology';
import type { GatewayRoute, Route, Router } from '@/lib/mesh/model';
import { decide, type RouteRequest } from '@/lib/mesh/routing/decide';
import { forwarded } from '@/lib/mesh/routing/forward';
import type { GatewayCard } from '@/lib/mesh/topology';
import { openConsole, type MeshConsole } from './console';
import { ask, SOURCE, until, quietConfig } from './testing/rig';
import { GROUND, MESH, world, type World } from './testing/route-worlds';
import { startSandbox, type RunningSandbox } from './testing/sandbox';

const SEED = 20_260_930;
const ROUTERS = 140;
const GATEWAYS = 60;
const REQUESTS_EACH = 50;

const answers = z.object({
  answers: z.array(
    z.object({
      route: z.string().nullable(),
      sent: z.object({ host: z.string(), path: z.string(), port: z.number().optional() }).optional(),
    }),
  ),
});

const worlds: World[] = Array.from({ length: ROUTERS + GATEWAYS }, (_, n) => {
  const [one] = fc.sample(world(n < ROUTERS ? 'router' : 'gateway', `w${n}`, REQUESTS_EACH), {
    seed: SEED + n,
    numRuns: 1,
  });
  if (!one) throw new Error('nothing was made up');
  return one;
});

let folder: string;
let sandbox: RunningSandbox;
let console: MeshConsole;
let nodes: Map<string, Router | GatewayCard>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meshdeck-routing-'));
  const objects = [...GROUND, ...worlds.flatMap(({ manifests }) => manifests)];
  const file = join(folder, 'worlds.yaml');
  writeFileSync(file, objects.map((object) => JSON.stringify(object)).join('\n---\n'));
  sandbox = await startSandbox('tutorial', ['--manifests', file]);
  console = openConsole(quietConfig(sandbox.kubeconfig));
  await until(console, () => console.sources.every((source) => source.hub.ready()));
  const { body } = await ask(console, 'GET', `${SOURCE}/meshes/${MESH}/topology`);
  nodes = new Map(
    topologyAnswer
      .parse(body)
      .nodes.flatMap((node) =>
        node.kind === 'router' || node.kind === 'gateway' ? [[node.ref.name, node]] : [],
      ),
  );
}, 60_000);

afterAll(async () => {
  console.stop();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the route tester and the sandbox', () => {
  it('send 10,000 requests the same way', async () => {
    /** How often each kind of condition let a request through, and turned one away. */
    const seen = new Map<string, { met: number; missed: number }>();
    let taken = 0;
    let asked = 0;
    for (const { kind, name, requests } of worlds) {
      const entity = nodes.get(name);
      if (!entity) throw new Error(`${kind} ${name} is not there`);
      const question = { mesh: MESH, [kind]: entity.awsName, requests };
      const told = answers.parse(await sandbox.request('POST', '/_sandbox/route', question)).answers;
      for (const [n, request] of requests.entries()) {
        const decision = decide(entity, request);
        const { route } = decision;
        const own = { route: null, ...(route && outcomeOf(route, request)) };
        expect(own, JSON.stringify({ entity: manifestsOf(name), request }, undefined, 1)).toEqual(told[n]);
        asked += 1;
        if (route) taken += 1;
        for (const { reasons } of decision.considered)
          for (const reason of reasons) {
            if (!('condition' in reason)) continue;
            const { on, operator, negated } = reason.condition;
            const key = `${negated === true ? 'not ' : ''}${on} ${operator}`;
            const counts = seen.get(key) ?? { met: 0, missed: 0 };
            counts[reason.met ? 'met' : 'missed'] += 1;
            seen.set(key, counts);
          }
      }
    }
    expect(asked).toBe(10_000);
    // Without a good part of both outcomes, and every kind of condition met and missed, agreement would say little.
    expect(taken / asked).toBeGreaterThan(0.35);
    expect(taken / asked).toBeLessThan(0.85);
    expect(Object.fromEntries(seen)).toEqual(
      Object.fromEntries(KINDS.map((key) => [key, { met: expect.any(Number), missed: expect.any(Number) }])),
    );
    for (const [key, { met, missed }] of seen) expect(Math.min(met, missed), key).toBeGreaterThanOrEqual(15);
  });
});

/** The name the API has for a route, and what a gateway makes of the request. */
function outcomeOf(route: Route | GatewayRoute, request: RouteRequest) {
  if (!('kind' in route)) return { route: route.name };
  const { host, path, port } = forwarded(route, request, 's.shop.local');
  return { route: route.awsName, sent: { host, path, ...(port !== undefined && { port }) } };
}

const manifestsOf = (name: string) => worlds.find((each) => each.name === name)?.manifests;

const VALUES = ['exact', 'prefix', 'suffix', 'regex', 'range', 'present'];
const KINDS = [
  'prefix prefix',
  'path exact',
  'path regex',
  'method exact',
  'scheme exact',
  'hostname exact',
  'hostname suffix',
  'query exact',
  'query present',
  'service exact',
  'port exact',
  ...['header', 'metadata'].flatMap((on) =>
    VALUES.flatMap((operator) => [`${on} ${operator}`, `not ${on} ${operator}`]),
  ),
];
