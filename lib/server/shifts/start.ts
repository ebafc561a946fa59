/** Making a TrafficShift: looked at, tried in the cluster without effect, then made. */
import 'server-only';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { StartAnswer } from '@/lib/api/shifts';
import { resourcePath, type ClusterClient } from '@/lib/kubernetes';
import {
  readShift,
  SHIFT_API_VERSION,
  SHIFT_KIND,
  SHIFT_RESOURCE,
  type TrafficShift,
} from '@/lib/providers/app-mesh/shifts';
import { specProblems, type ShiftSpec } from '@/lib/shifts';
import { notReady } from '../call';
import { clusterFailure } from '../cluster-failure';
import type { KubernetesSource } from '../kubernetes-source';
import { fail, type Failure } from '../problem';
import { asRawObject } from '../writing/objects';
import { startObstacles } from './obstacles';
import { shiftsState, shownShift } from './read';

export interface Start {
  source: KubernetesSource;
  cluster: ClusterClient;
  namespace: string;
  name: string;
  spec: ShiftSpec;
  dryRun: boolean;
  measurable: boolean;
  now: Date;
  signal: AbortSignal;
}

/** E308: the cluster knows no TrafficShifts. */
export function notInstalled(source: KubernetesSource): Failure | undefined {
  const { state, install = '' } = shiftsState(source);
  return state === 'absent' ? fail('E308', { values: { source: source.id, install } }) : undefined;
}

/** The object as somebody would write it down. */
function manifestOf({ namespace, name, spec }: Pick<Start, 'namespace' | 'name' | 'spec'>) {
  return { apiVersion: SHIFT_API_VERSION, kind: SHIFT_KIND, metadata: { name, namespace }, spec };
}

const yamlOf = (manifest: object) => stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false });

/** No line of YAML made here begins with a word and nothing else, so that none ends the here-document before its end. */
const kubectlOf = (yaml: string) => `kubectl apply -f - <<'EOF'\n${yaml}EOF`;

/** An object that was never stored has no version yet, and may have no uid. */
function rehearsed(body: unknown): unknown {
  const { metadata, ...rest } = z.looseObject({ metadata: z.looseObject({}) }).parse(body);
  return { ...rest, metadata: { uid: '', resourceVersion: '', ...metadata } };
}

/** Sends the object. `dryRun`: the API server checks it by schema, rules and webhooks, and forgets it. */
async function create(start: Start, dryRun: boolean): Promise<{ ok: true; shift: TrafficShift } | Failure> {
  const { cluster, namespace, name, signal } = start;
  const answer = await cluster.request('POST', resourcePath(SHIFT_RESOURCE, { namespace }), {
    query: { fieldManager: 'meshdeck', ...(dryRun ? { dryRun: 'All' } : {}) },
    body: manifestOf(start),
    writes: !dryRun,
    // A write under way is not abandoned because the browser went away.
    ...(dryRun ? { signal } : {}),
  });
  if (!answer.ok) {
    if (answer.kind === 'conflict') return fail('E413', { values: { namespace, name } });
    const { plural, kind } = SHIFT_RESOURCE;
    return clusterFailure(answer, {
      verb: 'create',
      resource: plural,
      kind,
      namespace,
      name,
      server: cluster.server,
    });
  }
  const read = readShift(asRawObject(dryRun ? rehearsed(answer.body) : answer.body));
  return read.ok ? read : fail('E502', { values: { status: answer.status, message: read.message } });
}

/**
 * Makes a shift, or says what would come of it. Failures: E308, E411 (a spec that cannot be carried out), E412 (it would be refused;
 * not of a dry run, which lists that), E413, and those of the cluster.
 */
export async function startShift(start: Start): Promise<{ ok: true; answer: StartAnswer } | Failure> {
  const { source, namespace, name, spec, dryRun, measurable, now } = start;
  const absent = notInstalled(source);
  if (absent) return absent;
  const errors = specProblems(spec).map(({ path, message }) => ({ path: `spec.${path}`, message }));
  const [first] = errors;
  if (first) return fail('E411', { errors, values: { first: `${first.path} ${first.message}` } });
  const world = source.world();
  if (world === undefined) return notReady(source);
  const around = { namespace, name, world, models: source.declared(), measurable };
  const obstacles = startObstacles(spec, around, now.getTime());
  const refusing = obstacles.find(({ waits }) => !waits);
  if (refusing && !dryRun) {
    const { reason, message } = refusing;
    return fail('E412', { values: { reason, message } });
  }
  const tried = await create(start, true);
  if (!tried.ok) return tried;
  const made = dryRun ? tried : await create(start, false);
  if (!made.ok) return made;
  const yaml = yamlOf(manifestOf(start));
  const outcome = dryRun ? 'dryRun' : 'created';
  return {
    ok: true,
    answer: { outcome, shift: shownShift(made.shift), yaml, kubectl: kubectlOf(yaml), obstacles },
  };
}
