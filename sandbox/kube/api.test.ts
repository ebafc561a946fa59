import { describe, expect, it } from 'vitest';
import { call, map, MAPS, patch, serveEachTest, TABLE } from './testing/api';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const SERVICES = '/apis/appmesh.k8s.aws/v1beta2/namespaces/default/virtualservices';
const METADATA = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

const namesOf = (list: { items: { metadata: { name: string } }[] }) =>
  list.items.map(({ metadata }) => metadata.name);

serveEachTest();

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

describe('a replacement', () => {
  it('of a custom resource has to say what it replaces, one of a built-in kind need not', async () => {
    const { body } = await call('POST', SERVICES, { metadata: { name: 's' }, spec: { awsName: 'a' } });
    const { resourceVersion, ...metadata } = body.metadata;
    const next = { ...body, metadata, spec: { awsName: 'b' } };
    expect(await call('PUT', `${SERVICES}/s`, next)).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('resourceVersion: Invalid value: 0x0: must be specified') },
    });
    next.metadata.resourceVersion = resourceVersion;
    expect(await call('PUT', `${SERVICES}/s`, next)).toMatchObject({
      status: 200,
      body: { spec: next.spec },
    });
    expect(await call('PUT', `${MAPS}/one`, { ...map('one'), data: { a: '2' } })).toMatchObject({
      status: 200,
    });
  });

  it('stands where its path says', async () => {
    expect(await call('PUT', `${MAPS}/one`, map('two'))).toMatchObject({ status: 400 });
    expect(
      await call('PUT', `${MAPS}/one`, { ...map('one'), kind: 'Secret', apiVersion: 'v1' }),
    ).toMatchObject({
      status: 400,
    });
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
