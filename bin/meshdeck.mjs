#!/usr/bin/env node
/** `npm start`: installs and builds what is missing, starts the sandbox and the console, ends both on a signal. */
import { join, relative } from 'node:path';
import { clusterEnvironment } from './cluster.mjs';
import { HELP, parseOptions } from './options.mjs';
import { UsageError, ensureBuilt, ensureInstalled } from './prepare.mjs';
import { claimPort, createFamily } from './processes.mjs';

let family;
let ended = false;
async function end(code) {
  if (ended) return;
  ended = true;
  await family?.end();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));

function startSandbox(options, port) {
  const flags = ['--port', String(port), '--kubeconfig', options.sandboxKubeconfig, '--exit-with-parent'];
  if (options.scenario !== undefined) flags.push('--scenario', options.scenario);
  for (const path of options.manifests) flags.push('--manifests', path);
  for (const path of options.crds) flags.push('--crds', path);
  return new Promise((resolve) => {
    family.start('sandbox', ['--import', 'tsx', 'sandbox/main.ts', ...flags], {
      onLine: (line) => {
        if (line.startsWith('{"ready"')) resolve(JSON.parse(line));
      },
    });
  });
}

/** Resolves once the console answers on its health path. */
async function untilHealthy(url) {
  while (!ended) {
    try {
      if ((await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function main() {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const port = await claimPort(options.port, options.host, 'port');
  const sandboxPort = options.sandbox
    ? await claimPort(options.sandboxPort, '127.0.0.1', 'sandbox-port')
    : undefined;
  const cluster = options.sandbox
    ? { MESHDECK_KUBECONFIG: options.sandboxKubeconfig, MESHDECK_CONTEXT: 'sandbox' }
    : await clusterEnvironment(options);
  ensureInstalled();
  ensureBuilt();

  family = createFamily((name, code) => {
    if (code !== 2)
      process.stderr.write(`meshdeck: the ${name} ended unexpectedly (exit code ${code}); stopping.\n`);
    void end(code === 2 ? 2 : 1);
  });
  if (sandboxPort !== undefined) await startSandbox(options, sandboxPort);
  if (ended) return;

  const url = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  family.start(
    'console',
    [join('node_modules', 'next', 'dist', 'bin', 'next'), 'start', '-p', String(port), '-H', options.host],
    {
      env: {
        ...cluster,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        MESHDECK_HOST: options.host,
        MESHDECK_PORT: String(port),
        ...(options.namespaces.length > 0 ? { MESHDECK_NAMESPACES: options.namespaces.join(',') } : {}),
        ...(options.readOnly ? { MESHDECK_READ_ONLY: 'true' } : {}),
      },
      onLine: (line) => {
        if (line.startsWith('{')) process.stdout.write(`${line}\n`); // the audit and the server's log
      },
    },
  );
  await untilHealthy(url);
  if (ended) return;
  process.stdout.write(`\nmeshdeck is ready: ${url}\n`);
  if (options.sandbox)
    process.stdout.write(
      `kubectl --kubeconfig ${relative(process.cwd(), options.sandboxKubeconfig)} get virtualrouters -A\n`,
    );
  process.stdout.write('\n');
}

main().catch((error) => {
  process.stderr.write(`meshdeck: ${error instanceof UsageError ? error.message : error.stack}\n`);
  void end(error instanceof UsageError ? 2 : 1);
});
