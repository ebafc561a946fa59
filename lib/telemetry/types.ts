/** What the evidence sources are asked, and how they answer: failures as values, with what was learned all the same. */
import type { Trouble } from '@/lib/aws/trouble';
import type { EvidenceKind, Measured, ProxyName, Series, TimeWindow } from '@/lib/mesh/telemetry/measured';
import type { Trace, TraceSummary } from '@/lib/mesh/telemetry/trace';

export type { Trouble, TroubleKind } from '@/lib/aws/trouble';

/** Which part of which mesh: names of the AWS side. */
export interface Scope {
  mesh: string;
  /** Account that owns a shared mesh. */
  owner?: string | undefined;
  /** Proxies to ask about. */
  proxies: readonly ProxyName[];
}

/** What a reading cost: CloudWatch metrics requested, X-Ray traces scanned or retrieved, calls sent. */
export interface Spent {
  metrics: number;
  traces: number;
  calls: number;
}

/** What was learned, even where something went wrong; `result` is absent where nothing was. */
export interface Learned<T> {
  result?: T | undefined;
  troubles: Trouble[];
  spent: Spent;
}

export interface EvidenceReader {
  kind: EvidenceKind;
  /** Figures over the whole window for the proxies of the scope, as receivers and as callers. */
  measure(scope: Scope, window: TimeWindow, signal: AbortSignal): Promise<Learned<Measured>>;
  /** Lines over the window, of one proxy, or of its calls to one node (through one service, where it is named). */
  series(
    scope: Scope,
    subject: SeriesSubject,
    window: TimeWindow,
    signal: AbortSignal,
  ): Promise<Learned<Series[]>>;
  /** Lets go of the connections. */
  close(): void;
}

/** `from` alone: what it received. `to` alone: what everybody sent to it (through one service). Both: that call. */
export interface SeriesSubject {
  from?: ProxyName | undefined;
  service?: string | undefined;
  to?: string | undefined;
}

export interface TraceQuery {
  /** An X-Ray filter expression; '' for all. */
  expression: string;
  window: TimeWindow;
  token?: string | undefined;
}

export interface TraceReader {
  list(
    query: TraceQuery,
    signal: AbortSignal,
  ): Promise<Learned<{ traces: TraceSummary[]; nextToken?: string | undefined }>>;
  /** One trace; hops carry names of the AWS side in `names`, to be found in the mesh by the caller. `result` is absent where it is not kept. */
  read(id: string, signal: AbortSignal): Promise<Learned<NamedTrace>>;
}

/** A trace before its names are looked up in a mesh: what each span says of itself, by span id. */
export interface NamedTrace {
  trace: Trace;
  names: Record<string, { mesh: string; proxy: ProxyName['awsName']; upstream?: string | undefined }>;
}
