/** What was measured of a mesh, before it is laid on the picture: names are those of the AWS side. */

import type { Bucket } from './histogram';

/** In the order in which their word counts: what counts all requests before what saw a sample. */
export const EVIDENCE_KINDS = ['cloudwatch', 'xray'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** A stretch of time, epoch milliseconds, `toMs` not included, cut into steps. */
export interface TimeWindow {
  fromMs: number;
  toMs: number;
  stepSeconds: number;
}

/** Over a whole window. A figure that the evidence does not tell is absent, never zero. */
export interface Figures {
  /** Requests seen; of X-Ray only those that were sampled. 0 also where the traffic is no requests (TCP): see `bytesPerSecond`. */
  requests: number;
  /** Requests per second; absent where only samples were seen. */
  perSecond?: number | undefined;
  /** Shares of the requests, 0..1. error: 4xx, 429 among them. fault: 5xx. throttle: 429. */
  errorRatio?: number | undefined;
  faultRatio?: number | undefined;
  throttleRatio?: number | undefined;
  meanMs?: number | undefined;
  p50Ms?: number | undefined;
  p90Ms?: number | undefined;
  p99Ms?: number | undefined;
  bytesPerSecond?: number | undefined;
  /** Open connections, mean over the window. */
  connections?: number | undefined;
}

/** A proxy by its name on the AWS side. */
export interface ProxyName {
  kind: 'gateway' | 'node';
  awsName: string;
}

interface Reading {
  evidence: EvidenceKind;
  /** What said so, as technical text: the X-Ray name or edge, the metric with its dimensions. */
  witness: string;
  figures: Figures;
}

/** What one proxy received. */
export interface ProxyReading extends Reading {
  proxy: ProxyName;
}

/** What one proxy sent to a node. */
export interface CallReading extends Reading {
  from: ProxyName;
  /** Host name of the VirtualService it was sent to, where the evidence tells. */
  service?: string | undefined;
  /** AWS name of the node that was to answer. */
  to: string;
  /** How long the answers took, shortest first, where the evidence tells: percentiles of several calls together come from it. */
  responseTimes?: readonly Bucket[] | undefined;
}

/** Something that was seen and is no proxy of the mesh: a client, an instrumented program, a name nobody holds. */
export interface Stranger {
  name: string;
  /** The evidence's own word for what it is, such as `AWS::EC2::Instance`. */
  type: string;
  evidence: EvidenceKind;
  requests: number;
  /** AWS names of proxies that called it. */
  calledBy: string[];
}

/** What one evidence source measured in a window. */
export interface Measured {
  proxies: ProxyReading[];
  calls: CallReading[];
  strangers: Stranger[];
}

/** A line of a chart: one figure per step from `fromMs` on; `null` where nothing was measured. */
export interface Series {
  figure: Exclude<keyof Figures, 'requests'>;
  evidence: EvidenceKind;
  witness: string;
  fromMs: number;
  stepSeconds: number;
  points: (number | null)[];
}
