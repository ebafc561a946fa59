/** Starting, watching and ending child processes. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { UsageError, root } from './prepare.mjs';

/** Fails with one sentence when the port cannot be listened on. Port 0 is replaced by a free one. */
export function claimPort(port, host, flag) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) =>
      reject(
        new UsageError(
          error.code === 'EADDRINUSE'
            ? `Port ${port} on ${host} is in use; choose another with --${flag}.`
            : `Cannot listen on ${host}:${port} (${error.code}); choose another with --${flag}.`,
        ),
      ),
    );
    probe.listen(port, host, () => {
      const free = probe.address().port;
      probe.close(() => resolve(free));
    });
  });
}

/**
 * A group of children that live and die together. Each is the head of a process group of its own, so that its own children
 * end with it and a Ctrl-C in the terminal reaches the launcher alone.
 */
export function createFamily() {
  const children = new Map();
  let ending = false;

  function kill(signal) {
    for (const { pid } of children.values())
      try {
        process.kill(-pid, signal);
      } catch {
        // gone in this very moment
      }
  }

  function launch(name, command, args, env, stdio) {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio,
      detached: true,
    });
    if (child.pid !== undefined) children.set(name, child);
    child.once('exit', () => children.delete(name));
    return child;
  }

  return {
    /** Starts `node …args`, which is to run until `end`; `onLine` gets each line of its stdout, `onDeath` an earlier exit. */
    start(name, args, { env = {}, onLine, onDeath }) {
      const child = launch(name, process.execPath, args, env, ['pipe', 'pipe', 'inherit']);
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
    run(command, args, { env = {}, stdio = ['ignore', 'inherit', 'inherit'] } = {}) {
      if (ending) return new Promise(() => undefined);
      const child = launch(command, command, args, env, stdio);
      return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (code) => {
          if (!ending) resolve(code === 0);
        });
      });
    },
    /** SIGTERM to all, SIGKILL to what still runs after `graceMs`; resolves when none is left. */
    async end(graceMs = 8000) {
      ending = true;
      const gone = [...children.values()].map(
        (child) => new Promise((resolve) => child.once('exit', resolve)),
      );
      kill('SIGTERM');
      const killer = setTimeout(() => kill('SIGKILL'), graceMs);
      await Promise.all(gone);
      clearTimeout(killer);
    },
    kill: () => kill('SIGKILL'),
  };
}
