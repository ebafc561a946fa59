#!/usr/bin/env node
/** `npm test`: installs what is missing, then runs every test and prints one closing line with the counts. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError, ensureInstalled, root } from './prepare.mjs';

const REPORT = join(root, 'test-results', 'unit.json');

function runUnitTests() {
  rmSync(REPORT, { force: true });
  mkdirSync(join(root, 'test-results'), { recursive: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`],
    { cwd: root, stdio: 'inherit' },
  );
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(REPORT, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, ok: status === 0 };
}

try {
  ensureInstalled();
  const unit = runUnitTests();
  process.stdout.write(`\n${unit.passed} passed, ${unit.failed} failed, ${unit.skipped} skipped\n`);
  process.exitCode = unit.ok && unit.passed > 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`meshdeck: ${error instanceof UsageError ? error.message : error.stack}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
