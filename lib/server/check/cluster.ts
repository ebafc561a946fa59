/** The objects of a cluster, read once. */
import 'server-only';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { connect, resourcePath } from '@/lib/kubernetes';
import { APP_MESH_RESOURCES, type RawObject, type World } from '@/lib/providers/app-mesh';

const list = z.looseObject({
  items: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })),
});

/** What a check looks at: the mesh, who belongs to it, and which names lead somewhere. */
const NEEDED = new Set([
  'meshes', 'virtualnodes', 'virtualservices', 'virtualrouters', 'backendgroups', 'virtualgateways', 'gatewayroutes',
  'namespaces', 'services',
]); // prettier-ignore

export interface ClusterChoice {
  context?: string | undefined;
  kubeconfig?: string | undefined;
}

/** Reads a cluster. What cannot be read for want of permission counts as not read; anything else is a failure in words. */
export async function readCluster(
  { context, kubeconfig }: ClusterChoice,
  signal: AbortSignal,
): Promise<{ ok: true; world: World } | { ok: false; message: string }> {
  const connected = connect({
    kubeconfig: kubeconfig ?? process.env['KUBECONFIG'] ?? join(homedir(), '.kube', 'config'),
    ...(context === undefined ? {} : { context }),
    inCluster: false,
  });
  if (!connected.ok) return { ok: false, message: connected.problem };
  const world: Record<string, RawObject[]> = {};
  for (const resource of APP_MESH_RESOURCES) {
    if (!NEEDED.has(resource.plural)) continue;
    const answer = await connected.cluster.request('GET', resourcePath(resource, {}), { signal });
    if (!answer.ok) {
      if (answer.kind === 'forbidden' && resource.plural !== 'meshes') continue;
      return { ok: false, message: `${resource.plural}: ${answer.message}` };
    }
    const { apiVersion, kind } = {
      apiVersion: resource.group === '' ? resource.version : `${resource.group}/${resource.version}`,
      kind: resource.kind,
    };
    // Items of a list carry no kind of their own; below the metadata they are parsed field by field.
    world[resource.plural] = list
      .parse(answer.body)
      .items.map((item) => ({ apiVersion, kind, ...item }) as RawObject);
  }
  return { ok: true, world };
}
