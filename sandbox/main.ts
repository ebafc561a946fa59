/** The sandbox as a program: a cluster with a scenario in it, behind the Kubernetes API. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { createFront } from './admin/front';
import { Sandbox } from './admin/sandbox';
import { consoleCrds, ownCrds } from './crds';
import type { KubeObject } from './kube/types';
import { creationOrder, loadApiResources, loadScenario, readManifests } from './scenarios';

const HELP = `sandbox: an embedded cluster for meshdeck

  --port N           port of the Kubernetes API (default 7443; 0 picks a free one)
  --host ADDRESS     address to listen on (default 127.0.0.1)
  --scenario NAME    shop (default), tutorial, scale=N
  --manifests PATH   load these YAML files; repeat for several
  --crds DIR         use these CRDs in place of the sandbox's own; repeat for several
  --kubeconfig FILE  write a kubeconfig here
  --exit-with-parent end when standard input closes
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '7443' },
    host: { type: 'string', default: '127.0.0.1' },
    scenario: { type: 'string' },
    manifests: { type: 'string', multiple: true, default: [] },
    crds: { type: 'string', multiple: true, default: [] },
    kubeconfig: { type: 'string' },
    'exit-with-parent': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function fail(message: string): never {
  process.stderr.write(`sandbox: ${message}\n`);
  process.exit(2);
}

/** The CRDs in force: the sandbox's own, each replaced by a given one of the same name. */
function chosenCrds(): object[] {
  const crds = new Map<string, object>();
  for (const crd of [...ownCrds(), ...consoleCrds(), ...values.crds.flatMap((path) => readManifests(path))])
    crds.set((crd as KubeObject).metadata.name, crd); // CRD files, checked when they are created
  return [...crds.values()];
}

const scenario = values.scenario ?? (values.manifests.length === 0 ? 'shop' : undefined);

function chosenObjects(): KubeObject[] {
  const objects = [
    ...(scenario === undefined ? [] : loadScenario(scenario)),
    ...values.manifests.flatMap((path) => readManifests(path)),
  ];
  return creationOrder(objects);
}

function kubeconfig(server: string): string {
  const name = 'sandbox';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name, user: {} }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
  });
}

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(HELP);
  let sandbox;
  try {
    const crds = chosenCrds();
    sandbox = await Sandbox.start({
      scenario: [...(scenario === undefined ? [] : [scenario]), ...values.manifests].join(', '),
      crds,
      objects: chosenObjects,
      apiResources: () => (scenario === undefined ? [] : loadApiResources(scenario)),
    });
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  const server = createFront(sandbox, { host: values.host });
  const end = () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  if (values['exit-with-parent']) process.stdin.once('end', end).once('error', end).resume();
  server.once('error', (error: NodeJS.ErrnoException) =>
    fail(
      error.code === 'EADDRINUSE'
        ? `Port ${values.port} on ${values.host} is in use; choose another with --port.`
        : `Cannot listen on ${values.host}:${values.port}: ${error.message}`,
    ),
  );
  server.listen(Number(values.port), values.host, () => {
    const { port } = server.address() as AddressInfo; // a TCP server
    const url = `http://${values.host}:${port}`;
    if (values.kubeconfig !== undefined) {
      mkdirSync(dirname(resolve(values.kubeconfig)), { recursive: true });
      writeFileSync(values.kubeconfig, kubeconfig(url), { mode: 0o600 });
    }
    process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
  });
}

await main();
