/** Brings a checkout to where it can run: dependencies installed, console built; each only when missing or out of date. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A path as the user meant it: npm runs scripts in the project's folder and tells in INIT_CWD where it was called. */
export const fromHere = (path) => resolve(process.env.INIT_CWD ?? process.cwd(), path);

/** A failure whose cause is outside the program; its message is the one sentence the user sees. */
export class UsageError extends Error {}

const BUILD_INPUTS = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.ts',
  'tsconfig.json',
  'package-lock.json',
];
const INSTALL_STAMP = join(root, 'node_modules', '.meshdeck-installed');
/** Holds the id of the process that installs, while it does. */
const INSTALLING = join(root, '.meshdeck', 'installing');
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

/** Runs a step whose outcome the stamp keeps; a step that fails or is interrupted leaves no stamp. */
async function step(family, stamp, wanted, what, command, args) {
  rmSync(stamp, { force: true });
  const done = await family
    .run(command, args, {
      stdio: ['ignore', 2, 2], // progress goes to stderr; stdout is for the console's own lines
      env: { NEXT_TELEMETRY_DISABLED: '1' },
      graceMs: 1000, // npm finishes what it has begun however long that takes; without a stamp it is all done again
    })
    .catch((error) => {
      throw new UsageError(`${what} failed: ${error.message}.`);
    });
  if (!done) throw new UsageError(`${what} failed; the lines above say why.`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** An interrupted npm leaves packages with files missing and takes them for whole the next time: begin from nothing then. */
function clearAfterInterruption() {
  if (!existsSync(INSTALLING)) return;
  const pid = Number(readFileSync(INSTALLING, 'utf8'));
  if (pid > 0 && isAlive(pid))
    throw new UsageError(
      `Process ${pid} is installing the dependencies already; wait for it, or delete ${INSTALLING}.`,
    );
  rmSync(join(root, 'node_modules'), { recursive: true, force: true });
}

/** Installs the locked dependencies when node_modules is missing or belongs to another lock file. */
export async function ensureInstalled(family) {
  const wanted = digest(['package-lock.json']);
  if (holds(INSTALL_STAMP, wanted)) return;
  clearAfterInterruption();
  process.stderr.write('meshdeck: installing dependencies (once)…\n');
  // Not `npm ci`: it refuses a lock file without every platform's optional binaries. `--no-save` keeps the lock as it is.
  // No dependency needs its install script to run.
  const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  mkdirSync(dirname(INSTALLING), { recursive: true });
  writeFileSync(INSTALLING, String(process.pid));
  await step(family, INSTALL_STAMP, wanted, 'Installing the dependencies', 'npm', ['install', ...flags]);
  rmSync(INSTALLING);
}

/** Builds the console when there is no build or its inputs changed. */
export async function ensureBuilt(family) {
  const wanted = digest(BUILD_INPUTS);
  if (holds(BUILD_STAMP, wanted)) return;
  process.stderr.write('meshdeck: building the console (about a minute)…\n');
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  await step(family, BUILD_STAMP, wanted, 'Building the console', process.execPath, [next, 'build']);
}
