/** Starting programs of the product as a user does, and ending them. */
import { spawn } from 'node:child_process';

/** Keys of no account: what an App Mesh API that a test runs is called with. */
const KEYS = { AWS_ACCESS_KEY_ID: 'e2e', AWS_SECRET_ACCESS_KEY: 'e2e' };

export interface Launched {
  /** What the line that told of readiness held. */
  ready: string;
  stop(): Promise<void>;
}

/** Runs `node …args` until its output matches `ready`; the first group of the match is kept. */
export async function launch(args: readonly string[], ready: RegExp): Promise<Launched> {
  const env = { ...process.env, ...KEYS };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const found = ready.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with exit code ${code}:\n${output}`)));
  });
  return {
    ready: said,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Starts the product with these flags of the launcher; `ready` is the console's address. */
export const launchConsole = (...flags: string[]): Promise<Launched> =>
  launch(['bin/meshdeck.mjs', '--port', '0', ...flags], /meshdeck is ready: (\S+)/);

/** Starts a cluster of its own, apart from the product; `ready` is its address. */
export const launchCluster = (...flags: string[]): Promise<Launched> =>
  launch(['--import', 'tsx', 'sandbox/main.ts', '--port', '0', ...flags], /"ready":true,"url":"([^"]+)"/);
