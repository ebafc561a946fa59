/** Traces as the screens show them. */
import type { EntityKey } from '../keys';

export type TraceStatus = 'ok' | 'error' | 'throttle' | 'fault';

export interface TraceSummary {
  id: string;
  startMs: number;
  durationMs: number;
  /** Absent where the trace is not complete. */
  responseMs?: number | undefined;
  status: TraceStatus;
  http?: { method?: string | undefined; url?: string | undefined; status?: number | undefined } | undefined;
  /** Not all of it arrived yet. */
  partial: boolean;
  /** Names of the services on its way, in the order X-Ray gives. */
  services: string[];
  annotations: Record<string, string>;
}

/** The part of the mesh a span stands for; what cannot be told is absent. */
export interface Hop {
  gateway?: EntityKey | undefined;
  gatewayRoute?: EntityKey | undefined;
  service?: EntityKey | undefined;
  router?: EntityKey | undefined;
  route?: string | undefined;
  node?: EntityKey | undefined;
}

export interface Span {
  id: string;
  parent?: string | undefined;
  /** Segment or subsegment name, as sent. */
  name: string;
  kind: 'segment' | 'subsegment';
  /** Milliseconds since the start of the trace. */
  startMs: number;
  endMs?: number | undefined;
  status: TraceStatus;
  direction?: 'ingress' | 'egress' | undefined;
  http?: { method?: string | undefined; url?: string | undefined; status?: number | undefined } | undefined;
  hop: Hop;
  annotations: Record<string, string>;
}

export interface Trace {
  id: string;
  startMs: number;
  durationMs: number;
  /** Depth first: a child comes after its parent; siblings and roots by start. A span whose parent is not kept has none. */
  spans: Span[];
  /** Documents that could not be read, with what is wrong with each. */
  unread: { id: string; message: string }[];
  /** The trace is larger than X-Ray keeps: spans are missing. */
  limitExceeded: boolean;
}
