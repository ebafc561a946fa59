/** Finds a Chromium that starts, or installs one; answers how Playwright should launch it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError, root } from './prepare.mjs';
import { executable, installWithApt, onPath } from './programs.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Whether the file is a browser that starts (a stub of a package manager, for example, is not). */
function starts(path) {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 && /chrom/i.test(stdout);
}

const installed = () =>
  [...NAMES.flatMap(onPath), ...PLACES].find((path) => executable(path) && starts(path));

async function playwrights() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) && starts(path) ? path : undefined;
}

function installWithPlaywright() {
  process.stderr.write("meshdeck: installing Playwright's Chromium (once)…\n");
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  return spawnSync(process.execPath, [cli, 'install', 'chromium'], options).status === 0;
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
  if (installWithApt('Chromium', 'chromium', 'fonts-noto-cjk')) {
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
