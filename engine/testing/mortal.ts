/**
 * An engine that kills itself: with SIGKILL, right before or right after the write it is told (MORTAL_WRITES; none where it is 0).
 * What it was about to write, or had written, goes to standard error before. Leases and events are not counted.
 */
import { writeSync } from 'node:fs';
import { connect, type ClusterClient } from '@/lib/kubernetes';
import { createLog } from '@/lib/server/log';
import { startEngine } from '../engine';

const {
  MORTAL_KUBECONFIG = '',
  MORTAL_IDENTITY = '',
  MORTAL_WRITES = '0',
  MORTAL_LEASE_SECONDS = '2',
} = process.env;

/** What a write is, in one word: the phase of a status, or which part of a router or shift. */
function wordFor(path: string, body: unknown): string {
  if (path.endsWith('/status')) {
    const phase = (body as { status?: { phase?: string } }).status?.phase;
    return `status:${phase ?? ''}`;
  }
  return path.includes('/virtualrouters/') ? 'router' : 'finalizer';
}

function die(when: string, word: string): never {
  writeSync(2, `died ${when} ${word}\n`);
  process.kill(process.pid, 'SIGKILL');
  // The signal comes before the next line runs.
  throw new Error('still alive');
}

/** `writes` is counted down; odd ones die before they are sent, even ones after they were answered. */
function mortal(cluster: ClusterClient, writes: number): ClusterClient {
  let left = writes;
  return {
    ...cluster,
    async request(method, path, details) {
      const counts = method !== 'GET' && !path.includes('/leases') && !path.includes('/events');
      if (!counts || writes === 0) return cluster.request(method, path, details);
      left -= 1;
      const word = wordFor(path, details?.body);
      if (left === 0 && writes % 2 === 1) die('before', word);
      const answer = await cluster.request(method, path, details);
      if (left === 0) die('after', word);
      return answer;
    },
  };
}

const connected = connect({ kubeconfig: MORTAL_KUBECONFIG });
if (!connected.ok) throw new Error(connected.problem);
const engine = startEngine({
  cluster: mortal(connected.cluster, Number(MORTAL_WRITES)),
  source: 'sandbox',
  namespaces: undefined,
  lease: {
    namespace: 'default',
    name: 'engine',
    identity: MORTAL_IDENTITY,
    durationSeconds: Number(MORTAL_LEASE_SECONDS),
  },
  observatory: undefined,
  log: createLog('silent'),
});
process.stdin.once('end', () => process.exit(0)).resume();
await engine.ended;
process.exit(1);
