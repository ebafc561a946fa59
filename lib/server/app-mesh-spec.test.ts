import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAppMeshSpec } from './app-mesh-spec';
import { readConfig } from './config';

describe('one App Mesh API', () => {
  it('is a region, called by its name unless it has another', () => {
    expect(parseAppMeshSpec('eu-west-1')).toEqual({
      ok: true,
      spec: { region: 'eu-west-1', name: 'eu-west-1' },
    });
    expect(parseAppMeshSpec('us-gov-east-1,profile=ops')).toEqual({
      ok: true,
      spec: { region: 'us-gov-east-1', profile: 'ops', name: 'ops us-gov-east-1' },
    });
  });

  it('may be at an address of its own', () => {
    expect(parseAppMeshSpec(' us-west-2, name=legacy , endpoint=http://127.0.0.1:7443/ ')).toEqual({
      ok: true,
      spec: { region: 'us-west-2', endpoint: 'http://127.0.0.1:7443', name: 'legacy' },
    });
  });

  it.each([
    ['', 'region'],
    ['everywhere', 'region'],
    ['endpoint=http://a', 'region'],
    ['eu-west-1,endpoint=ftp://a', 'http or https'],
    ['eu-west-1,endpoint=http://user:secret@a', 'without a user name'],
    ['eu-west-1,colour=red', 'endpoint=URL'],
    ['eu-west-1,profile=', 'endpoint=URL'],
    ['eu-west-1,name=a,name=b', 'twice'],
  ])('%j is none', (text, word) => {
    const parsed = parseAppMeshSpec(text);
    expect(parsed.ok ? '' : parsed.message).toContain(word);
    expect(JSON.stringify(parsed)).not.toContain('secret');
  });

  it('is read or refused, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseAppMeshSpec(text)));
  });
});

describe('the configuration', () => {
  it('takes several contexts and several APIs', () => {
    const read = readConfig({
      MESHDECK_CONTEXT: 'prod/eu west; staging',
      MESHDECK_APP_MESH: 'eu-west-1;us-west-2,name=b',
    });
    expect(read).toMatchObject({
      ok: true,
      config: {
        contexts: ['prod/eu west', 'staging'],
        appMesh: [{ name: 'eu-west-1' }, { name: 'b', region: 'us-west-2' }],
      },
    });
  });

  it('gives the keys of the sandbox to the sandbox alone', () => {
    const read = readConfig({
      MESHDECK_APP_MESH: 'eu-west-1',
      MESHDECK_SANDBOX_APP_MESH: 'us-west-2,endpoint=http://127.0.0.1:1,name=sandbox API',
      MESHDECK_SANDBOX_KEYS: 'id:secret',
    });
    expect(read.ok && read.config.appMesh).toEqual([
      {
        region: 'us-west-2',
        endpoint: 'http://127.0.0.1:1',
        name: 'sandbox API',
        credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      },
      { region: 'eu-west-1', name: 'eu-west-1' },
    ]);
  });

  it('names the variable that cannot be used', () => {
    expect(readConfig({ MESHDECK_APP_MESH: 'eu-west-1;nowhere' })).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^MESHDECK_APP_MESH: begins with a region/),
    });
  });
});

describe('thresholds of health', () => {
  it('are the usual ones but for what is set, and are named when they cannot be used', () => {
    const read = readConfig({ MESHDECK_HEALTH: '{"p99Ms":{"degraded":300}}' });
    expect(read).toMatchObject({
      ok: true,
      config: { thresholds: { p99Ms: { degraded: 300, failing: 3000 }, faultRatio: { degraded: 0.01 } } },
    });
    expect(readConfig({ MESHDECK_HEALTH: '{"p99":1}' })).toMatchObject({ ok: false });
  });
});
