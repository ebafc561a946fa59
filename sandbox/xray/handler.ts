/** One request of the X-Ray API, from its operation to its answer. */
import type { Knobs, TelemetryMode } from '../kube/types';
import { slices } from '../traffic/slices';
import type { Span, Traffic } from '../traffic/traffic';
import { segmentsOf } from './documents';
import { filterFrom } from './filter';
import { ServiceGraph } from './graph';
import { groupFilter, groupOf, groups } from './groups';
import type { XRayOperation } from './operations';
import { invalid, placeFrom, spanOf, textOf, tokenFor, traceIdsOf, type Fields } from './requests';
import { summaryOf } from './summaries';
import { timeSeries } from './time-series';
import { traceWithId, tracesIn, type Trace } from './traces';

export interface XRayState {
  traffic: Traffic;
  knobs: Knobs;
  /** As far as it concerns the operation. */
  mode: TelemetryMode;
  /** Ids of services are counted up, so that no two answers share any. */
  nextReferenceId(count: number): number;
}

const SERVICES_PER_PAGE = 30;
const SUMMARIES_PER_PAGE = 100;
/** So many traces are looked at for one page of summaries. */
const SCANNED_PER_PAGE = 10_000;

/** Refusals are thrown as AwsError. */
export async function answer(state: XRayState, operation: XRayOperation, fields: Fields): Promise<object> {
  switch (operation) {
    case 'GetServiceGraph':
      return serviceGraph(state, fields);
    case 'GetTraceSummaries':
      return traceSummaries(state, fields);
    case 'BatchGetTraces':
      return batchGetTraces(state, fields);
    case 'GetTraceGraph':
      return traceGraph(state, fields);
    case 'GetTimeSeriesServiceStatistics':
      return timeSeriesStatistics(state, fields);
    case 'GetGroups':
      return { Groups: groups() };
    case 'GetGroup':
      return { Group: groupOf(fields) };
    case 'GetTraceSegmentDestination':
      return { Destination: 'XRay', Status: 'ACTIVE' };
  }
}

/** Traces that began in a span, by second and mesh; goes on as long as `visit` says so. */
async function eachTrace(
  { traffic, knobs, mode }: XRayState,
  span: Span,
  visit: (trace: Trace, second: number, index: number) => boolean,
): Promise<void> {
  if (mode === 'empty') return;
  const skewS = knobs.telemetryClockSkewSeconds;
  const { from, to } = traffic.known({ from: span.from - skewS, to: span.to - skewS });
  const meshes = traffic.meshNames({ from, to });
  const breathe = slices();
  const walker = traffic.walker();
  for (let second = traffic.nextDrawn(from); second < to; second = traffic.nextDrawn(second + 1)) {
    const traces = meshes.flatMap((mesh) => tracesIn(traffic, mesh, second, knobs, walker));
    for (const [index, trace] of traces.entries()) if (!visit(trace, second, index)) return;
    await breathe();
  }
}

async function serviceGraph(state: XRayState, fields: Fields): Promise<object> {
  const span = spanOf(fields);
  const filter = groupFilter(fields);
  const graph = new ServiceGraph();
  await eachTrace(state, span, (trace) => {
    if (filter(trace)) graph.add(trace);
    return true;
  });
  const list = `graph ${span.from} ${span.to} ${textOf(fields, 'GroupName') ?? ''}`;
  return {
    StartTime: span.from,
    EndTime: span.to,
    ContainsOldGroupVersions: false,
    ...page(state, graph, list, textOf(fields, 'NextToken')),
  };
}

/** What is drawn twice is the same, so that a page goes on where the one before ended, with its ids. */
function page(state: XRayState, graph: ServiceGraph, list: string, token: string | undefined): object {
  const [start = 0, firstId = state.nextReferenceId(graph.size)] = placeFrom(token, list);
  const services = graph.answer(firstId, state.knobs.telemetryClockSkewSeconds);
  const end = start + SERVICES_PER_PAGE;
  const shown = state.mode === 'partial' ? Math.ceil(services.length / 2) : services.length;
  return {
    Services: services.slice(start, Math.min(end, shown)),
    ...(end < shown && { NextToken: tokenFor(list, end, firstId) }),
  };
}

async function traceSummaries(state: XRayState, fields: Fields): Promise<object> {
  const span = spanOf(fields);
  const expression = textOf(fields, 'FilterExpression');
  const filter = filterFrom(expression);
  const list = `summaries ${span.from} ${span.to} ${expression ?? ''}`;
  const [atSecond = -Infinity, atIndex = 0] = placeFrom(textOf(fields, 'NextToken'), list);
  const view = { partial: state.mode === 'partial', skewS: state.knobs.telemetryClockSkewSeconds };
  const sample = fields['Sampling'] === true ? SAMPLED : 1;
  const summaries: object[] = [];
  let processed = 0;
  let next: string | undefined;
  const rest = { from: Math.max(span.from, atSecond + view.skewS), to: span.to };
  await eachTrace(state, rest, (trace, second, index) => {
    if (second === atSecond && index < atIndex) return true;
    if (summaries.length >= SUMMARIES_PER_PAGE || processed >= SCANNED_PER_PAGE) {
      next = tokenFor(list, second, index);
      return false;
    }
    processed++;
    if (index % sample === 0 && filter(trace)) summaries.push(summaryOf(trace, view));
    return true;
  });
  return {
    TraceSummaries: summaries,
    TracesProcessedCount: processed,
    ApproximateTime: span.from,
    NextToken: next,
  };
}

/** With Sampling, one in so many is looked at. */
const SAMPLED = 2;

function batchGetTraces(state: XRayState, fields: Fields): object {
  const { knobs, mode } = state;
  const traces: object[] = [];
  const missing: string[] = [];
  for (const [place, id] of traceIdsOf(fields).entries()) {
    const left = mode === 'empty' || (mode === 'partial' && place % 2 === 1);
    const trace = left ? undefined : traceWithId(state.traffic, id, knobs);
    if (trace) traces.push(whole(trace, knobs));
    else missing.push(id);
  }
  return { Traces: traces, UnprocessedTraceIds: missing };
}

function whole(trace: Trace, { xrayMalformed, xrayOversized, telemetryClockSkewSeconds }: Knobs): object {
  const { root, steps, id } = trace;
  const endMs = Math.max(...steps.map(({ startMs, ms }) => startMs + ms));
  let segments = segmentsOf({ ...trace, startS: trace.startS + telemetryClockSkewSeconds });
  if (xrayOversized) segments = segments.slice(0, Math.max(1, Math.ceil(segments.length / 2)));
  if (xrayMalformed)
    segments = segments.map((segment, index) =>
      index === segments.length - 1
        ? { ...segment, Document: segment.Document.slice(0, segment.Document.length / 2) }
        : segment,
    );
  return {
    Id: id,
    Duration: Math.round(endMs - root.startMs) / 1000,
    LimitExceeded: xrayOversized,
    Segments: segments,
  };
}

function traceGraph(state: XRayState, fields: Fields): object {
  const graph = new ServiceGraph();
  for (const id of traceIdsOf(fields)) {
    const trace = state.mode === 'empty' ? undefined : traceWithId(state.traffic, id, state.knobs);
    if (trace) graph.add(trace);
  }
  return page(state, graph, 'trace graph', textOf(fields, 'NextToken'));
}

async function timeSeriesStatistics(state: XRayState, fields: Fields): Promise<object> {
  const span = spanOf(fields);
  const period = fields['Period'] ?? 60;
  if (period !== 60 && period !== 300) throw invalid('Period must be 60 or 300.');
  const filter = groupFilter(fields);
  const series = timeSeries(textOf(fields, 'EntitySelectorExpression'), period);
  const skewS = state.knobs.telemetryClockSkewSeconds;
  await eachTrace(state, span, (trace) => {
    if (filter(trace)) series.add(trace, skewS);
    return true;
  });
  return { TimeSeriesServiceStatistics: series.answer(), ContainsOldGroupVersions: false };
}
