import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownCrds } from '../crds';
import type { InProcessCluster } from './cluster';
import { createCluster } from './cluster';
import { createApiServer } from './server';

const MAPS = '/api/v1/namespaces/default/configmaps';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const SERVICES = '/apis/appmesh.k8s.aws/v1beta2/namespaces/default/virtualservices';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const METADATA = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

let cluster: InProcessCluster;
let server: Server;
let base: string;

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(base + path, {
    method,
    headers,
    ...(text === undefined ? {} : { body: text }),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}
const patch = (path: string, sort: string, body: unknown, headers: Record<string, string> = {}) =>
  call('PATCH', path, body, { 'content-type': `application/${sort}`, ...headers });
const map = (name: string, labels: object = {}) => ({ metadata: { name, labels }, data: { a: '1' } });
const namesOf = (list: { items: { metadata: { name: string } }[] }) =>
  list.items.map(({ metadata }) => metadata.name);

/** The events of a watch, one after the other; `undefined` at its end. */
async function events(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(base + path, { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next() {
      while (!text.includes('\n')) {
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done) return undefined;
        text += value;
      }
      const line = text.slice(0, text.indexOf('\n'));
      text = text.slice(line.length + 1);
      return JSON.parse(line);
    },
    end: () => reader?.cancel(),
  };
}

beforeEach(async () => {
  cluster = createCluster({ crds: ownCrds() });
  server = createApiServer(cluster);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server
  await call('POST', '/api/v1/namespaces', { metadata: { name: 'default' } });
  await call('POST', MAPS, map('one', { batch: 'x' }));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('a field no kind has', () => {
  const wrong = { metadata: { name: 's' }, spec: { awsName: 'a', colour: 'blue' } };

  it('is left out with a warning', async () => {
    const { status, headers, body } = await call('POST', SERVICES, wrong);
    expect({ status, spec: body.spec }).toEqual({ status: 201, spec: { awsName: 'a' } });
    expect(headers.get('warning')).toBe('299 - "unknown field \\"spec.colour\\""');
  });

  it('is refused when the client is strict, and passed over when it does not care', async () => {
    expect(await call('POST', `${SERVICES}?fieldValidation=Strict`, wrong)).toMatchObject({
      status: 400,
      body: {
        message:
          'VirtualService in version "v1beta2" cannot be handled as a VirtualService: strict decoding error: unknown field "spec.colour"',
      },
    });
    const { status, headers } = await call('POST', `${SERVICES}?fieldValidation=Ignore`, wrong);
    expect([status, headers.get('warning')]).toEqual([201, null]);
    expect(await call('POST', `${SERVICES}?fieldValidation=Maybe`, wrong)).toMatchObject({ status: 400 });
  });

  it('counts as wrong in a patch as well', async () => {
    await call('POST', SERVICES, { metadata: { name: 's' }, spec: {} });
    const change = { spec: { colour: 'blue' } };
    const strict = await patch(`${SERVICES}/s?fieldValidation=Strict`, 'merge-patch+json', change);
    expect(strict).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
  });

  it('may be one that stands twice', async () => {
    const twice = '{"metadata":{"name":"two"},"data":{"a":"1","b":"}\\": {","a":"2"}}';
    const { headers } = await call('POST', MAPS, twice);
    expect(headers.get('warning')).toBe('299 - "duplicate field \\"data.a\\""');
    const yaml = 'metadata: {name: three}\nspec:\n  listeners: [{x: 1, x: 2}]\n';
    expect(await call('POST', `${MAPS}?fieldValidation=Strict`, yaml)).toMatchObject({
      body: { message: expect.stringContaining('duplicate field "spec.listeners[0].x"') },
    });
  });
});

describe('a patch', () => {
  it('is refused in a form the kind does not know', async () => {
    await call('POST', SERVICES, { metadata: { name: 's' }, spec: {} });
    expect(await patch(`${SERVICES}/s`, 'strategic-merge-patch+json', {})).toMatchObject({
      status: 415,
      body: {
        reason: 'UnsupportedMediaType',
        message:
          'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
      },
    });
    expect(await patch(`${MAPS}/one`, 'strategic-merge-patch+json', { data: { b: '2' } })).toMatchObject({
      body: { data: { a: '1', b: '2' } },
    });
  });

  it('is recorded under the name of the client, or the one it gives itself', async () => {
    const change = [{ op: 'replace', path: '/data/a', value: '2' }];
    const agent = { 'user-agent': 'kubectl/v1.20.2 (linux/amd64)' };
    const { body } = await patch(`${MAPS}/one`, 'json-patch+json', change, agent);
    expect(body.metadata.managedFields).toContainEqual(
      expect.objectContaining({
        manager: 'kubectl',
        operation: 'Update',
        fieldsV1: { 'f:data': { 'f:a': {} } },
      }),
    );
    change[0] = { op: 'replace', path: '/data/a', value: '3' };
    const own = await patch(`${MAPS}/one?fieldManager=meshdeck`, 'json-patch+json', change, agent);
    const managers = own.body.metadata.managedFields.map((entry: { manager: string }) => entry.manager);
    expect(managers).toContain('meshdeck');
    expect(managers).not.toContain('kubectl');
  });

  it('with a stale version is refused', async () => {
    const { body } = await call('GET', `${MAPS}/one`);
    await patch(`${MAPS}/one`, 'merge-patch+json', { data: { a: '2' } });
    const { resourceVersion } = body.metadata;
    const stale = { metadata: { resourceVersion }, data: { a: '3' } };
    expect(await patch(`${MAPS}/one`, 'merge-patch+json', stale)).toMatchObject({ status: 409 });
  });

  it('that applies needs a manager, and speaks YAML', async () => {
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new}\ndata: {a: "1"}\n';
    expect(await patch(`${MAPS}/new`, 'apply-patch+yaml', yaml)).toMatchObject({ status: 422 });
    const made = await patch(`${MAPS}/new?fieldManager=a`, 'apply-patch+yaml', yaml);
    expect(made).toMatchObject({
      status: 201,
      body: { metadata: { managedFields: [{ operation: 'Apply' }] } },
    });
    const again = await patch(`${MAPS}/new?fieldManager=a&force=true`, 'apply-patch+yaml', yaml);
    expect(again.status).toBe(200);
    expect(await patch(`${MAPS}/new?force=true`, 'merge-patch+json', {})).toMatchObject({ status: 422 });
  });
});

describe('a delete', () => {
  it('says what it deleted', async () => {
    expect(await call('DELETE', `${MAPS}/one`)).toMatchObject({
      status: 200,
      body: { kind: 'Status', status: 'Success', details: { name: 'one', kind: 'configmaps' } },
    });
    expect(await call('DELETE', `${MAPS}/one`)).toMatchObject({ status: 404 });
  });

  it('minds its preconditions and a dry run', async () => {
    const wrong = { preconditions: { uid: 'another' } };
    expect(await call('DELETE', `${MAPS}/one`, wrong)).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('Precondition failed: UID in precondition: another') },
    });
    expect(await call('DELETE', `${MAPS}/one`, { dryRun: ['All'] })).toMatchObject({ status: 200 });
    expect(await call('DELETE', `${MAPS}/one?dryRun=All`)).toMatchObject({ status: 200 });
    const { body } = await call('GET', `${MAPS}/one`);
    const { uid, resourceVersion } = body.metadata;
    expect(await call('DELETE', `${MAPS}/one`, { preconditions: { uid, resourceVersion } })).toMatchObject({
      status: 200,
    });
  });

  it('sets dependents free, or waits for them, as it is told', async () => {
    const ownerOf = async (name: string) => {
      const { uid } = (await call('GET', `${MAPS}/${name}`)).body.metadata;
      return [{ apiVersion: 'v1', kind: 'ConfigMap', name, uid }];
    };
    await call('POST', MAPS, { metadata: { name: 'child', ownerReferences: await ownerOf('one') } });
    await call('DELETE', `${MAPS}/one`, { propagationPolicy: 'Foreground' });
    const { metadata } = (await call('GET', `${MAPS}/one`)).body;
    expect(metadata).toMatchObject({
      finalizers: ['foregroundDeletion'],
      deletionTimestamp: expect.any(String),
    });
    await call('POST', MAPS, map('two'));
    await call('POST', MAPS, { metadata: { name: 'free', ownerReferences: await ownerOf('two') } });
    await call('DELETE', `${MAPS}/two?propagationPolicy=Orphan`);
    expect((await call('GET', `${MAPS}/free`)).body.metadata.ownerReferences).toBeUndefined();
    expect((await call('GET', `${MAPS}/two`)).status).toBe(404);
    expect(await call('DELETE', `${MAPS}/free?propagationPolicy=Never`)).toMatchObject({ status: 400 });
  });

  it('of a collection minds the selector', async () => {
    await call('POST', MAPS, map('two', { batch: 'x' }));
    await call('POST', MAPS, map('other'));
    expect(namesOf((await call('DELETE', `${MAPS}?labelSelector=batch%3Dx`)).body)).toEqual(['one', 'two']);
    expect(namesOf((await call('GET', MAPS)).body)).toEqual(['other']);
  });
});

describe('a subresource', () => {
  it('scales a Deployment and minds the version', async () => {
    const selector = { matchLabels: { app: 'web' } };
    await call('POST', DEPLOYMENTS, { metadata: { name: 'web' }, spec: { replicas: 1, selector } });
    const { body } = await call('GET', `${DEPLOYMENTS}/web/scale`);
    expect(body).toMatchObject({ kind: 'Scale', spec: { replicas: 1 }, status: { selector: 'app=web' } });
    expect(await call('PUT', `${DEPLOYMENTS}/web/scale`, { ...body, spec: { replicas: 3 } })).toMatchObject({
      status: 200,
      body: { spec: { replicas: 3 } },
    });
    expect(await call('PUT', `${DEPLOYMENTS}/web/scale`, body)).toMatchObject({ status: 409 });
    const less = { spec: { replicas: -1 } };
    expect(await patch(`${DEPLOYMENTS}/web/scale`, 'merge-patch+json', less)).toMatchObject({ status: 422 });
    expect((await call('GET', `${DEPLOYMENTS}/web`)).body).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 3 },
    });
  });

  it('that a kind does not have is not found', async () => {
    expect(await call('GET', `${MAPS}/one/status`)).toMatchObject({ status: 404 });
    expect(await call('GET', `${MAPS}/one/scale`)).toMatchObject({ status: 404 });
  });
});

describe('an access review', () => {
  const AUTHORIZATION = '/apis/authorization.k8s.io/v1';
  const spec = { resourceAttributes: { verb: 'get', resource: 'pods' } };
  it.each([
    `${AUTHORIZATION}/selfsubjectaccessreviews`,
    `${AUTHORIZATION}/subjectaccessreviews`,
    `${AUTHORIZATION}/namespaces/default/localsubjectaccessreviews`,
  ])('%s allows everything', async (path) => {
    expect(await call('POST', path, { spec })).toMatchObject({
      status: 201,
      body: { spec, status: { allowed: true } },
    });
    expect(await call('POST', path, { spec: {} })).toMatchObject({ status: 422 });
  });

  it('lists all rules and says who asks', async () => {
    const rules = await call('POST', `${AUTHORIZATION}/selfsubjectrulesreviews`, {
      spec: { namespace: 'a' },
    });
    expect(rules.body.status.resourceRules[0]).toEqual({ verbs: ['*'], apiGroups: ['*'], resources: ['*'] });
    const who = await call('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {});
    expect(who.body.status.userInfo.username).toBe('sandbox-admin');
  });
});

describe('a list', () => {
  it('comes as a table or as metadata, with as much of each object as asked for', async () => {
    const rows = async (include: string) =>
      (await call('GET', `${MAPS}?includeObject=${include}`, undefined, { accept: TABLE })).body.rows;
    expect((await rows('Metadata'))[0].object.kind).toBe('PartialObjectMetadata');
    expect((await rows('Object'))[0].object.data).toEqual({ a: '1' });
    expect((await rows('None'))[0].object).toBeUndefined();
    const { body } = await call('GET', MAPS, undefined, { accept: METADATA });
    expect(body).toMatchObject({ kind: 'PartialObjectMetadataList', items: [{ metadata: { name: 'one' } }] });
    expect(body.items[0].data).toBeUndefined();
  });

  it('goes on where a page ended, whatever changed in between', async () => {
    for (const name of ['two', 'zero']) await call('POST', MAPS, map(name));
    const first = (await call('GET', `${MAPS}?limit=1`)).body;
    expect([namesOf(first), first.metadata.remainingItemCount]).toEqual([['one'], 2]);
    await call('DELETE', `${MAPS}/one`);
    const next = (await call('GET', `${MAPS}?limit=5&continue=${first.metadata.continue}`)).body;
    expect(namesOf(next)).toEqual(['two', 'zero']);
    expect(next.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  });

  it.each([
    ['resourceVersion=abc', 400],
    ['limit=few', 400],
    ['continue=abc', 400],
    ['resourceVersion=999999', 504],
    ['resourceVersion=1&resourceVersionMatch=Sometimes', 422],
    ['resourceVersionMatch=Exact', 422],
    ['resourceVersion=1&resourceVersionMatch=Exact', 410],
    ['resourceVersion=1&resourceVersionMatch=NotOlderThan', 200],
  ])('with %s is answered with %i', async (query, status) => {
    expect((await call('GET', `${MAPS}?${query}`)).status).toBe(status);
  });
});

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
