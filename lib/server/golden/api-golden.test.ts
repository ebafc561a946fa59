/**
 * The walkthroughs of the App Mesh examples, taken by the sandbox's controller and read back from its App Mesh API over
 * HTTP: what was declared must come back as the same mesh.
 */
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppMeshApi } from '@/lib/aws/app-mesh';
import { buildTopology } from '@/lib/mesh/build-topology';
import { findFindings } from '@/lib/mesh/findings';
import { joinModels, sameMesh } from '@/lib/mesh/join';
import type { MeshModel } from '@/lib/mesh/model';
import { APP_MESH_RESOURCES, buildModels } from '@/lib/providers/app-mesh';
import type { RawObject, World } from '@/lib/providers/app-mesh';
import { toMeshModel } from '@/lib/providers/app-mesh-api';
import { startSandbox, type RunningSandbox } from '../testing/sandbox';
import {
  COUNTS,
  countsOf,
  create,
  meshOf,
  objectsOf,
  walkthroughs,
  walkthroughsArePresent,
  WITH_OWN_CRDS,
} from '../testing/walkthroughs';

const never = new AbortController().signal;
const stops: (() => Promise<void> | void)[] = [];
/** A mesh as the API holds it, and as the cluster declares it. */
const read = new Map<string, { model: MeshModel; declared: MeshModel }>();

const list = z.object({ items: z.array(z.custom<RawObject>((each) => typeof each === 'object')) });

/** All objects of the cluster that the console reads. */
async function worldOf(sandbox: RunningSandbox): Promise<World> {
  const entries = APP_MESH_RESOURCES.map(async ({ group, version, plural, kind }) => {
    const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    const { items } = list.parse(await sandbox.request('GET', `${root}/${plural}`));
    return [plural, items.map((each): RawObject => ({ ...each, kind }))] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function load(files: readonly string[]): Promise<void> {
  const sandbox = await startSandbox('tutorial', WITH_OWN_CRDS);
  stops.unshift(() => sandbox.stop());
  await sandbox.request('PATCH', '/_sandbox/knobs', { reconcileDelayMs: 0 });
  for (const file of files) for (const object of objectsOf(file)) await create(sandbox, object);
  await sandbox.request('POST', '/_sandbox/settle?timeoutMs=60000');
  const declared = buildModels(await worldOf(sandbox), new Date());
  const api = createAppMeshApi({
    region: 'us-west-2',
    endpoint: sandbox.url,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    perSecond: 1000,
    burst: 100,
  });
  stops.unshift(() => api.close());
  const meshes = await api.listMeshes(never);
  if (!meshes.ok) throw new Error(meshes.failure.detail);
  for (const file of files) {
    const ref = meshes.result.find(({ name }) => name === meshOf(file));
    if (!ref) throw new Error(`the API holds no mesh ${meshOf(file)}`);
    const answer = await api.readMesh(ref.name, ref.owner, undefined, never);
    if (!answer.ok) throw new Error(answer.failure.detail);
    expect(answer.result.problems).toEqual([]);
    const model = toMeshModel(answer.result.snapshot);
    const own = declared.find(({ mesh }) => mesh.awsName === ref.name);
    if (!own) throw new Error(`the cluster holds no mesh ${ref.name}`);
    read.set(file, { model, declared: own });
  }
}

/** Edges in AWS names, of what the control plane took; an edge of a gateway route starts at its row. */
function edgesOf(model: MeshModel): string[] {
  const entities = [...model.entities.values()];
  const awsNames = new Map<string, string>(
    entities.map(({ key, kind, awsName }) => [key, `${kind} ${awsName}`]),
  );
  const accepted = new Set<string>(
    entities.filter(({ acceptance }) => acceptance === 'accepted').map(({ key }) => key),
  );
  return buildTopology(model)
    .edges.filter(({ kind, source, row }) => accepted.has(kind === 'gateway-route' ? (row ?? '') : source))
    .map(({ kind, source, row, target, weight, port }) => {
      const from =
        kind === 'gateway-route'
          ? `${awsNames.get(source)} ${awsNames.get(row ?? '')}`
          : awsNames.get(source);
      const by = kind === 'route-target' ? ` ${row} ${weight}` : '';
      return `${kind} ${from}${by} -> ${awsNames.get(target)}${port === undefined ? '' : `:${port}`}`;
    })
    .sort();
}

/** Two evolutions of one walkthrough, which have the same names and stand side by side, land in two sandboxes; and a sandbox holds no more meshes than an account may. */
const half = (odd: number) => walkthroughs.filter((_, i) => i % 2 === odd);

describe.skipIf(!walkthroughsArePresent)('a walkthrough read back from the App Mesh API', () => {
  beforeAll(async () => {
    await Promise.all([load(half(0)), load(half(1))]);
  }, 180_000);
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  it.each(COUNTS)('%s has the counts it has in its manifests', (name, counts) => {
    const found = read.get(`${name}.yaml`);
    expect(found && countsOf(buildTopology(found.model))).toEqual(counts);
  });

  it.each(walkthroughs)('%s has the edges that were accepted, and no other', (file) => {
    const found = read.get(file);
    expect(found).toBeDefined();
    if (!found) return;
    const edges = edgesOf(found.model);
    expect(edges).toEqual(edgesOf(found.declared));
    expect(edges.length).toBeGreaterThan(0);
  });

  it.each(walkthroughs)('%s is one mesh with what is declared, without drift', (file) => {
    const found = read.get(file);
    if (!found) throw new Error('it was not read');
    const { model, drift } = joinModels(found.declared, [found.model]);
    expect(sameMesh(found.declared.mesh, found.model.mesh)).toBe(true);
    expect(drift).toEqual([]);
    expect([...model.entities.keys()]).toEqual([...found.declared.entities.keys()]);
    const taken = [...model.entities.values()].filter((each) => each.taken !== undefined);
    expect(taken).toHaveLength(found.model.entities.size);
  });

  it.each(walkthroughs)('%s can be read whole', (file) => {
    const found = read.get(file);
    expect(found?.model.malformed).toEqual([]);
    expect(found?.model.unread).toBeUndefined();
    const codes = found ? findFindings(found.model, new Date()).map(({ code }) => code) : [];
    expect(codes.filter((code) => code === 'MD110' || code === 'MD203')).toEqual([]);
  });
});
