#!/usr/bin/env node
/** `npm test`: installs what is missing, then runs every test and prints one closing line with the counts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { UsageError, ensureBuilt, ensureInstalled, root } from './prepare.mjs';

const RESULTS = join(root, 'test-results');
const UNIT_REPORT = join(RESULTS, 'unit.json');
const E2E_REPORT = join(RESULTS, 'e2e.json');

const NOTHING = { passed: 0, failed: 1, skipped: 0, ok: false };

function node(args, env = {}) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}

function runUnitTests() {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const ok = node([
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${UNIT_REPORT}`,
  ]);
  if (!existsSync(UNIT_REPORT)) return NOTHING;
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(UNIT_REPORT, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, ok };
}

async function runBrowserTests(filters) {
  const browser = await findBrowser();
  process.stdout.write(`\nbrowser: ${browser}\n`);
  ensureBuilt();
  const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const ok = node([playwright, 'test', '--config', 'e2e/playwright.config.ts', ...filters], {
    MESHDECK_BROWSER: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: E2E_REPORT,
  });
  if (!existsSync(E2E_REPORT)) return NOTHING;
  const { stats } = JSON.parse(readFileSync(E2E_REPORT, 'utf8'));
  // Retries are off, so a flaky test cannot hide; were they on, it would count as failed here.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped, ok };
}

const USAGE = `npm test                 every test
npm test -- unit         the unit and integration tests
npm test -- e2e [FILE…]  the browser tests
`;

async function main() {
  const [part, ...filters] = process.argv.slice(2);
  if (part !== undefined && part !== 'unit' && part !== 'e2e')
    throw new UsageError(`unknown part “${part}”.\n${USAGE}`);
  ensureInstalled();
  mkdirSync(RESULTS, { recursive: true });
  for (const report of [UNIT_REPORT, E2E_REPORT]) rmSync(report, { force: true });
  const runs = [];
  if (part !== 'e2e') runs.push(runUnitTests());
  if (part !== 'unit') runs.push(await runBrowserTests(filters));
  const total = (field) => runs.reduce((sum, each) => sum + each[field], 0);
  process.stdout.write(
    `\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped\n`,
  );
  process.exitCode = runs.every((each) => each.ok && each.passed > 0) ? 0 : 1;
}

main().catch((error) => {
  process.stderr.write(`meshdeck: ${error instanceof UsageError ? error.message : error.stack}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
