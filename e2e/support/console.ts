/** Starts the product as a user does, through the launcher, with a sandbox of its own, and ends it after the tests. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { Sandbox } from './sandbox';

export interface Deck {
  /** Address of the console. */
  url: string;
  sandbox: Sandbox;
}

interface Started extends Deck {
  stop(): Promise<void>;
}

async function startDeck(scenario: string): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'meshdeck-e2e-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const child = spawn(
    process.execPath,
    [
      'bin/meshdeck.mjs',
      '--port',
      '0',
      '--sandbox-port',
      '0',
      '--scenario',
      scenario,
      '--sandbox-kubeconfig',
      kubeconfig,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const ready = /meshdeck is ready: (\S+)/.exec(output);
      if (ready?.[1] !== undefined) resolve(ready[1]);
    });
    child.once('exit', (code) => reject(new Error(`the launcher ended with exit code ${code}:\n${output}`)));
  });
  return {
    url,
    sandbox: new Sandbox(kubeconfig),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `deck` is shared by the tests of one file; the sandbox is reset before each test. */
export const test = base.extend<{ fresh: undefined }, { scenario: string; deck: Deck }>({
  scenario: ['shop', { option: true, scope: 'worker' }],
  deck: [
    async ({ scenario }, use) => {
      const deck = await startDeck(scenario);
      await use(deck);
      await deck.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  fresh: [
    async ({ deck }, use) => {
      await deck.sandbox.reset();
      await use(undefined);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
