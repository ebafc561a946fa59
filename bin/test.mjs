#!/usr/bin/env node
/** `npm test`: installs what is missing, then runs every test and prints one closing line with the counts. */
import './node-version.mjs';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findBrowser } from './browser.mjs';
import { UsageError, ensureBuilt, ensureInstalled, root } from './prepare.mjs';
import { createFamily } from './processes.mjs';

const RESULTS = join(root, 'test-results');
const UNIT_REPORT = join(RESULTS, 'unit.json');
const E2E_REPORT = join(RESULTS, 'e2e.json');

const family = createFamily();
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])
  process.once(signal, () => void family.end().then(() => process.exit(code)));

/** The counts of one run. What failed without being a test (a file that does not load, a runner that broke) counts as one. */
function counted(ok, report, count) {
  const { passed, failed, skipped, failures } = existsSync(report)
    ? count(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0, failures: [] };
  const good = ok && passed > 0;
  return { passed, failed: failed === 0 && !good ? 1 : failed, skipped, failures, good };
}

async function runUnitTests(filters) {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`];
  const ok = await family.run(process.execPath, [vitest, 'run', ...reports, ...filters]);
  return counted(ok, UNIT_REPORT, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(({ name, status, message, assertionResults }) => {
      const failed = assertionResults.filter((each) => each.status === 'failed');
      const file = relative(root, name);
      if (status === 'failed' && failed.length === 0) return [`${file}: ${message.split('\n')[0]}`];
      return failed.map(
        ({ fullName, failureMessages }) =>
          `${file}: ${fullName}\n  ${failureMessages.map((each) => each.split('\n    at ')[0]).join('\n  ')}`,
      );
    }),
  }));
}

async function playwright(filters) {
  const browser = await findBrowser();
  process.stdout.write(`\nbrowser: ${browser}\n`);
  await ensureBuilt(family);
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  return family.run(process.execPath, [cli, 'test', '--config', 'e2e/playwright.config.ts', ...filters], {
    env: { MESHDECK_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: E2E_REPORT },
  });
}

async function runBrowserTests(filters) {
  const ok = await playwright(filters).catch((error) => {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`meshdeck: ${error.message}\n`);
    return false;
  });
  const failing = (suite) => [
    ...(suite.specs ?? [])
      .filter((spec) => !spec.ok)
      .map(({ file, line, title }) => `e2e/${file}:${line}: ${title}`),
    ...(suite.suites ?? []).flatMap(failing),
  ];
  return counted(ok, E2E_REPORT, ({ stats, suites }) => ({
    passed: stats.expected,
    // Retries are off, so a flaky test cannot hide; were they on, it would count as failed here.
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: suites.flatMap(failing),
  }));
}

const USAGE = `npm test                 every test
npm test -- unit [FILE…] the unit and integration tests
npm test -- e2e [FILE…]  the browser tests
`;

async function main() {
  const [part, ...filters] = process.argv.slice(2);
  if (part !== undefined && part !== 'unit' && part !== 'e2e')
    throw new UsageError(`unknown part “${part}”.\n${USAGE}`);
  await ensureInstalled(family);
  mkdirSync(RESULTS, { recursive: true });
  for (const report of [UNIT_REPORT, E2E_REPORT]) rmSync(report, { force: true });
  const runs = [];
  if (part !== 'e2e') runs.push(await runUnitTests(filters));
  if (part !== 'unit') runs.push(await runBrowserTests(filters));
  const total = (field) => runs.reduce((sum, each) => sum + each[field], 0);
  // Again at the end, where whoever reads no more than that finds them.
  const failures = runs.flatMap((run) => run.failures);
  if (failures.length > 0) process.stdout.write(`\nfailed:\n${failures.join('\n')}\n`);
  process.stdout.write(
    `\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped\n`,
  );
  process.exitCode = runs.every(({ good }) => good) ? 0 : 1;
}

main().catch((error) => {
  process.stderr.write(`meshdeck: ${error instanceof UsageError ? error.message : error.stack}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
