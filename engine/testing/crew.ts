/** Engines as processes: two at any time, each killed again and again, frozen now and then, and started anew. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Random } from './random';

/** A frozen engine is thawed after its lease has run out. */
const LEASE_SECONDS = 2;
const FROZEN_MS = 2_600;

export interface Crew {
  /** How often an engine died, by what it was doing. */
  deaths: Map<string, number>;
  /** Stops whichever engine is at hand for longer than its lease lasts, and lets it go on. */
  freeze(): void;
  /** From now on nobody dies of himself. */
  spare(): void;
  stop(): Promise<void>;
}

/** Starts two engines over a cluster. */
export function startCrew(kubeconfig: string, random: Random): Crew {
  const deaths = new Map<string, number>();
  const alive = new Set<ChildProcess>();
  const thaws = new Set<NodeJS.Timeout>();
  let stopped = false;
  let spared = false;
  let born = 0;

  function start(): void {
    if (stopped) return;
    born += 1;
    const child = spawn(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', 'engine/testing/mortal.ts'],
      {
        env: {
          ...process.env,
          MORTAL_KUBECONFIG: kubeconfig,
          MORTAL_IDENTITY: `engine-${born}`,
          MORTAL_WRITES: String(spared ? 0 : random.between(1, 9)),
          MORTAL_LEASE_SECONDS: String(LEASE_SECONDS),
        },
        stdio: ['pipe', 'ignore', 'pipe'],
      },
    );
    alive.add(child);
    let last = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      for (const [, line = ''] of chunk.matchAll(/^died (.*)$/gm)) last = line;
    });
    child.once('close', () => {
      alive.delete(child);
      const word = last === '' ? 'lease' : last;
      if (!stopped) deaths.set(word, (deaths.get(word) ?? 0) + 1);
      start();
    });
  }
  start();
  start();

  return {
    deaths,
    freeze() {
      const [child] = [...alive].sort(() => random.between(0, 1) - 0.5);
      if (child === undefined) return;
      child.kill('SIGSTOP');
      const thaw = setTimeout(() => {
        thaws.delete(thaw);
        child.kill('SIGCONT');
      }, FROZEN_MS);
      thaws.add(thaw);
    },
    spare: () => (spared = true),
    async stop() {
      stopped = true;
      for (const thaw of thaws) clearTimeout(thaw);
      const ends = [...alive].map((child) => once(child, 'close'));
      for (const child of alive) child.kill('SIGKILL');
      await Promise.all(ends);
    },
  };
}
