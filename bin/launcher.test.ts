import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const launch = (...flags: string[]) =>
  spawnSync(process.execPath, ['bin/meshdeck.mjs', '--port', '0', '--sandbox-port', '0', ...flags], {
    encoding: 'utf8',
  });

/** The launcher refuses with exit code 2 and exactly one line on stderr. */
function refusal(...flags: string[]): string {
  const { status, stderr } = launch(...flags);
  expect(status).toBe(2);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  return stderr;
}

describe('the launcher', () => {
  it('documents its flags', () => {
    const { status, stdout } = launch('--help');
    expect(status).toBe(0);
    for (const flag of [
      'port',
      'host',
      'context',
      'kubeconfig',
      'in-cluster',
      'namespace',
      'app-mesh',
      'no-app-mesh',
      'read-only',
      'scenario',
      'manifests',
      'crds',
      'sandbox-port',
      'sandbox-kubeconfig',
    ])
      expect(stdout).toContain(`--${flag} `);
  });

  it('names a flag it does not know', () => {
    expect(refusal('--prot', '1')).toContain("'--prot'");
  });

  it('refuses a port that is none', () => {
    expect(refusal('--port', '99999')).toContain('--port 99999');
  });

  it('refuses to listen beyond loopback without sign-in', () => {
    expect(refusal('--host', '0.0.0.0')).toContain('loopback');
  });

  it('refuses a kubeconfig that is not there', () => {
    expect(refusal('--kubeconfig', '/nonexistent/config')).toContain('/nonexistent/config');
  });

  it('refuses a context that the kubeconfig does not hold, and names those it does', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'meshdeck-')), 'config');
    writeFileSync(
      file,
      'apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]\nusers: [{name: u, user: {}}]\ncontexts: [{name: blue, context: {cluster: c, user: u}}]\n',
    );
    const message = refusal('--kubeconfig', file, '--context', 'green');
    expect(message).toContain('green');
    expect(message).toContain('blue');
  });

  it('refuses a context whose cluster is not there', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'meshdeck-')), 'config');
    writeFileSync(file, 'contexts: [{name: blue, context: {cluster: gone, user: u}}]\n');
    expect(refusal('--kubeconfig', file, '--context', 'blue')).toContain('"gone"');
  });

  it('says where a kubeconfig is malformed and quotes none of it', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'meshdeck-')), 'config');
    writeFileSync(file, 'users:\n- name: u\n  user:\n    token: hunter2\n   client: [x\n');
    const message = refusal('--kubeconfig', file);
    expect(message).toMatch(/is not a readable kubeconfig: .* at line \d+, column \d+\.$/m);
    expect(message).not.toContain('hunter2');
  });

  it.each([
    ['nowhere', 'begins with a region'],
    ['eu-west-1,colour=red', 'endpoint=URL'],
    ['eu-west-1,endpoint=ftp://x', 'http or https'],
    ['eu-west-1,endpoint=http://u:hunter2@x', 'without a user name'],
    ['eu-west-1,name=a,name=b', 'twice'],
    ['eu-west-1;eu-west-2', 'region'],
  ])('refuses the App Mesh API %s, and repeats no password', (spec, word) => {
    const message = refusal('--app-mesh', spec);
    expect(message).toContain(word);
    expect(message).not.toContain('hunter2');
  });

  it('refuses a context that the environment could not carry', () => {
    expect(refusal('--context', 'a;b')).toContain('semicolon');
  });

  it('refuses a scenario beside a named cluster', () => {
    expect(refusal('--context', 'x', '--scenario', 'shop')).toContain('--scenario');
  });
});

describe('a busy port', () => {
  const server = createServer();
  let port = 0;
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          port = (server.address() as AddressInfo).port; // a TCP server
          resolve();
        });
      }),
  );
  afterAll(() => void server.close());

  it.each(['port', 'sandbox-port'])('is refused in one sentence: --%s', async (flag) => {
    const child = spawn(process.execPath, ['bin/meshdeck.mjs', '--port', '0', `--${flag}`, String(port)]);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(2);
    expect(stderr.trim()).toBe(
      `meshdeck: Port ${port} on 127.0.0.1 is in use; choose another with --${flag}.`,
    );
  });
});
