/** The one function that changes what a router of a cluster is made of. Read, checked, guarded, rehearsed, then written in one patch. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import type { RouterEditAnswer, RouterEditRequest } from '@/lib/api/router-edits';
import type { ClusterClient } from '@/lib/kubernetes';
import { buildTopology } from '@/lib/mesh/build-topology';
import { upstreamOf } from '@/lib/mesh/callers';
import { findFindings } from '@/lib/mesh/findings';
import { nodeKey } from '@/lib/mesh/keys';
import type { HistoryEntry, Target } from '@/lib/mesh/model';
import { cannotAnswer } from '@/lib/mesh/readiness';
import { editRouter, type Edited } from '@/lib/mesh/routing/edits';
import { targetReference } from '@/lib/mesh/weights';
import { HISTORY_ANNOTATION, type JsonPatchOp, type RawObject } from '@/lib/providers/app-mesh';
import { editPatch, kubectlEditCommand } from '@/lib/providers/app-mesh/edit-patch';
import type { KubernetesSource } from '../kubernetes-source';
import { objectYaml } from '../object-yaml';
import { fail, type Failure } from '../problem';
import { checkOwner } from '../weights/guards';
import { readLive, type LiveRouter } from '../weights/live';
import { asRawObject, modelWith, ROUTER, type ObjectAddress } from '../writing/objects';
import { ATTEMPTS, sendPatch } from '../writing/send-patch';

export interface RouterEditChange {
  source: KubernetesSource;
  cluster: ClusterClient;
  address: ObjectAddress;
  body: RouterEditRequest;
  /** For the history. */
  by: string;
  now: Date;
  signal: AbortSignal;
}

type Applied = { ok: true; answer: RouterEditAnswer } | Failure;
type Warnings = RouterEditAnswer['warnings'];

const routeOf = ({ body: { edit } }: RouterEditChange): string =>
  edit.kind === 'removeCanary' ? edit.canary : edit.route;

/** What a node's name leads to in this mesh. */
function targetIn({ model, router }: LiveRouter, node: string): Target {
  const known = router.routes
    .flatMap(({ targets }) => targets)
    .find((each) => targetReference(each) === node);
  if (known) return known;
  const [namespace = '', name = ''] = node.split('/');
  const key = nodeKey(namespace, name);
  const found = model.entities.has(key);
  return { key, namespace, name, resolution: found ? 'ok' : 'missing' };
}

/** A node that is to be led to must be there; one that gets requests at once must answer them. */
function checkTarget(live: LiveRouter, { body: { edit } }: RouterEditChange): Failure | undefined {
  if (edit.kind !== 'addCanary' && edit.kind !== 'addTarget') return undefined;
  const target = targetIn(live, edit.node);
  const { resolution } = target;
  if (resolution !== 'ok' && resolution !== 'foreign')
    return fail('E403', {
      values: { reason: resolution === 'unread' ? 'unread' : 'missing', node: edit.node },
    });
  const node = live.model.entities.get(target.key);
  if (edit.kind === 'addCanary' && node?.kind === 'node' && cannotAnswer(node))
    return fail('E403', { values: { reason: 'notReady', node: edit.node } });
  return undefined;
}

function guard(
  live: LiveRouter,
  change: RouterEditChange,
): { ok: true; edited: Edited; warnings: Warnings } | Failure {
  const { expected, edit } = change.body;
  const { ref } = live.router;
  const named = { router: `${ref.namespace}/${ref.name}` };
  if (expected && (expected.uid !== ref.uid || expected.generation !== ref.generation))
    return fail('E416', { values: named });
  if (live.router.routes.filter(({ name }) => name === routeOf(change)).length > 1)
    return fail('E405', { values: { route: routeOf(change) } });
  const result = editRouter(live.router, edit, {
    targetOf: (node) => targetIn(live, node),
    targetsMax: live.model.mesh.capabilities.targetsPerRouteMax,
  });
  if (!result.ok) {
    const { key, ...details } = result.problem;
    if (key === 'noRoute') return fail('E304', { values: { ...named, route: routeOf(change) } });
    return fail('E415', { values: { reason: key, ...details } });
  }
  const base = live.router.routes.find(({ name }) => name === routeOf(change));
  if (!base) return fail('E304', { values: { ...named, route: routeOf(change) } });
  const owner = checkOwner({ ...live, route: base }, change.body);
  if (!owner.ok) return owner;
  return checkTarget(live, change) ?? { ok: true, edited: result.edited, warnings: owner.warnings };
}

/** Sends the patch for the router that was read. */
const send = (
  change: RouterEditChange,
  live: LiveRouter,
  patch: JsonPatchOp[],
  dryRun: boolean,
): Promise<{ ok: true; body: unknown } | Failure | 'again'> => {
  const { source, cluster, address, signal } = change;
  return sendPatch({
    cluster,
    kind: ROUTER,
    address,
    patch,
    dryRun,
    signal,
    async hasMoved() {
      const now = await readLive(source, cluster, { ...address, route: routeOf(change) }, signal);
      return now.ok && now.raw.metadata.resourceVersion !== live.raw.metadata.resourceVersion;
    },
  });
};

function describe(
  { body, source, now }: RouterEditChange,
  live: LiveRouter,
  { edited, warnings }: { edited: Edited; warnings: Warnings },
  after: RawObject,
): RouterEditAnswer {
  const nextModel = modelWith(source, ROUTER, after) ?? live.model;
  const before = findFindings(live.model, now).map(({ id }) => id);
  const then = findFindings(nextModel, now).map(({ id }) => id);
  const { uid, resourceVersion, generation } = after.metadata;
  const { entry } = edited;
  return {
    outcome: body.dryRun === true ? 'dryRun' : 'applied',
    route: entry.route,
    router: { uid, resourceVersion, generation: generation ?? 0 },
    before: entry.before,
    after: entry.after,
    yaml: {
      before: objectYaml(live.raw, [HISTORY_ANNOTATION]),
      after: objectYaml(after, [HISTORY_ANNOTATION]),
    },
    kubectl: kubectlEditCommand(live.raw, body.edit, edited.router.routes.at(-1)),
    findings: {
      created: then.filter((id) => !before.includes(id)),
      cleared: before.filter((id) => !then.includes(id)),
    },
    warnings,
    callers: upstreamOf(buildTopology(live.model), live.router.key),
  };
}

/** An object that came back; `undefined` for something else. The write stands all the same, and looks as it was rehearsed. */
function readable(body: unknown): RawObject | undefined {
  try {
    return asRawObject(body);
  } catch {
    return undefined;
  }
}

async function attempt(live: LiveRouter, change: RouterEditChange): Promise<Applied | 'again'> {
  const guarded = guard(live, change);
  if (!guarded.ok) return guarded;
  const { body, by, now } = change;
  const { edited } = guarded;
  const entry: HistoryEntry = {
    id: randomUUID(),
    at: now.toISOString(),
    by,
    ...(body.reason === undefined || body.reason === '' ? {} : { reason: body.reason }),
    ...edited.entry,
  };
  const patch = editPatch(live.raw, body.edit, edited.router.routes.at(-1), entry);
  if (patch === undefined) return fail('E405', { values: { route: routeOf(change) } });
  const tried = await send(change, live, patch, true);
  if (tried === 'again' || !tried.ok) return tried;
  if (body.dryRun === true)
    return { ok: true, answer: describe(change, live, guarded, asRawObject(tried.body)) };
  const written = await send(change, live, patch, false);
  if (written === 'again' || !written.ok) return written;
  const answer = describe(change, live, guarded, readable(written.body) ?? asRawObject(tried.body));
  return { ok: true, answer: { ...answer, historyId: entry.id } };
}

/**
 * Reads the live router, checks that its spec is the one the caller saw, guards, rehearses and writes. Failures: E202, E203, E204, E303,
 * E304, E403, E405, E410, E415 (it cannot be edited so), E416 (it changed meanwhile), E501…E505.
 */
export async function applyEdit(change: RouterEditChange): Promise<Applied> {
  const { source, cluster, address, signal } = change;
  for (let tries = 1; tries <= ATTEMPTS; tries += 1) {
    const live = await readLive(source, cluster, { ...address, route: routeOf(change) }, signal);
    if (!live.ok) return live;
    const outcome = await attempt(live, change);
    if (outcome !== 'again') return outcome;
  }
  return fail('E416', { values: { router: `${address.namespace}/${address.name}` } });
}
