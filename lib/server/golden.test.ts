/**
 * The walkthroughs of the App Mesh examples, loaded as they are into a cluster with the controller's own CRDs. How many
 * things and references each holds was counted by hand from the manifests.
 */
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topologyAnswer, type TopologyAnswer } from '@/lib/api/topology';
import { openConsole, type MeshConsole } from './console';
import { ask, SOURCE, until, quietConfig } from './testing/rig';
import { startSandbox, type RunningSandbox } from './testing/sandbox';
import {
  COUNTS,
  countsOf,
  create,
  meshOf,
  objectsOf,
  walkthroughs,
  walkthroughsArePresent,
  WITH_OWN_CRDS,
  type Manifest,
} from './testing/walkthroughs';

/** Two evolutions of one walkthrough have the same names and need a cluster each. */
const AGAIN = 'howto-k8s-metrics-extension-v2.yaml';

const loaded = new Map<string, { topology: TopologyAnswer; objects: Manifest[] }>();
const stops: (() => Promise<void> | void)[] = [];

async function openOver(sandbox: RunningSandbox): Promise<MeshConsole> {
  const console = openConsole(quietConfig(sandbox.kubeconfig));
  stops.unshift(() => console.stop());
  await until(console, () => console.sources.every((source) => source.hub.ready()));
  return console;
}

async function load(files: readonly string[]): Promise<void> {
  const sandbox = await startSandbox('tutorial', WITH_OWN_CRDS);
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

describe.skipIf(!walkthroughsArePresent)('the topology of a walkthrough', () => {
  beforeAll(async () => {
    await Promise.all([load(walkthroughs.filter((file) => file !== AGAIN)), load([AGAIN])]);
  }, 120_000);
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  it.each(COUNTS)('%s has the counts it has in its manifests', (name, counts) => {
    const found = loaded.get(`${name}.yaml`);
    expect(found && countsOf(found.topology)).toEqual(counts);
  });

  it.each(walkthroughs)('%s has every reference as an edge, and no other', (file) => {
    const found = loaded.get(file);
    expect(found).toBeDefined();
    const expected = (found?.objects ?? []).flatMap(referencesOf);
    expect(sorted(found ? edgesOf(found.topology) : [])).toEqual(sorted(expected));
    expect(expected.length).toBeGreaterThan(0);
  });

  it.each(walkthroughs)('%s has a finding for every edge that leads nowhere', (file) => {
    const { nodes = [], edges = [], findings = [] } = loaded.get(file)?.topology ?? {};
    const unresolved = new Set<string>(
      nodes.filter(({ kind }) => kind === 'unresolved').map(({ key }) => key),
    );
    const dangling = edges.filter((edge) => unresolved.has(edge.target));
    for (const { source, target } of dangling)
      expect(JSON.stringify(findings)).toMatch(new RegExp(`${source}|${target}`));
  });
});
