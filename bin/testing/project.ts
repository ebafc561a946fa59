/**
 * A copy of the launcher in a project of its own, in which npm, Next and the sandbox are stand-ins that do at once what the
 * real ones take a minute for, and hang or fail where a test says so.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const NPM = `#!${process.execPath}
process.stderr.write('npm runs\\n');
if (process.env.HANG === 'install') setInterval(() => undefined, 1000);
process.exitCode = process.env.FAIL === 'install' ? 1 : 0;
`;

/** Answers what the console would; stubborn about SIGTERM where HANG is "console". */
const NEXT = `
const { createServer } = require('node:http');
const [command, , port, , host] = process.argv.slice(2);
process.stderr.write('next ' + command + ' runs\\n');
if (command === 'build') {
  if (process.env.HANG === 'build') setInterval(() => undefined, 1000);
  process.exitCode = process.env.FAIL === 'build' ? 1 : 0;
} else {
  if (process.env.FAIL === 'console') process.exit(7);
  const source = { name: 'blue', server: 'https://blue.example', state: JSON.parse(process.env.STATE ?? '{"phase":"live"}') };
  createServer((request, response) => {
    if (request.url === '/crash') process.kill(process.pid, 'SIGKILL');
    response.end(JSON.stringify({ sources: [source] }));
  }).listen(Number(port), host);
}
`;

const SANDBOX = `
if (process.argv.includes('unknown')) {
  process.stderr.write('sandbox: There is no scenario "unknown".\\n');
  process.exit(2);
}
process.stderr.write('sandbox runs\\n');
process.stdin.once('end', () => process.exit(0)).resume();
if (process.env.HANG !== 'sandbox') process.stdout.write('{"ready":true}\\n');
`;

/** Notes each of its starts. */
const ENGINE = `
import { appendFileSync } from 'node:fs';
appendFileSync('engine-starts', process.pid + '\\n');
setInterval(() => undefined, 1000);
`;

export interface Launched {
  /** Resolves once this text was printed, on either stream. */
  printed(text: string | RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** How the launcher ended, once it and everything that it started are gone: they all hold its standard error. */
  gone: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string; stdout: string }>;
}

export interface Project {
  path(...parts: string[]): string;
  has(path: string): boolean;
  launch(flags?: readonly string[], env?: Record<string, string>): Launched;
  remove(): void;
}

/** Lays the project out. `node` is the version range that its package.json asks for. */
export function createProject(node = '>=20.20'): Project {
  const folder = mkdtempSync(join(tmpdir(), 'meshdeck launcher '));
  const path = (...parts: string[]) => join(folder, ...parts);
  const write = (file: string, text: string) => {
    mkdirSync(path(file, '..'), { recursive: true });
    writeFileSync(path(file), text);
  };
  cpSync('bin', path('bin'), { recursive: true });
  write('package.json', JSON.stringify({ type: 'module', engines: { node } }));
  write('tools/npm', NPM);
  chmodSync(path('tools/npm'), 0o755);
  write('node_modules/next/package.json', '{}');
  write('node_modules/next/dist/bin/next', NEXT);
  write('sandbox/main.ts', SANDBOX);
  write('engine/main.ts', ENGINE);
  symlinkSync(resolve('node_modules/tsx'), path('node_modules/tsx'));
  return {
    path,
    has: (file) => existsSync(path(file)),
    launch(flags = [], env = {}) {
      const child = spawn(
        process.execPath,
        ['bin/meshdeck.mjs', '--port', '0', '--sandbox-port', '0', ...flags],
        {
          cwd: folder,
          env: {
            ...process.env,
            INIT_CWD: folder,
            PATH: `${path('tools')}${delimiter}${process.env['PATH'] ?? ''}`,
            ...env,
          },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      const streams = { stdout: '', stderr: '' };
      const waiting = new Set<() => void>();
      for (const name of ['stdout', 'stderr'] as const)
        child[name].setEncoding('utf8').on('data', (chunk: string) => {
          streams[name] += chunk;
          for (const look of waiting) look();
        });
      const closed = once(child, 'close').then(() => ({
        code: child.exitCode,
        signal: child.signalCode,
        ...streams,
      }));
      return {
        printed: (text) =>
          new Promise((found) => {
            const look = () => {
              const match = new RegExp(text).exec(streams.stdout + streams.stderr);
              if (match) found(match);
            };
            waiting.add(look);
            look();
          }),
        kill: (signal) => void child.kill(signal),
        gone: closed,
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
