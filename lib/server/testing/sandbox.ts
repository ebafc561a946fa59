/** Starts the sandbox as the program it is, for tests that need a cluster. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const ready = z.object({ ready: z.literal(true), url: z.string() });

export interface RunningSandbox {
  url: string;
  kubeconfig: string;
  /** One request to the sandbox's Kubernetes API or its knobs. */
  request(method: string, path: string, body?: unknown, contentType?: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Runs a sandbox on a free port until `stop`. `extra` are more of its flags. */
export async function startSandbox(scenario: string, extra: readonly string[] = []): Promise<RunningSandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'meshdeck-test-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const flags = ['--port', '0', '--kubeconfig', kubeconfig, '--scenario', scenario, '--exit-with-parent'];
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...flags, ...extra], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    once(child, 'exit').then(() => undefined),
  ]);
  if (first === undefined) throw new Error('the sandbox ended before it was ready');
  const { url } = ready.parse(JSON.parse(first));
  return {
    url,
    kubeconfig,
    request: async (method, path, body, contentType = 'application/json') => {
      const response = await fetch(`${url}${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': contentType } }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    stop: async () => {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
