/** Starting, watching and ending child processes. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { UsageError, root } from './prepare.mjs';

/** Below the ports that systems hand out by themselves (from 32768 on Linux, 49152 elsewhere): no connection takes one meanwhile. */
const FREE = { from: 20_000, to: 32_000 };

const probe = (port, host) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => server.close(resolve));
  });

/** Fails with one sentence when the port cannot be listened on. Port 0 is replaced by a free one. */
export async function claimPort(port, host, flag) {
  for (;;) {
    const tried = port || FREE.from + Math.floor(Math.random() * (FREE.to - FREE.from));
    try {
      await probe(tried, host);
      return tried;
    } catch ({ code }) {
      if (code === 'EADDRINUSE' && port === 0) continue;
      throw new UsageError(
        code === 'EADDRINUSE'
          ? `Port ${port} on ${host} is in use; choose another with --${flag}.`
          : `Cannot listen on ${host}:${port} (${code}); choose another with --${flag}.`,
      );
    }
  }
}

/**
 * A group of children that live and die together. Each is the head of a process group of its own, so that its own children
 * end with it and a Ctrl-C in the terminal reaches the launcher alone.
 */
export function createFamily() {
  const members = new Set();
  let ending = false;

  function send(signal, { child }) {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // gone in this very moment
    }
  }

  function launch(command, args, { env, stdio, graceMs }) {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio,
      detached: true,
    });
    const member = { child, graceMs };
    if (child.pid !== undefined) members.add(member);
    child.once('exit', () => members.delete(member));
    return child;
  }

  function endOne(member) {
    send('SIGTERM', member);
    const killer = setTimeout(() => send('SIGKILL', member), member.graceMs);
    return new Promise((resolve) =>
      member.child.once('exit', () => {
        clearTimeout(killer);
        resolve();
      }),
    );
  }

  return {
    /** Starts `node …args`, which is to run until `end`; `onLine` gets each line of its stdout, `onDeath` an earlier exit. */
    start(args, { env = {}, onLine, onDeath }) {
      const child = launch(process.execPath, args, {
        env,
        stdio: ['pipe', 'pipe', 'inherit'],
        graceMs: 8000,
      });
      let rest = '';
      child.stdout.setEncoding('utf8').on('data', (chunk) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine(line);
      });
      child.once('exit', (code, signal) => {
        if (!ending) onDeath(code, signal);
      });
    },
    /** Runs a command to its end and answers whether it succeeded. Never answers once `end` was called. */
    run(command, args, { env = {}, stdio = ['ignore', 'inherit', 'inherit'], graceMs = 8000 } = {}) {
      if (ending) return new Promise(() => undefined);
      const child = launch(command, args, { env, stdio, graceMs });
      return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (code) => {
          if (!ending) resolve(code === 0);
        });
      });
    },
    /** SIGTERM to all, SIGKILL to each that still runs after its time of grace; resolves when none is left. */
    async end() {
      ending = true;
      await Promise.all([...members].map(endOne));
    },
    /** SIGKILL to all, at once. */
    kill: () => members.forEach((member) => send('SIGKILL', member)),
  };
}
