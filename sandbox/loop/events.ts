/** Kubernetes Events as controllers write them: the same words about the same object are one Event with a count. */
import { createHash } from 'node:crypto';
import type { Cluster, KubeObject } from '../kube/types';
import { StatusError } from '../kube/types';

export interface Report {
  /** Name of the controller, as `source.component`. */
  component: string;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
}

/** The API server's own limit for the message of an Event. */
const MESSAGE_MAX = 1024;

export class EventRecorder {
  constructor(
    private readonly cluster: Cluster,
    private readonly now: () => Date,
  ) {}

  /** Writes or counts up the Event. An object whose namespace is gone, or going, gets none. */
  record(about: KubeObject, { component, type, reason, message }: Report): void {
    const { cluster } = this;
    const events = cluster.resourceType('', 'events');
    const namespace = about.metadata.namespace ?? 'default';
    const identity = [about.metadata.uid, component, type, reason, message].join('\n');
    const hash = createHash('sha256').update(identity).digest('hex').slice(0, 16);
    const name = `${about.metadata.name}.${hash}`;
    const at = this.now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
    const writer = { fieldManager: component };
    const count = (event: KubeObject) => {
      event['count'] += 1;
      event['lastTimestamp'] = at;
    };
    const counted = cluster.mutate(events, namespace, name, count, writer);
    if (counted) return;
    try {
      cluster.create(
        events,
        {
          apiVersion: 'v1',
          kind: 'Event',
          metadata: { name, namespace },
          involvedObject: {
            apiVersion: about.apiVersion,
            kind: about.kind,
            name: about.metadata.name,
            ...(about.metadata.namespace === undefined ? {} : { namespace: about.metadata.namespace }),
            uid: about.metadata.uid,
            resourceVersion: about.metadata.resourceVersion,
          },
          type,
          reason,
          message: message.slice(0, MESSAGE_MAX),
          source: { component },
          reportingComponent: component,
          reportingInstance: '',
          firstTimestamp: at,
          lastTimestamp: at,
          count: 1,
        },
        writer,
      );
    } catch (error) {
      if (!(error instanceof StatusError && [403, 404].includes(error.code))) throw error;
    }
  }
}
