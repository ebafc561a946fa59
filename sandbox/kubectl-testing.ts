/** kubectl and a sandbox of its own, for tests of what the one makes of the other. */
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Path of kubectl; empty where this machine has none. */
export const kubectl = spawnSync(process.execPath, ['bin/kubectl.mjs'], { encoding: 'utf8' }).stdout.trim();

export interface Ended {
  code: number;
  out: string;
  errors: string;
}

export interface KubectlRig {
  /** For what the test writes; it goes with the rig. */
  folder: string;
  /** Starts the sandbox; resolves once it takes requests. */
  start(): Promise<void>;
  /** What kubectl runs in: the sandbox's kubeconfig, and a home of its own. */
  environment: NodeJS.ProcessEnv;
  /** Runs kubectl to its end. */
  run(args: readonly string[], env?: Record<string, string>): Promise<Ended>;
  /** Writes a manifest and gives its path. */
  manifest(name: string, text: string): string;
  stop(): Promise<void>;
}

export function kubectlRig(): KubectlRig {
  const folder = mkdtempSync(join(tmpdir(), 'meshdeck-kubectl-'));
  const environment = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), HOME: folder };
  let sandbox: ChildProcess | undefined;
  return {
    folder,
    environment,
    async start() {
      const flags = ['--port', '0', '--scenario', 'tutorial', '--exit-with-parent'];
      const started = spawn(
        process.execPath,
        ['--import', 'tsx', 'sandbox/main.ts', ...flags, '--kubeconfig', environment.KUBECONFIG],
        { stdio: ['pipe', 'pipe', 'inherit'] },
      );
      sandbox = started;
      const lines = createInterface({ input: started.stdout });
      const [first] = await Promise.race([once(lines, 'line'), once(started, 'exit').then(() => [''])]);
      if (!String(first).includes('"ready":true')) throw new Error(`the sandbox did not begin: ${first}`);
    },
    run: (args, env = {}) =>
      new Promise((resolve) => {
        execFile(
          kubectl,
          args,
          { env: { ...environment, ...env }, timeout: 15_000 },
          (error, out, errors) => {
            resolve({ code: error ? Number(error.code ?? 1) : 0, out, errors });
          },
        );
      }),
    manifest(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    async stop() {
      const ended = sandbox?.exitCode === null ? once(sandbox, 'exit') : undefined;
      sandbox?.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
