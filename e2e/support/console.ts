/** The product with a sandbox of its own, shared by the tests of one file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { launchConsole } from './launch';
import { Sandbox } from './sandbox';

export interface Deck {
  /** Address of the console. */
  url: string;
  sandbox: Sandbox;
}

/** A reset makes every object anew, in the cluster and in its App Mesh API; the console is given the time to read them all. */
async function untilRead({ url, sandbox }: Deck): Promise<void> {
  const { metadata } = await sandbox.mesh('shop');
  await expect
    .poll(async () => {
      const answer = await fetch(`${url}/api/v1/sources/sandbox/meshes/shop/topology`);
      const { mesh, nodes, parts, findings } = (await answer.json()) as Pictured;
      return (
        mesh?.ref.uid === metadata.uid &&
        nodes?.every(({ kind }) => kind !== 'malformed') &&
        parts?.every(({ phase, what }) => phase === 'live' && what === undefined) &&
        // What the API holds is what it took after the reset.
        findings?.every(({ code }) => !DRIFT.test(code))
      );
    })
    .toBe(true);
}

/** Findings that tell of a difference between the cluster and its App Mesh API. */
const DRIFT = /^MD51[01]$/;

interface Pictured {
  mesh?: { ref: { uid: string } };
  nodes?: { kind: string }[];
  parts?: { phase: string; what?: string[] }[];
  findings?: { code: string }[];
}

/** `deck` is shared by the tests of one file; the sandbox is reset before each test. */
export const test = base.extend<{ fresh: undefined }, { scenario: string; engine: boolean; deck: Deck }>({
  scenario: ['shop', { option: true, scope: 'worker' }],
  // A reset takes its lease from it, and it begins again: where no shift is carried out, it would cost each test two seconds.
  engine: [false, { option: true, scope: 'worker' }],
  deck: [
    async ({ scenario, engine }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'meshdeck-e2e-'));
      const kubeconfig = join(folder, 'kubeconfig');
      const console = await launchConsole(
        ...['--sandbox-port', '0', '--scenario', scenario, '--sandbox-kubeconfig', kubeconfig],
        ...(engine ? [] : ['--no-engine']),
      );
      await use({ url: console.ready, sandbox: new Sandbox(kubeconfig) });
      await console.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  fresh: [
    async ({ deck, scenario }, use) => {
      await deck.sandbox.reset();
      if (scenario === 'shop') await untilRead(deck);
      await use(undefined);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
