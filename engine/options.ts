/** Settings of the engine alone; what it shares with the console is read where the console reads it. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { LeaseOptions } from '@/lib/kubernetes';

/** Where a pod finds its own namespace. */
const OWN_NAMESPACE = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';

function ownNamespace(inCluster: boolean): string {
  if (!inCluster) return 'default';
  try {
    return readFileSync(OWN_NAMESPACE, 'utf8').trim() || 'default';
  } catch {
    return 'default';
  }
}

const environment = z.object({
  /** `namespace/name`; engines with the same one take turns. */
  MESHDECK_ENGINE_LEASE: z
    .string()
    .regex(/^([a-z0-9-]+\/[a-z0-9.-]+)?$/, 'is namespace/name')
    .default(''),
  MESHDECK_ENGINE_LEASE_SECONDS: z.coerce.number().min(1).default(15),
});

/** Reads them; another identity each time. */
export function readEngineOptions(
  env: Readonly<Record<string, string | undefined>>,
  inCluster: boolean,
): { ok: true; lease: LeaseOptions } | { ok: false; message: string } {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unusable'}` };
  }
  const { MESHDECK_ENGINE_LEASE: where, MESHDECK_ENGINE_LEASE_SECONDS: durationSeconds } = parsed.data;
  const [namespace = '', name = 'meshdeck-engine'] = where === '' ? [] : where.split('/');
  return {
    ok: true,
    lease: {
      namespace: namespace === '' ? ownNamespace(inCluster) : namespace,
      name,
      identity: `${hostname()}_${randomUUID()}`,
      durationSeconds,
    },
  };
}
