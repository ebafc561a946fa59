/** The walkthroughs of the App Mesh examples, as manifests to be created in a sandbox. They lie beside the project, if anywhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { Topology } from '@/lib/mesh/topology';
import type { RunningSandbox } from './sandbox';

const shared = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

/** Whether the walkthroughs and the controller's own CRDs are there. */
export const walkthroughsArePresent = existsSync(`${shared}samples`) && existsSync(`${shared}crds`);
/** File names, in order. */
export const walkthroughs = walkthroughsArePresent ? readdirSync(`${shared}samples`).sort() : [];
/** Flags of a sandbox with the controller's own CRDs. */
export const WITH_OWN_CRDS = ['--crds', `${shared}crds`];

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
  spec: z.unknown().optional(),
});
export type Manifest = z.infer<typeof manifest>;

/** The objects of a walkthrough, in the order of the file. */
export const objectsOf = (file: string): Manifest[] =>
  parseAllDocuments(readFileSync(`${shared}samples/${file}`, 'utf8'))
    .map((document): unknown => document.toJS())
    .filter((object) => object !== null)
    .map((object) => manifest.parse(object));

/** Name of the mesh a walkthrough makes. */
export const meshOf = (file: string): string =>
  objectsOf(file).find(({ kind }) => kind === 'Mesh')?.metadata.name ?? 'no mesh';

const resources = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
});

/** Creates an object at the path that discovery gives for its kind. */
export async function create(sandbox: RunningSandbox, object: Manifest): Promise<void> {
  const { apiVersion, kind, metadata } = object;
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const known = resources.parse(await sandbox.request('GET', root)).resources;
  const found = known.find((each) => each.kind === kind && !each.name.includes('/'));
  if (!found) throw new Error(`the sandbox has no ${kind} of ${apiVersion}`);
  const within = found.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
  await sandbox.request('POST', `${root}${within}/${found.name}?fieldValidation=Strict`, object);
}

/**
 * What a mesh holds: gateway routes, services, routers, routes, nodes; then edges: route to node, service to router,
 * service to node, backend, gateway route to service. Counted by hand from the manifests.
 */
export const COUNTS: [name: string, counts: number[]][] = [
  ['howto-k8s-ingress-gateway', [2, 2, 2, 10, 5, 10, 2, 0, 0, 2]],
  ['howto-k8s-http-ingress-v2', [7, 4, 1, 2, 5, 2, 1, 3, 0, 7]],
  ['howto-k8s-http-headers', [0, 1, 1, 5, 6, 5, 1, 0, 1, 0]],
  ['howto-k8s-metrics-extension-v1', [1, 3, 1, 1, 4, 2, 1, 2, 2, 1]],
  ['howto-k8s-http2', [0, 1, 1, 1, 4, 3, 1, 0, 1, 0]],
  ['howto-k8s-grpc', [0, 1, 1, 1, 2, 1, 1, 0, 1, 0]],
];

/** The same of a picture. */
export function countsOf({ nodes, edges }: Pick<Topology, 'nodes' | 'edges'>): number[] {
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
