/** Finds a kubectl that runs, or installs one, and prints its path; says why where there is none. */
import { spawnSync } from 'node:child_process';
import { UsageError } from './prepare.mjs';
import { executable, installWithApt, onPath } from './programs.mjs';

/** Whether the file is a kubectl that runs here. */
function runs(path) {
  const { status, stdout } = spawnSync(path, ['version', '--client', '-o', 'json'], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  return status === 0 && stdout.includes('clientVersion');
}

const installed = () => onPath('kubectl').find((path) => executable(path) && runs(path));

/** Path of a kubectl: the one MESHDECK_KUBECTL names, one on the PATH, or Debian's, installed now. */
function findKubectl() {
  const named = process.env.MESHDECK_KUBECTL;
  if (named !== undefined && named !== '') {
    if (executable(named) && runs(named)) return named;
    throw new UsageError(`MESHDECK_KUBECTL names ${named}, which is not a kubectl that runs.`);
  }
  const present = installed() ?? (installWithApt('kubectl', 'kubernetes-client') ? installed() : undefined);
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
