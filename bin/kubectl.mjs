/** Finds a kubectl that runs, or installs one, and prints its path; says why where there is none. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UsageError } from './prepare.mjs';

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether the file is a kubectl that runs here. */
function runs(path) {
  const { status, stdout } = spawnSync(path, ['version', '--client', '-o', 'json'], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  return status === 0 && stdout.includes('clientVersion');
}

function installed() {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'kubectl'));
  return candidates.find((path) => executable(path) && runs(path));
}

const isDebian = () =>
  existsSync('/etc/os-release') &&
  /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));

const apt = (...args) =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 180_000,
  }).status === 0;

function installWithApt() {
  if (process.getuid?.() !== 0 || !isDebian()) return false;
  process.stderr.write('meshdeck: installing kubectl with apt (once)…\n');
  apt('update', '-qq');
  return apt('install', '-y', '-qq', '--no-install-recommends', 'kubernetes-client');
}

/** Path of a kubectl: the one MESHDECK_KUBECTL names, one on the PATH, or Debian's, installed now. */
function findKubectl() {
  const named = process.env.MESHDECK_KUBECTL;
  if (named !== undefined && named !== '') {
    if (executable(named) && runs(named)) return named;
    throw new UsageError(`MESHDECK_KUBECTL names ${named}, which is not a kubectl that runs.`);
  }
  const present = installed() ?? (installWithApt() ? installed() : undefined);
  if (present !== undefined) return present;
  throw new UsageError(
    'No kubectl was found and none could be installed; install one (Debian: kubernetes-client), or name it in MESHDECK_KUBECTL.',
  );
}

try {
  process.stdout.write(`${findKubectl()}\n`);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`meshdeck: ${error.message}\n`);
  process.exitCode = 2;
}
