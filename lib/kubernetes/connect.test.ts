import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reviewAccess } from './access';
import { connect } from './connect';
import { startScriptedCluster } from './scripted-cluster';
import type { ScriptedCluster } from './scripted-cluster';

const folder = mkdtempSync(join(tmpdir(), 'meshdeck-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(text: string): string {
  const path = join(folder, `config-${(files += 1)}`);
  writeFileSync(path, text);
  return path;
}

const kubeconfig = (context: string, server: string, user: object = {}) =>
  file(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': context,
      clusters: [{ name: context, cluster: { server, 'insecure-skip-tls-verify': true } }],
      users: [{ name: context, user }],
      contexts: [{ name: context, context: { cluster: context, user: context } }],
    }),
  );

/** The next answer whose head arrives in this process, once its reader had its turn. */
const answerHead = (): Promise<IncomingMessage> =>
  new Promise((resolve) => {
    const channel = 'http.client.response.finish';
    const heard = (message: unknown) => {
      unsubscribe(channel, heard);
      const { response } = Object(message) as { response: unknown }; // as Node documents this channel
      if (response instanceof IncomingMessage) void turn().then(() => resolve(response));
    };
    subscribe(channel, heard);
  });

function problemOf(config: Parameters<typeof connect>[0]): string {
  const connected = connect(config);
  return connected.ok ? '' : connected.problem;
}

describe('a connection', () => {
  it('never picks up a kubeconfig that was not named', () => {
    expect(problemOf({})).toBe('no cluster is configured');
  });

  it('shows the address of the server without user name and password', () => {
    const connected = connect({ kubeconfig: kubeconfig('blue', 'https://alice:hunter2@127.0.0.1:6443/k8s') });
    expect(connected).toMatchObject({ cluster: { name: 'blue', server: 'https://127.0.0.1:6443/k8s' } });
  });

  it.each(['not an address', 'unix:///run/k8s.sock'])('says that the server “%s” is none', (server) => {
    expect(problemOf({ kubeconfig: kubeconfig('blue', server) })).toContain('no http or https address');
  });

  it('says where a kubeconfig is malformed and quotes none of it', () => {
    const broken = file('users:\n- name: u\n  user:\n    token: hunter2\n   client: [x\n');
    const problem = problemOf({ kubeconfig: broken });
    expect(problem).toMatch(/^the kubeconfig cannot be read: .*\(5:4\)$/);
    expect(problem).not.toContain('hunter2');
  });

  it('keeps what a credential plugin printed to itself', async () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', 'process.stdout.write("hunter2")'],
    };
    const connected = connect({ kubeconfig: kubeconfig('blue', 'https://127.0.0.1:1', { exec }) });
    if (!connected.ok) throw new Error(connected.problem);
    const answer = await connected.cluster.request('GET', '/api');
    expect(answer).toMatchObject({ ok: false, kind: 'unreachable' });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  it('reads several kubeconfigs, the first of two with one name counting', () => {
    const paths = [
      kubeconfig('blue', 'https://127.0.0.1:1'),
      kubeconfig('blue', 'https://127.0.0.1:2'),
      kubeconfig('green', 'https://127.0.0.1:3'),
    ].join(delimiter);
    expect(connect({ kubeconfig: paths })).toMatchObject({ cluster: { server: 'https://127.0.0.1:1' } });
    expect(connect({ kubeconfig: paths, context: 'green' })).toMatchObject({
      cluster: { server: 'https://127.0.0.1:3' },
    });
  });
});

describe('a configuration that leads nowhere', () => {
  it.each<[string, Parameters<typeof connect>[0], RegExp]>([
    [
      'a file that is not there',
      { kubeconfig: join(folder, 'gone') },
      /^the kubeconfig cannot be read: ENOENT/,
    ],
    ['a file without clusters', { kubeconfig: file('{}') }, /^the kubeconfig holds no context named/],
    [
      'a context that is not there',
      { kubeconfig: kubeconfig('blue', 'https://127.0.0.1:1'), context: 'green' },
      /^the kubeconfig holds no context named green with a cluster$/,
    ],
  ])('says so of %s, in one line', (_, config, sentence) => {
    expect(problemOf(config)).toMatch(sentence);
    expect(problemOf(config)).not.toContain('\n');
  });

  it('says so of plain http that nobody allowed', () => {
    const plain = file(
      JSON.stringify({
        'current-context': 'blue',
        clusters: [{ name: 'blue', cluster: { server: 'http://127.0.0.1:8001' } }],
        users: [{ name: 'blue', user: {} }],
        contexts: [{ name: 'blue', context: { cluster: 'blue', user: 'blue' } }],
      }),
    );
    expect(problemOf({ kubeconfig: plain })).toContain('plain http');
  });

  it('says so outside of a cluster', () => {
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '');
    expect(problemOf({ inCluster: true })).toContain('KUBERNETES_SERVICE_HOST is not set');
    vi.unstubAllEnvs();
  });
});

describe('a request', () => {
  let scripted: ScriptedCluster;
  beforeEach(async () => {
    scripted = await startScriptedCluster('/k8s/blue');
  });
  afterEach(() => scripted.stop());

  it('goes below the address of the server, with its query, its body and its type', async () => {
    const answer = scripted.cluster.request('PATCH', '/api/v1/pods/a', {
      query: { dryRun: 'All', fieldSelector: 'a=b' },
      body: [{ op: 'test', path: '/é', value: 1 }],
      contentType: 'application/json-patch+json',
    });
    const asked = await scripted.next();
    expect(asked).toMatchObject({
      method: 'PATCH',
      path: '/k8s/blue/api/v1/pods/a',
      query: { dryRun: 'All', fieldSelector: 'a=b' },
      body: '[{"op":"test","path":"/é","value":1}]',
    });
    expect(asked.headers).toMatchObject({
      'content-type': 'application/json-patch+json',
      accept: 'application/json',
      'user-agent': 'meshdeck',
    });
    asked.json({ kind: 'Pod' }, 201);
    expect(await answer).toMatchObject({ ok: true, status: 201, body: { kind: 'Pod' } });
  });

  it('may be answered with nothing', async () => {
    const answer = scripted.cluster.request('DELETE', '/api/v1/pods/a');
    (await scripted.next()).json('', 200);
    expect(await answer).toMatchObject({ ok: true, status: 200, body: undefined });
  });

  it('that is refused comes back with the cluster’s words', async () => {
    const answer = scripted.cluster.request('GET', '/api/v1/pods');
    (await scripted.next()).json({ kind: 'Status', message: 'no' }, 429, { 'retry-after': '3' });
    expect(await answer).toEqual({
      ok: false,
      kind: 'throttled',
      status: 429,
      message: 'no',
      retryAfterS: 3,
    });
  });

  it.each([
    ['GET', 'unreachable'],
    ['PATCH', 'outcomeUnknown'],
  ])('%s that is cut before or within its answer is %s', async (method, kind) => {
    const before = scripted.cluster.request(method, '/x', { body: {} });
    (await scripted.next()).cut();
    expect(await before).toMatchObject({ ok: false, kind });
    const within = scripted.cluster.request(method, '/x', { body: {} });
    const asked = await scripted.next();
    asked.lines('{"kind":');
    asked.cut();
    expect(await within).toMatchObject({ ok: false, kind });
  });

  it('that only asks something is unreachable when it is cut, whatever its method', async () => {
    const answer = reviewAccess(scripted.cluster, { verb: 'patch', group: '', resource: 'pods' });
    const asked = await scripted.next();
    expect(asked.method).toBe('POST');
    asked.cut();
    expect(await answer).toMatchObject({ ok: false, kind: 'unreachable' });
  });

  it('that is a write is unreachable where no credentials could be had for it', async () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', 'process.exit(1)'],
    };
    const connected = connect({ kubeconfig: kubeconfig('blue', scripted.url, { exec }) });
    if (!connected.ok) throw new Error(connected.problem);
    const answer = await connected.cluster.request('PATCH', '/x', { body: {} });
    expect(answer).toMatchObject({ ok: false, kind: 'unreachable' });
    expect(scripted.waiting()).toBe(0);
  });

  it('whose answer stalls after its head is given up, but not while more of it comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const head = answerHead();
      const answer = scripted.cluster.request('GET', '/api/v1/pods');
      const asked = await scripted.next();
      asked.lines('{"metadata":');
      const stream = await head;
      vi.advanceTimersByTime(29_000);
      const more = once(stream, 'data');
      asked.lines('{}');
      await more;
      await turn();
      vi.advanceTimersByTime(29_000);
      expect(stream.destroyed).toBe(false);
      vi.advanceTimersByTime(1_000);
      expect(await answer).toEqual({
        ok: false,
        kind: 'unreachable',
        message: 'the answer stalled for 30 s',
      });
    } finally {
      vi.useRealTimers();
    }
  });

  it('that never left is unreachable, a write too', async () => {
    const alone = await startScriptedCluster();
    await alone.stop();
    expect(await alone.cluster.request('PATCH', '/x', { body: {} })).toMatchObject({ kind: 'unreachable' });
    expect(await alone.cluster.open('/x')).toMatchObject({ ok: false, kind: 'unreachable' });
  });

  it('that answers no JSON is no answer, and what it was is not repeated', async () => {
    const answer = scripted.cluster.request('GET', '/x');
    (await scripted.next()).json('<html>hunter2</html>');
    const got = await answer;
    expect(got).toMatchObject({ ok: false, kind: 'unreachable' });
    expect(JSON.stringify(got)).not.toContain('hunter2');
  });

  it('can be given up', async () => {
    const abort = new AbortController();
    const answer = scripted.cluster.request('GET', '/x', { signal: abort.signal });
    const asked = await scripted.next();
    abort.abort();
    await asked.closed;
    expect(await answer).toMatchObject({ ok: false, kind: 'unreachable' });
  });
});
