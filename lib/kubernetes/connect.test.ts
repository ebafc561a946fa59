import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { connect } from './connect';

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
