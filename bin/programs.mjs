/** Programs of the machine: finding one that runs, and Debian's packages. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether the file may be run. */
export function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Every place on the PATH where a program of this name would be. */
export const onPath = (name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));

const isDebian = () =>
  existsSync('/etc/os-release') &&
  /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));

const apt = (...args) =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** Installs packages with apt; false where that cannot be done (no root, no Debian, no such package). */
export function installWithApt(what, ...packages) {
  if (process.getuid?.() !== 0 || !isDebian()) return false;
  process.stderr.write(`meshdeck: installing ${what} with apt (once)…\n`);
  apt('update', '-qq');
  return apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}
