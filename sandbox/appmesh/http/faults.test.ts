import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_KNOBS } from '../../admin/knobs';
import { failure, meshName, refused, billingBench, type AppMeshBench } from './testing/client';

const bench = billingBench();

describe('faults', () => {
  const meshes = () => bench.api.listMeshes({});
  afterAll(() => void bench.sandbox.turn({ ...DEFAULT_KNOBS }));
  function turn(knobs: Parameters<AppMeshBench['sandbox']['turn']>[0]) {
    bench.sandbox.turn({ ...DEFAULT_KNOBS, ...knobs });
  }

  it('down: connections break, and those of the Kubernetes API do not', async () => {
    turn({ appMeshApi: 'down' });
    await expect(meshes()).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect((await fetch(`${bench.url}/api/v1/namespaces`)).status).toBe(200);
    turn({ apiDown: true });
    expect((await meshes()).meshes).toContainEqual(expect.objectContaining({ meshName }));
  });

  it('gone: no operation is left', async () => {
    turn({ appMeshApi: 'gone' });
    expect(await failure(meshes())).toEqual(refused('UnknownOperationException', 404, /has ended/));
  });

  it('forbidden: all operations, or those named', async () => {
    turn({ appMeshApi: 'forbidden' });
    expect(await failure(meshes())).toEqual(
      refused('AccessDeniedException', 403, /not authorized to perform: appmesh:ListMeshes/),
    );
    turn({ appMeshApi: 'forbidden', appMeshOperations: ['ListVirtualNodes'] });
    await meshes();
    expect(await failure(bench.api.listVirtualNodes({ meshName }))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('throttled: a share of the calls', async () => {
    turn({ appMeshApi: 'throttled', appMeshThrottledRatio: 0.3 });
    bench.chance = 0.29;
    expect(await failure(meshes())).toEqual(refused('TooManyRequestsException', 429));
    bench.chance = 0.3;
    await meshes();
  });

  it('slow: so many milliseconds later', async () => {
    turn({ appMeshApi: 'slow', appMeshDelayMs: 80 });
    const start = performance.now();
    await meshes();
    expect(performance.now() - start).toBeGreaterThanOrEqual(79);
  });
});
