/**
 * Another API server: the cluster behind TLS with an authority of its own, below a path, for a bearer token only, and with
 * verbs that can be denied.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stringify } from 'yaml';

const PREFIX = '/k8s/clusters/c-1';
const TOKEN = 'e2e-token';

export interface Guarded {
  kubeconfig: string;
  /** Patches are forbidden from now on, or allowed again; access reviews say the same. */
  forbidPatches(forbidden: boolean): void;
  /** Asked before each write that is no dry run, with the name of its object: `false` forbids this one. */
  beforeWrite(ask: ((name: string) => Promise<boolean>) | undefined): void;
  /** Requests for these kinds (`virtualnodes`) are not answered from now on; without any, those that wait are. */
  holdBack(...plurals: string[]): void;
  stop(): Promise<void>;
}

export const canMakeCertificates = (): boolean => spawnSync('openssl', ['version']).status === 0;

function certificate(folder: string): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const { status, stderr } = spawnSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=cluster', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`openssl: ${stderr}`);
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

const REASON = 'role "viewer" does not allow it';

function denial(path: string) {
  const message = `virtualrouters.appmesh.k8s.aws is forbidden: User "viewer" cannot patch resource at ${path}`;
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Forbidden', code: 403, message };
}

/** Stands before `cluster` and writes a kubeconfig into `folder` whose context is named `prod/eu west`. */
export async function guard(cluster: string, folder: string): Promise<Guarded> {
  const { key, cert } = certificate(folder);
  let forbidden = false;
  let held: readonly string[] = [];
  let asked: ((name: string) => Promise<boolean>) | undefined;
  const waiting = new Set<() => void>();
  const server = createServer({ key, cert }, (incoming, outgoing) => {
    const answer = (status: number, body: object) => {
      outgoing.writeHead(status, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify(body));
    };
    const path = incoming.url ?? '/';
    if (incoming.headers.authorization !== `Bearer ${TOKEN}` || !path.startsWith(PREFIX))
      return answer(401, { ...denial(path), reason: 'Unauthorized', code: 401, message: 'Unauthorized' });
    if (forbidden && incoming.method === 'PATCH') return answer(403, denial(path));
    if (forbidden && path.endsWith('/selfsubjectaccessreviews'))
      return answer(201, { kind: 'SelfSubjectAccessReview', status: { allowed: false, reason: REASON } });
    const { pathname, searchParams } = new URL(path, cluster);
    const plural = pathname.split('/').at(-1) ?? '';
    if (asked !== undefined && incoming.method === 'PATCH' && !searchParams.has('dryRun'))
      return void asked(plural).then((may) =>
        may ? pass(path, incoming, outgoing) : answer(403, denial(path)),
      );
    if (held.includes(plural)) {
      waiting.add(() => pass(path, incoming, outgoing));
      return undefined;
    }
    return pass(path, incoming, outgoing);
  });
  function pass(path: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { host: _, authorization: __, ...headers } = incoming.headers;
    const onward = request(
      new URL(path.slice(PREFIX.length), cluster),
      { method: incoming.method, headers },
      (from) => {
        outgoing.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(outgoing);
      },
    );
    onward.once('error', () => outgoing.destroy());
    outgoing.once('close', () => onward.destroy());
    incoming.pipe(onward);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server
  const name = 'prod/eu west';
  const kubeconfig = join(folder, 'config');
  writeFileSync(
    kubeconfig,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'another',
      clusters: [
        {
          name,
          cluster: {
            server: `https://127.0.0.1:${port}${PREFIX}`,
            'certificate-authority-data': cert.toString('base64'),
          },
        },
      ],
      users: [{ name, user: { token: TOKEN } }],
      contexts: [
        { name, context: { cluster: name, user: name } },
        { name: 'another', context: { cluster: 'gone', user: name } },
      ],
    }),
  );
  return {
    kubeconfig,
    forbidPatches: (next) => (forbidden = next),
    beforeWrite: (next) => (asked = next),
    holdBack: (...plurals) => {
      held = plurals;
      if (plurals.length > 0) return;
      for (const go of waiting) go();
      waiting.clear();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
