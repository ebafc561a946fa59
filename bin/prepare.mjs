/** Brings a checkout to where it can run: dependencies installed, console built; each only when missing or out of date. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A failure whose cause is outside the program; its message is the one sentence the user sees. */
export class UsageError extends Error {}

const BUILD_INPUTS = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.ts',
  'instrumentation.ts',
  'tsconfig.json',
  'package-lock.json',
];
const INSTALL_STAMP = join(root, 'node_modules', '.meshdeck-installed');
const BUILD_STAMP = join(root, '.next', '.meshdeck-built');

const isTest = (name) => /\.test\.tsx?$/.test(name);

function filesBelow(path) {
  if (!existsSync(path)) return [];
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path]; // a file, not a folder
  }
  return entries
    .filter((entry) => !isTest(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]))
    .sort();
}

function digest(paths) {
  const hash = createHash('sha256').update(process.version.split('.')[0]);
  for (const path of paths.flatMap((p) => filesBelow(join(root, p))))
    hash.update(relative(root, path)).update(readFileSync(path));
  return hash.digest('hex');
}

const holds = (stamp, wanted) => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

function run(command, args, what) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2], // progress goes to stderr; stdout is for the console's own lines
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (signal === 'SIGINT' || signal === 'SIGTERM') process.exit(130);
  if (status !== 0)
    throw new UsageError(`${what} failed${error ? `: ${error.message}` : ''}; the lines above say why.`);
}

/** Installs the locked dependencies when node_modules is missing or belongs to another lock file. */
export function ensureInstalled() {
  const wanted = digest(['package-lock.json']);
  if (holds(INSTALL_STAMP, wanted)) return;
  process.stderr.write('meshdeck: installing dependencies (once)…\n');
  // Not `npm ci`: it refuses a lock file without every platform's optional binaries. `--no-save` keeps the lock as it is.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], 'Installing the dependencies');
  writeFileSync(INSTALL_STAMP, wanted);
}

/** Builds the console when there is no build or its inputs changed. */
export function ensureBuilt() {
  const wanted = digest(BUILD_INPUTS);
  if (holds(BUILD_STAMP, wanted)) return;
  process.stderr.write('meshdeck: building the console (about a minute)…\n');
  run(
    process.execPath,
    [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    'Building the console',
  );
  mkdirSync(dirname(BUILD_STAMP), { recursive: true });
  writeFileSync(BUILD_STAMP, wanted);
}
