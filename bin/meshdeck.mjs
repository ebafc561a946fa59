#!/usr/bin/env node
/** `npm start`: installs and builds what is missing, starts the sandbox and the console, ends both on a signal. */
import './node-version.mjs';
import { join, relative } from 'node:path';
import { runCheck } from './check.mjs';
import { clusterEnvironment } from './cluster.mjs';
import { HELP, parseOptions } from './options.mjs';
import { UsageError, ensureBuilt, ensureInstalled } from './prepare.mjs';
import { claimPort, createFamily } from './processes.mjs';
import { makeRoom } from './sandbox-kubeconfig.mjs';
import { untilHealthy, untilRead } from './until-ready.mjs';

/** Of the sandbox's account. */
const SANDBOX_REGION = 'us-west-2';

const family = createFamily();
if (process.argv[2] === 'check') await runCheck(family, process.argv.slice(3));
let ended = false;
async function end(code) {
  if (ended) return family.kill(); // asked twice: no more patience
  ended = true;
  await family.end();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
process.stdout.on('error', () => undefined); // whoever read the output is gone; the console is not

/** A child ended by itself. With 2 it has said what is wrong with its flags. */
const died = (name) => (code, signal) => {
  if (ended) return;
  if (code !== 2)
    process.stderr.write(
      `meshdeck: the ${name} ended unexpectedly (${signal ?? `exit code ${code}`}); stopping.\n`,
    );
  void end(code === 2 ? 2 : 1);
};

function startSandbox(options, port) {
  const flags = ['--port', String(port), '--kubeconfig', options.sandboxKubeconfig, '--exit-with-parent'];
  if (options.scenario !== undefined) flags.push('--scenario', options.scenario);
  for (const path of options.manifests) flags.push('--manifests', path);
  for (const path of options.crds) flags.push('--crds', path);
  return new Promise((resolve) => {
    family.start(['--import', 'tsx', 'sandbox/main.ts', ...flags], {
      onLine: (line) => {
        if (line.startsWith('{"ready"')) resolve();
      },
      onDeath: died('sandbox'),
    });
  });
}

/** What is read of the sandbox beside its cluster. It takes any key; none of a real account is ever sent there. */
function sandboxApis(options, sandboxPort) {
  if (!options.sandbox) return {};
  const spec = `${SANDBOX_REGION},endpoint=http://127.0.0.1:${sandboxPort}`;
  return {
    MESHDECK_SANDBOX_KEYS: 'sandbox:sandbox',
    ...(options.sandboxAppMesh ? { MESHDECK_SANDBOX_APP_MESH: `${spec},name=sandbox API` } : {}),
    ...(options.sandboxTelemetry ? { MESHDECK_SANDBOX_TELEMETRY: spec } : {}),
  };
}

/** How often measurements are read: often where they cost nothing. */
const refreshOf = ({ telemetryRefresh, sandbox, sandboxTelemetry }) =>
  telemetryRefresh ?? process.env.MESHDECK_TELEMETRY_REFRESH ?? (sandbox && sandboxTelemetry ? '15' : '');

/** Where the console reads: the sandbox, a named cluster, and App Mesh APIs. */
async function sourcesEnvironment(options, sandboxPort) {
  const cluster = options.sandbox
    ? { MESHDECK_KUBECONFIG: options.sandboxKubeconfig, MESHDECK_CONTEXT: 'sandbox' }
    : options.cluster
      ? await clusterEnvironment(family, options)
      : {};
  return {
    ...cluster,
    ...sandboxApis(options, sandboxPort),
    MESHDECK_APP_MESH: options.appMesh.join(';'),
    MESHDECK_TELEMETRY: options.telemetry.join(';'),
    MESHDECK_TELEMETRY_REFRESH: refreshOf(options),
    ...(options.telemetryBudget === undefined ? {} : { MESHDECK_TELEMETRY_BUDGET: options.telemetryBudget }),
  };
}

function startConsole(options, port, cluster) {
  const next = join('node_modules', 'next', 'dist', 'bin', 'next');
  const flags = ['--import', './bin/with-parent.mjs', next, 'start', '-p', String(port), '-H', options.host];
  family.start(flags, {
    env: {
      ...cluster,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      MESHDECK_HOST: options.host,
      MESHDECK_NAMESPACES: options.namespaces.join(','),
      MESHDECK_READ_ONLY: String(options.readOnly),
      ...(options.policy === undefined ? {} : { MESHDECK_POLICY: options.policy }),
    },
    onLine: (line) => {
      if (line.startsWith('{')) process.stdout.write(`${line}\n`); // the audit and the server's log
    },
    onDeath: died('console'),
  });
}

/** Between an engine that ended and the next, doubling. */
const ENGINE_AGAIN_MS = { first: 1_000, longest: 30_000, sound: 60_000 };

/**
 * The engine carries out traffic shifts, beside the console and apart from it: while it is down, shifts stand still and everything
 * else works. It ends by itself when it can no longer renew its lease, and is started again.
 */
function startEngine(options, cluster, waitMs = ENGINE_AGAIN_MS.first) {
  const startedAt = Date.now();
  let led = false;
  const flags = ['--conditions=react-server', '--import', 'tsx', '--import', './bin/with-parent.mjs'];
  family.start([...flags, 'engine/main.ts'], {
    env: { ...cluster, MESHDECK_NAMESPACES: options.namespaces.join(','), MESHDECK_READ_ONLY: 'false' },
    onLine: (line) => {
      if (!line.startsWith('{')) return;
      led ||= line.includes('"leading"');
      process.stdout.write(`${line}\n`);
    },
    onDeath: (code, signal) => {
      if (ended || code === 2) return;
      // One that got as far as leading is not one that cannot begin.
      const sound = led || Date.now() - startedAt > ENGINE_AGAIN_MS.sound;
      const next = sound ? ENGINE_AGAIN_MS.first : waitMs;
      process.stderr.write(
        `meshdeck: the engine ended (${signal ?? `exit code ${code}`}); traffic shifts stand still until it is back in ${next / 1000} s.\n`,
      );
      setTimeout(() => {
        if (!ended) startEngine(options, cluster, Math.min(ENGINE_AGAIN_MS.longest, next * 2));
      }, next).unref();
    },
  });
}

/** How the AWS CLI, of either version, calls the sandbox's App Mesh API. The sandbox looks at no key. */
function awsLine(sandboxPort) {
  const settings = {
    AWS_ENDPOINT_URL_APP_MESH: `http://127.0.0.1:${sandboxPort}`,
    AWS_DEFAULT_REGION: SANDBOX_REGION,
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
  };
  const words = Object.entries(settings).map(([name, content]) => `${name}=${content}`);
  return [...words, 'aws appmesh list-meshes'].join(' ');
}

function announce(url, options, sandboxPort, troubles) {
  const file = relative(process.env.INIT_CWD ?? process.cwd(), options.sandboxKubeconfig);
  const quoted = /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
  const lines = [
    `meshdeck is ready: ${url}`,
    ...(options.sandbox
      ? [`kubectl --kubeconfig ${quoted} get virtualrouters -A`, awsLine(sandboxPort)]
      : []),
    ...troubles,
  ];
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
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
  const sources = await sourcesEnvironment(options, sandboxPort);
  if (options.sandbox) makeRoom(options.sandboxKubeconfig);
  await ensureInstalled(family);
  await ensureBuilt(family);

  if (sandboxPort !== undefined) await startSandbox(options, sandboxPort);
  if (ended) return;
  startConsole(options, port, sources);
  if (options.engine) startEngine(options, sources);
  const url = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  await untilHealthy(url, () => ended);
  const troubles = await untilRead(url, () => ended);
  if (!ended) announce(url, options, sandboxPort, troubles);
}

main().catch((error) => {
  process.stderr.write(`meshdeck: ${error instanceof UsageError ? error.message : error.stack}\n`);
  void end(error instanceof UsageError ? 2 : 1);
});
