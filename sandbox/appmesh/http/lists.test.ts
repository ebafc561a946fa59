import { beforeAll, describe, expect, it } from 'vitest';
import { failure, meshName, refused, billingBench } from './testing/client';

const ROOT = 'arn:aws:appmesh:us-west-2:111122223333:mesh/';

const bench = billingBench();

describe('paging', () => {
  const big = 'big';
  const page = (limit: number, nextToken?: string) =>
    bench.api.listVirtualNodes({ meshName: big, limit, nextToken });
  beforeAll(async () => {
    bench.sandbox.turn({ appMeshQuotas: { virtualNode: 300 } });
    await bench.api.createMesh({ meshName: big });
    for (let number = 0; number < 250; number++)
      await bench.api.createVirtualNode({ meshName: big, virtualNodeName: `node-${number}`, spec: {} });
  });

  it('gives 250 nodes by 100, each once and in one order', async () => {
    const seen: (string | undefined)[][] = [];
    let token: string | undefined;
    do {
      const { virtualNodes = [], nextToken } = await page(100, token);
      seen.push(virtualNodes.map(({ virtualNodeName }) => virtualNodeName));
      token = nextToken;
    } while (token !== undefined);
    expect(seen.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(seen.flat()).toEqual(Array.from({ length: 250 }, (_, number) => `node-${number}`));
  });

  it('gives 100 and a token when no limit is named, and no token for the last full page', async () => {
    const first = await bench.api.listVirtualNodes({ meshName: big });
    expect([first.virtualNodes?.length, typeof first.nextToken]).toEqual([100, 'string']);
    expect((await bench.api.listVirtualNodes({ meshName })).nextToken).toBeUndefined();
    const half = await page(50, (await page(100, first.nextToken)).nextToken);
    expect([half.virtualNodes?.length, half.nextToken]).toEqual([50, undefined]);
  });

  it('neither repeats nor skips what stays, while others come and go', async () => {
    const { nextToken } = await page(100);
    await bench.api.deleteVirtualNode({ meshName: big, virtualNodeName: 'node-3' });
    await bench.api.deleteVirtualNode({ meshName: big, virtualNodeName: 'node-99' });
    expect((await page(100, nextToken)).virtualNodes?.[0]?.virtualNodeName).toBe('node-100');
  });

  it('refuses a limit out of bounds, and a token that is none or of another list', async () => {
    const bad = refused('BadRequestException', 400);
    expect(await failure(page(0))).toEqual(bad);
    expect(await failure(page(101))).toEqual(bad);
    expect(await failure(page(10, 'three'))).toEqual(bad);
    const { nextToken } = await page(10);
    if (nextToken === undefined) throw new Error('there is a second page');
    expect(await failure(bench.api.listVirtualRouters({ meshName: big, nextToken }))).toEqual(bad);
    expect(await failure(bench.api.listVirtualNodes({ meshName, nextToken }))).toEqual(bad);
  });
});

describe('tags', () => {
  const resourceArn = `${ROOT}tagged/virtualNode/n`;
  const tagsOf = async (arn: string) =>
    (await bench.api.listTagsForResource({ resourceArn: arn })).tags?.map(
      ({ key, value }) => `${key}=${value}`,
    );
  beforeAll(async () => {
    await bench.api.createMesh({ meshName: 'tagged', tags: [{ key: 'team', value: 'billing' }] });
    await bench.api.createVirtualNode({ meshName: 'tagged', virtualNodeName: 'n', spec: {} });
  });

  it('come with the resource, are added, replaced and removed, and make no version', async () => {
    expect(await tagsOf(`${ROOT}tagged`)).toEqual(['team=billing']);
    expect(await tagsOf(resourceArn)).toEqual([]);
    await bench.api.tagResource({ resourceArn, tags: [{ key: 'a', value: '1' }, { key: 'b', value: '2' }] }); // prettier-ignore
    await bench.api.tagResource({ resourceArn, tags: [{ key: 'a', value: '3' }] });
    expect(await tagsOf(resourceArn)).toEqual(['a=3', 'b=2']);
    await bench.api.untagResource({ resourceArn, tagKeys: ['a', 'none'] });
    expect(await tagsOf(resourceArn)).toEqual(['b=2']);
    const { virtualNode } = await bench.api.describeVirtualNode({ meshName: 'tagged', virtualNodeName: 'n' });
    expect(virtualNode?.metadata?.version).toBe(1);
  });

  it('are at most 50, and paged', async () => {
    const tags = Array.from({ length: 49 }, (_, number) => ({ key: `k${number}`, value: '' }));
    await bench.api.tagResource({ resourceArn, tags });
    expect(await failure(bench.api.tagResource({ resourceArn, tags: [{ key: 'more', value: '' }] }))).toEqual(
      refused('TooManyTagsException', 400),
    );
    const first = await bench.api.listTagsForResource({ resourceArn, limit: 30 });
    const second = await bench.api.listTagsForResource({
      resourceArn,
      limit: 30,
      nextToken: first.nextToken,
    });
    expect([first.tags?.length, second.tags?.length, second.nextToken]).toEqual([30, 20, undefined]);
  });

  it('are refused on what is not there and with keys of AWS', async () => {
    const gone = refused('NotFoundException', 404);
    expect(
      await failure(bench.api.listTagsForResource({ resourceArn: `${ROOT}tagged/virtualNode/m` })),
    ).toEqual(gone);
    expect(
      await failure(bench.api.listTagsForResource({ resourceArn: `${ROOT}tagged/virtualNode/n/x` })),
    ).toEqual(gone);
    expect(await failure(bench.api.listTagsForResource({ resourceArn: 'tagged' }))).toEqual(
      refused('BadRequestException', 400),
    );
    expect(
      await failure(bench.api.tagResource({ resourceArn, tags: [{ key: 'aws:x', value: '' }] })),
    ).toEqual(refused('BadRequestException', 400, /reserved/));
  });
});
