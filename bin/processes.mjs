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

/** A group of children that live and die together. */
export function createFamily(onDeath) {
  const children = new Map();
  let ending = false;
  return {
    /** Starts `node …args`; `onLine` gets each line of its stdout. */
    start(name, args, { env = {}, onLine } = {}) {
      const child = spawn(process.execPath, args, {
        cwd: root,
        env: { ...process.env, ...env },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      children.set(name, child);
      let rest = '';
      child.stdout.setEncoding('utf8').on('data', (chunk) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine?.(line);
      });
      child.once('exit', (code, signal) => {
        children.delete(name);
        if (!ending) onDeath(name, code, signal);
      });
      return child;
    },
    /** SIGTERM to all, SIGKILL to what still runs after `graceMs`; resolves when none is left. */
    async end(graceMs = 8000) {
      ending = true;
      const gone = [...children.values()].map(
        (child) => new Promise((resolve) => child.once('exit', resolve)),
      );
      for (const child of children.values()) child.kill('SIGTERM');
      const killer = setTimeout(() => {
        for (const child of children.values()) child.kill('SIGKILL');
      }, graceMs);
      await Promise.all(gone);
      clearTimeout(killer);
    },
  };
}
