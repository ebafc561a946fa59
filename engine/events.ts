/** Kubernetes events about shifts and their routers. Telling is best effort: nothing waits for it. */
import { resourcePath, type ClusterClient } from '@/lib/kubernetes';
import type { RawObject } from '@/lib/providers/app-mesh';
import type { Effect } from '@/lib/shifts';

const EVENTS = { group: '', version: 'v1', plural: 'events', namespaced: true };
const COMPONENT = 'meshdeck-engine';
/** What the API server lets an event say. */
const MESSAGE_MAX = 1024;

let told = 0;

/** Tells one event about one object. */
export async function tell(
  cluster: ClusterClient,
  about: RawObject,
  { type, reason, message }: Pick<Extract<Effect, { kind: 'event' }>, 'type' | 'reason' | 'message'>,
  nowMs: number,
  instance: string,
): Promise<void> {
  const { apiVersion, kind, metadata } = about;
  const { name, namespace = 'default', uid, resourceVersion } = metadata;
  const at = new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z');
  told += 1;
  await cluster.request('POST', resourcePath(EVENTS, { namespace }), {
    body: {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace, name: `${name}.${nowMs.toString(16)}${told.toString(16).padStart(4, '0')}` },
      involvedObject: { apiVersion, kind, name, namespace, uid, resourceVersion },
      type,
      reason,
      message: message.slice(0, MESSAGE_MAX),
      source: { component: COMPONENT },
      reportingComponent: COMPONENT,
      reportingInstance: instance.slice(0, 128),
      firstTimestamp: at,
      lastTimestamp: at,
      count: 1,
    },
  });
}
