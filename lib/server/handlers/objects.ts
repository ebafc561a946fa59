/** One object as the cluster holds it, with what the cluster says about it; and what the console may do there. */
import 'server-only';
import { z } from 'zod';
import type { AccessAnswer, ObjectAnswer } from '@/lib/api/topology';
import { resourcePath, reviewAccess, type ClusterClient } from '@/lib/kubernetes';
import { APP_MESH_RESOURCES, modelKindToPlural } from '@/lib/providers/app-mesh';
import { SHIFT_RESOURCE } from '@/lib/providers/app-mesh/shifts';
import { apiObjectYaml } from '../app-mesh/object';
import { unfitting } from '../body';
import { notReady, param, sourceOf, type Call, type Outcome } from '../call';
import { clusterFailure } from '../cluster-failure';
import { objectYaml } from '../object-yaml';
import { fail } from '../problem';
import type { MeshSource } from '../source';

/** As much of an Event as is shown; fields that are missing or odd are left empty. */
const eventObject = z.object({
  type: z.string().catch('Normal'),
  reason: z.string().catch(''),
  message: z.string().catch(''),
  count: z.number().catch(1),
  lastTimestamp: z.string().nullish().catch(undefined),
  eventTime: z.string().nullish().catch(undefined),
  metadata: z.object({ creationTimestamp: z.string().catch('') }).catch({ creationTimestamp: '' }),
  source: z.object({ component: z.string().catch('') }).catch({ component: '' }),
  reportingComponent: z.string().optional().catch(undefined),
});

const eventList = z.object({ items: z.array(z.unknown()).catch([]) }).catch({ items: [] });

/** Where the events of cluster-scoped objects are kept. */
const CLUSTER_EVENTS_NAMESPACE = 'default';
const EVENTS = { group: '', version: 'v1', plural: 'events', namespaced: true };

/** The events of one object, newest first; none where they cannot be read, since the object is worth showing without. */
async function eventsOf(
  cluster: ClusterClient,
  { uid, namespace }: { uid: string; namespace?: string | undefined },
  signal: AbortSignal,
): Promise<ObjectAnswer['events']> {
  const path = resourcePath(EVENTS, { namespace: namespace ?? CLUSTER_EVENTS_NAMESPACE });
  const answer = await cluster.request('GET', path, {
    query: { fieldSelector: `involvedObject.uid=${uid}` },
    signal,
  });
  if (!answer.ok) return [];
  return eventList
    .parse(answer.body)
    .items.flatMap((raw) => {
      const parsed = eventObject.safeParse(raw);
      if (!parsed.success) return [];
      const { type, reason, message, count, lastTimestamp, eventTime, source, metadata } = parsed.data;
      return [
        {
          type,
          reason,
          message,
          at: lastTimestamp ?? eventTime ?? metadata.creationTimestamp,
          count,
          component: source.component || parsed.data.reportingComponent || '',
        },
      ];
    })
    .sort((a, b) => b.at.localeCompare(a.at));
}

const objectShape = z.looseObject({
  metadata: z.looseObject({ uid: z.string(), namespace: z.string().optional() }),
});

/** What the App Mesh APIs behind a source hold under a name. They tell of no events. */
function apiObject(source: MeshSource, mesh: string | null, kind: string, name: string): Outcome | undefined {
  const snapshots = source.hub
    .models()
    .map((model) => model.mesh.ref.name)
    .filter((each) => mesh === null || each === mesh)
    .flatMap((each) =>
      source.kind === 'appmesh'
        ? [source.held(each)?.snapshot]
        : source.taken(each).map((taken) => taken.source.held(taken.name)?.snapshot),
    );
  for (const snapshot of snapshots) {
    const yaml = snapshot && apiObjectYaml(snapshot, kind, name);
    if (yaml !== undefined) return { ok: true, json: { yaml, events: [] } };
  }
  return undefined;
}

/** The resource behind a word of the API; shifts are no part of a mesh, and are shown like one. */
function resourceOf(kind: string) {
  if (kind === 'shift') return SHIFT_RESOURCE;
  const plural = modelKindToPlural(kind);
  return APP_MESH_RESOURCES.find((candidate) => candidate.plural === plural);
}

/**
 * GET /api/v1/sources/{source}/objects/{kind}/{namespace}/{name}; namespace `_` for cluster-scoped objects and for those of an
 * App Mesh API.
 */
export async function getObject(call: Call): Promise<Outcome> {
  const found = sourceOf(call);
  if (!found.ok) return found;
  const { source } = found;
  const [kind, namespace, name] = [param(call, 'kind'), param(call, 'namespace'), param(call, 'name')];
  const resource = resourceOf(kind);
  const unknown = fail('E303', { values: { kind, namespace, name } });
  if (resource === undefined) return unknown;
  if (source.kind === 'appmesh' || (namespace === '_' && resource.namespaced)) {
    const mesh = new URL(call.request.url).searchParams.get('mesh');
    return apiObject(source, mesh, kind, name) ?? (source.hub.ready() ? unknown : notReady(source));
  }
  if (source.cluster === undefined) return notReady(source);
  const scoped = resource.namespaced ? { namespace } : {};
  const answer = await source.cluster.request('GET', resourcePath(resource, { ...scoped, name }), {
    signal: call.request.signal,
  });
  if (!answer.ok)
    return clusterFailure(answer, {
      verb: 'get',
      resource: resource.plural,
      kind: resource.kind,
      namespace,
      name,
      server: source.cluster.server,
    });
  const raw = objectShape.parse(answer.body);
  const events = await eventsOf(source.cluster, raw.metadata, call.request.signal);
  return { ok: true, json: { yaml: objectYaml(raw), events } };
}

const accessQuery = z.object({ namespace: z.string().max(63).default('') });

/** What the screens ask before they offer an action; `ofCluster` is asked where no namespace is named. */
const QUESTIONS = [
  { verb: 'patch', group: 'appmesh.k8s.aws', resource: 'virtualrouters' },
  { verb: 'patch', group: 'appmesh.k8s.aws', resource: 'virtualnodes' },
  { verb: 'create', group: 'appmesh.k8s.aws', resource: 'backendgroups' },
  { verb: 'patch', group: 'appmesh.k8s.aws', resource: 'backendgroups' },
  { verb: 'delete', group: 'appmesh.k8s.aws', resource: 'backendgroups' },
  { verb: 'create', group: SHIFT_RESOURCE.group, resource: SHIFT_RESOURCE.plural },
  { verb: 'patch', group: SHIFT_RESOURCE.group, resource: SHIFT_RESOURCE.plural },
  { verb: 'patch', group: 'appmesh.k8s.aws', resource: 'meshes', ofCluster: true },
] as const;

/** GET /api/v1/sources/{source}/access?namespace=: the verbs the console's own identity has there. */
export async function getAccess(call: Call): Promise<Outcome> {
  const found = sourceOf(call);
  if (!found.ok) return found;
  // The App Mesh API has no word for what a caller may do: it is known when it is tried.
  if (found.source.kind === 'appmesh') return { ok: true, json: { access: [] } };
  const { cluster } = found.source;
  if (cluster === undefined) return notReady(found.source);
  const query = accessQuery.safeParse(Object.fromEntries(new URL(call.request.url).searchParams));
  if (!query.success) return unfitting(query.error.issues);
  const { namespace } = query.data;
  const access: AccessAnswer['access'] = [];
  for (const { verb, group, resource, ...more } of QUESTIONS) {
    // A role of a namespace grants nothing on what is of the whole cluster, whatever it names.
    if ('ofCluster' in more && namespace !== '') continue;
    const review = await reviewAccess(cluster, { verb, group, resource, namespace });
    if (!review.ok)
      return clusterFailure(review, {
        verb: 'create',
        resource: 'selfsubjectaccessreviews',
        kind: 'SelfSubjectAccessReview',
        namespace,
        name: '',
        server: cluster.server,
      });
    const { allowed, reason } = review;
    access.push({ verb, resource, namespace, allowed, ...(reason === undefined ? {} : { reason }) });
  }
  return { ok: true, json: { access } };
}
