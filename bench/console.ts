/** The product as a user starts it, in production mode on its sandbox, and a browser before it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { parse } from 'yaml';
import { findBrowser } from '../bin/browser.mjs';

export interface RunningConsole {
  url: string;
  /** Address of the sandbox's Kubernetes API. */
  server: string;
  /** Process id of the launcher; the console and the sandbox are its children. */
  pid: number;
  stop(): Promise<void>;
}

/** Starts the console on a scenario of the sandbox and waits until it has read it. */
export async function startConsole(
  scenario = 'shop',
  flags: readonly string[] = [],
): Promise<RunningConsole> {
  const folder = mkdtempSync(join(tmpdir(), 'meshdeck-bench-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const child = spawn(
    process.execPath,
    [
      'bin/meshdeck.mjs',
      ...['--port', '0', '--sandbox-port', '0', '--scenario', scenario],
      ...['--sandbox-kubeconfig', kubeconfig],
      ...flags,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const ready = /meshdeck is ready: (\S+)/.exec(output);
      if (ready?.[1] !== undefined) resolve(ready[1]);
    });
    child.once('exit', (code) => reject(new Error(`the launcher ended with exit code ${code}`)));
  });
  const config = parse(readFileSync(kubeconfig, 'utf8')) as { clusters: { cluster: { server: string } }[] };
  return {
    url,
    server: config.clusters[0]?.cluster.server ?? '',
    pid: child.pid ?? 0,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        child.kill('SIGTERM');
      }),
  };
}

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
}
