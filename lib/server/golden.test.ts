/**
 * The walkthroughs of the App Mesh examples, loaded as they are into a cluster with the controller's own CRDs. How many
 * things and references each holds was counted by hand from the manifests.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topologyAnswer, type TopologyAnswer } from '@/lib/api/topology';
import { openConsole, type MeshConsole } from './console';
import { ask, SOURCE, until } from './testing/rig';
import { startSandbox, type RunningSandbox } from './testing/sandbox';

const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const present = existsSync(`${shared}samples`) && existsSync(`${shared}crds`);
const samples = present ? readdirSync(`${shared}samples`).sort() : [];

/** Two evolutions of one walkthrough have the same names and need a cluster each. */
const AGAIN = 'howto-k8s-metrics-extension-v2.yaml';

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
  spec: z.unknown().optional(),
});
type Manifest = z.infer<typeof manifest>;

const objectsOf = (file: string): Manifest[] =>
  parseAllDocuments(readFileSync(`${shared}samples/${file}`, 'utf8'))
    .map((document): unknown => document.toJS())
    .filter((object) => object !== null)
    .map((object) => manifest.parse(object));

const meshOf = (file: string) =>
  objectsOf(file).find(({ kind }) => kind === 'Mesh')?.metadata.name ?? 'no mesh';

const resources = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
});

/** Creates an object at the path that discovery gives for its kind. */
async function create(sandbox: RunningSandbox, object: Manifest): Promise<void> {
  const { apiVersion, kind, metadata } = object;
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const known = resources.parse(await sandbox.request('GET', root)).resources;
  const found = known.find((each) => each.kind === kind && !each.name.includes('/'));
  if (!found) throw new Error(`the sandbox has no ${kind} of ${apiVersion}`);
  const within = found.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
  await sandbox.request('POST', `${root}${within}/${found.name}?fieldValidation=Strict`, object);
}

const loaded = new Map<string, { topology: TopologyAnswer; objects: Manifest[] }>();
const stops: (() => Promise<void> | void)[] = [];

async function openOver(sandbox: RunningSandbox): Promise<MeshConsole> {
  const console = openConsole({
    kubeconfig: sandbox.kubeconfig,
    contexts: [],
    appMesh: [],
    inCluster: false,
    namespaces: undefined,
    readOnly: false,
    host: undefined,
    logLevel: 'silent',
  });
  stops.unshift(() => console.stop());
  await until(console, () => console.sources.every((source) => source.hub.ready()));
  return console;
}

async function load(files: readonly string[]): Promise<void> {
  const sandbox = await startSandbox('tutorial', ['--crds', `${shared}crds`]);
  stops.unshift(() => sandbox.stop());
  for (const file of files) for (const object of objectsOf(file)) await create(sandbox, object);
  const console = await openOver(sandbox);
  for (const file of files) {
    const { status, body } = await ask(console, 'GET', `${SOURCE}/meshes/${meshOf(file)}/topology`);
    if (status === 200) loaded.set(file, { topology: topologyAnswer.parse(body), objects: objectsOf(file) });
  }
}

/** One expected edge: what it leads from (or the row it starts at) and to, as `namespace/name`. */
interface Reference {
  kind: string;
  from: string;
  to: string;
}

const ref = z.object({ name: z.string(), namespace: z.string().optional() });
const target = z.object({ virtualNodeRef: ref.optional() });
const action = z.object({ action: z.object({ weightedTargets: z.array(target) }) }).optional();
const toService = z.object({ virtualServiceRef: ref.optional(), virtualServiceARN: z.string().optional() });
const toTarget = z
  .object({ action: z.object({ target: z.object({ virtualService: toService }) }) })
  .optional();
const specs = {
  VirtualService: z.object({
    provider: z
      .object({
        virtualRouter: z.object({ virtualRouterRef: ref.optional() }).optional(),
        virtualNode: z.object({ virtualNodeRef: ref.optional() }).optional(),
      })
      .optional(),
  }),
  VirtualRouter: z.object({
    routes: z.array(z.object({ httpRoute: action, http2Route: action, grpcRoute: action, tcpRoute: action })),
  }),
  VirtualNode: z.object({ backends: z.array(z.object({ virtualService: toService })).optional() }),
  GatewayRoute: z.object({ httpRoute: toTarget, http2Route: toTarget, grpcRoute: toTarget }),
};

/** Every reference that a manifest makes, by name or ARN, read without the console's own code. */
function referencesOf({ kind, metadata, spec }: Manifest): Reference[] {
  const from = `${metadata.namespace}/${metadata.name}`;
  const point = (edge: string, to: z.infer<typeof ref> | undefined): Reference[] =>
    to ? [{ kind: edge, from, to: `${to.namespace ?? metadata.namespace}/${to.name}` }] : [];
  const toward = (edge: string, { virtualServiceRef, virtualServiceARN: arn }: z.infer<typeof toService>) =>
    arn === undefined ? point(edge, virtualServiceRef) : [{ kind: edge, from, to: `/${arn}` }];
  switch (kind) {
    case 'VirtualService': {
      const { provider } = specs.VirtualService.parse(spec);
      return [
        ...point('provider', provider?.virtualRouter?.virtualRouterRef),
        ...point('provider', provider?.virtualNode?.virtualNodeRef),
      ];
    }
    case 'VirtualRouter':
      return specs.VirtualRouter.parse(spec)
        .routes.flatMap((route) => Object.values(route))
        .flatMap((route) => route?.action.weightedTargets ?? [])
        .flatMap(({ virtualNodeRef }) => point('route-target', virtualNodeRef));
    case 'VirtualNode':
      return (specs.VirtualNode.parse(spec).backends ?? []).flatMap(({ virtualService }) =>
        toward('backend', virtualService),
      );
    case 'GatewayRoute':
      return Object.values(specs.GatewayRoute.parse(spec)).flatMap((route) =>
        route ? toward('gateway-route', route.action.target.virtualService) : [],
      );
    default:
      return [];
  }
}

const placeOf = (key: string) => key.slice(key.indexOf(':') + 1);

/** The edges of a topology as references; those of gateway routes start at their row. */
const edgesOf = ({ edges }: TopologyAnswer): Reference[] =>
  edges.map(({ kind, source, row, target }) => ({
    kind,
    from: placeOf(kind === 'gateway-route' ? (row ?? '') : source),
    to: placeOf(target),
  }));

const sorted = (references: Reference[]) =>
  references.map(({ kind, from, to }) => `${kind} ${from} -> ${to}`).sort();

function countsOf({ nodes, edges }: TopologyAnswer) {
  const of = <K extends (typeof nodes)[number]['kind']>(kind: K) =>
    nodes.filter((node) => node.kind === kind);
  const kinds = (kind: string, to = '') =>
    edges.filter((edge) => edge.kind === kind && edge.target.startsWith(to)).length;
  const rows = nodes.flatMap((node) => (node.kind === 'gateway' ? node.rows : []));
  const routes = nodes.flatMap((node) => (node.kind === 'router' ? node.routes : []));
  return [
    rows.length,
    of('service').length,
    of('router').length,
    routes.length,
    of('node').length,
    kinds('route-target', 'node:'),
    kinds('provider', 'router:'),
    kinds('provider', 'node:'),
    kinds('backend', 'service:'),
    kinds('gateway-route', 'service:'),
  ];
}

describe.skipIf(!present)('the topology of a walkthrough', () => {
  beforeAll(async () => {
    await Promise.all([load(samples.filter((file) => file !== AGAIN)), load([AGAIN])]);
  }, 120_000);
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  it.each([
    // gateway routes, services, routers, routes, nodes; then edges: route to node, service to router, service to node,
    // backend, gateway route to service
    ['howto-k8s-ingress-gateway', [2, 2, 2, 10, 5, 10, 2, 0, 0, 2]],
    ['howto-k8s-http-ingress-v2', [7, 4, 1, 2, 5, 2, 1, 3, 0, 7]],
    ['howto-k8s-http-headers', [0, 1, 1, 5, 6, 5, 1, 0, 1, 0]],
    ['howto-k8s-metrics-extension-v1', [1, 3, 1, 1, 4, 2, 1, 2, 2, 1]],
    ['howto-k8s-http2', [0, 1, 1, 1, 4, 3, 1, 0, 1, 0]],
    ['howto-k8s-grpc', [0, 1, 1, 1, 2, 1, 1, 0, 1, 0]],
  ])('%s has the counts it has in its manifests', (name, counts) => {
    const found = loaded.get(`${name}.yaml`);
    expect(found && countsOf(found.topology)).toEqual(counts);
  });

  it.each(samples)('%s has every reference as an edge, and no other', (file) => {
    const found = loaded.get(file);
    expect(found).toBeDefined();
    const expected = (found?.objects ?? []).flatMap(referencesOf);
    expect(sorted(found ? edgesOf(found.topology) : [])).toEqual(sorted(expected));
    expect(expected.length).toBeGreaterThan(0);
  });

  it.each(samples)('%s has a finding for every edge that leads nowhere', (file) => {
    const { nodes = [], edges = [], findings = [] } = loaded.get(file)?.topology ?? {};
    const unresolved = new Set<string>(
      nodes.filter(({ kind }) => kind === 'unresolved').map(({ key }) => key),
    );
    const dangling = edges.filter((edge) => unresolved.has(edge.target));
    for (const { source, target } of dangling)
      expect(JSON.stringify(findings)).toMatch(new RegExp(`${source}|${target}`));
  });
});
