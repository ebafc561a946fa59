/** Finds a Chromium that starts, or installs one; answers how Playwright should launch it. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UsageError, root } from './prepare.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether the file is a browser that starts (a stub of a package manager, for example, is not). */
function starts(path) {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 && /chrom/i.test(stdout);
}

function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES];
  return candidates.find((path) => executable(path) && starts(path));
}

async function playwrights() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) && starts(path) ? path : undefined;
}

const isDebian = () =>
  existsSync('/etc/os-release') &&
  /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));

const run = (command, args) =>
  spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

function installWithApt() {
  if (process.getuid?.() !== 0 || !isDebian()) return false;
  process.stderr.write('meshdeck: installing Chromium with apt (once)…\n');
  run('apt-get', ['update', '-qq']);
  return run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']);
}

function installWithPlaywright() {
  process.stderr.write("meshdeck: installing Playwright's Chromium (once)…\n");
  return run(process.execPath, [
    join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
    'install',
    'chromium',
  ]);
}

/** Path of a Chromium: an installed one, Playwright's own, or one installed now. MESHDECK_BROWSER names one outright. */
export async function findBrowser() {
  const named = process.env.MESHDECK_BROWSER;
  if (named !== undefined && named !== '') {
    if (executable(named) && starts(named)) return named;
    throw new UsageError(`MESHDECK_BROWSER names ${named}, which is not a Chromium that starts.`);
  }
  const present = installed() ?? (await playwrights());
  if (present !== undefined) return present;
  if (installWithApt()) {
    const path = installed();
    if (path !== undefined) return path;
  }
  if (installWithPlaywright()) {
    const path = await playwrights();
    if (path !== undefined) return path;
  }
  throw new UsageError(
    'No Chromium or Chrome was found and none could be installed; install one, or name it in MESHDECK_BROWSER.',
  );
}
