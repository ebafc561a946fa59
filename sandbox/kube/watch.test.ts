import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { call, cluster, events, map, MAPS, patch, server, serveEachTest, TABLE } from './testing/api';

serveEachTest();

describe('a watch', () => {
  it('of tables sends the columns once', async () => {
    const watch = await events(`${MAPS}?watch=true`, { accept: TABLE });
    const first = await watch.next();
    expect(first).toMatchObject({
      type: 'ADDED',
      object: { kind: 'Table', rows: [{ cells: ['one', expect.anything()] }] },
    });
    expect(first.object.columnDefinitions[0].name).toBe('Name');
    await call('POST', MAPS, map('two'));
    const { object } = await watch.next();
    expect(object).toMatchObject({
      columnDefinitions: null,
      rows: [{ object: { metadata: { name: 'two' } } }],
    });
    await watch.end();
  });

  it('of one name hears of no other', async () => {
    const watch = await events(`${MAPS}?watch=true&fieldSelector=metadata.name%3Dtwo`);
    await patch(`${MAPS}/one`, 'merge-patch+json', { data: { a: '2' } });
    await call('POST', MAPS, map('two'));
    expect(await watch.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'two' } } });
    await watch.end();
  });

  it('marks the end of what was there', async () => {
    const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const watch = await events(`${MAPS}?${query}`);
    expect(await watch.next()).toMatchObject({ type: 'ADDED' });
    expect(await watch.next()).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'ConfigMap', metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
    });
    await watch.end();
  });

  it('ends in time, after a bookmark', async () => {
    const watch = await events(`${MAPS}?watch=1&timeoutSeconds=1&allowWatchBookmarks=true`);
    expect(await watch.next()).toMatchObject({ type: 'ADDED' });
    const { type, object } = await watch.next();
    expect([type, object.metadata.resourceVersion]).toEqual(['BOOKMARK', String(cluster.store.current)]);
    expect(await watch.next()).toBeUndefined();
  });

  it('sends an object that stops matching as it was', async () => {
    const watch = await events(`${MAPS}?watch=true&labelSelector=batch%3Dx`);
    expect(await watch.next()).toMatchObject({ type: 'ADDED' });
    const { body } = await patch(`${MAPS}/one`, 'merge-patch+json', { metadata: { labels: { batch: 'y' } } });
    const { resourceVersion } = body.metadata;
    expect(await watch.next()).toMatchObject({
      type: 'DELETED',
      object: { metadata: { labels: { batch: 'x' }, resourceVersion } },
    });
    await watch.end();
  });

  it.each(['resourceVersion=abc', 'timeoutSeconds=soon'])('with %s is refused', async (query) => {
    expect((await call('GET', `${MAPS}?watch=true&${query}`)).status).toBe(400);
  });

  it('with initial events needs to say how old they may be', async () => {
    expect((await call('GET', `${MAPS}?watch=true&sendInitialEvents=true`)).status).toBe(422);
  });

  it('from a version that is still to come begins anew', async () => {
    const watch = await events(`${MAPS}?watch=true&resourceVersion=999999`);
    expect(await watch.next()).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
    expect(await watch.next()).toBeUndefined();
  });

  it('that nobody reads is cut off', async () => {
    const { port } = server.address() as AddressInfo; // a TCP server
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    const started = once(server, 'request');
    socket.write(`GET ${MAPS}?watch=true HTTP/1.1\r\nhost: sandbox\r\n\r\n`);
    const [, response] = await started;
    await once(socket, 'data');
    socket.pause();
    const closed = once(response, 'close');
    const large = 'x'.repeat(1024 * 1024);
    const maps = cluster.resourceType('', 'configmaps');
    for (let i = 0; i < 40; i++)
      cluster.mutate(maps, 'default', 'one', (draft) => void (draft['data'] = { i: String(i), large }));
    await closed;
    expect(response.destroyed).toBe(true);
    socket.destroy();
  });
});
