/**
 * The X-Ray API of one region and account (`@aws-sdk/client-xray`), read only. It is account-wide: it knows no mesh. Traces that
 * are listed or read are billed by trace; graph and statistics are not. Source of the shapes: API reference 2016-04-12.
 */
import 'server-only';
import {
  BatchGetTracesCommand,
  GetGroupsCommand,
  GetServiceGraphCommand,
  GetTimeSeriesServiceStatisticsCommand,
  GetTraceSegmentDestinationCommand,
  GetTraceSummariesCommand,
  XRayClient,
} from '@aws-sdk/client-xray';
import { createAsk } from './calls';
import { clientSettings, paceOf, shownEndpoint } from './connection';
import type { ConnectionOptions } from './connection';
import { readEntries } from './entries';
import type { PaceLimits } from './pace';
import { readPages, together } from './pages';
import { troubleOf } from './trouble';
import type { Reading, Trouble } from './trouble';
import { splitStretch } from './windows';
import type { Stretch } from './windows';
import { xrayGroup, xrayMoment, xrayService, xraySummary, xrayTrace } from './x-ray-dto';
import type { XRayGroup, XRayMoment, XRayService, XRaySummary, XRayTrace } from './x-ray-dto';

export type {
  HistogramEntry,
  XRayGroup,
  XRayMoment,
  XRayService,
  XRayStatistics,
  XRaySummary,
  XRayTrace,
} from './x-ray-dto';

/** The longest stretch that one question may be about. */
export const XRAY_LONGEST_MS = 6 * 3_600_000;
/** Traces of one BatchGetTraces. */
const TRACES_AT_ONCE = 5;

export interface SummaryPage {
  summaries: XRaySummary[];
  /** Traces looked at to find them: what is billed. */
  scanned: number;
  nextToken?: string | undefined;
}

export interface XRayApi {
  region: string;
  /** Where it is asked, without a user name or password; `undefined`: AWS's own address for the region. */
  endpoint: string | undefined;
  /**
   * The service graphs of a window, one per piece of at most 6 h, to be added up by the caller. Ids of services are good within
   * one graph only.
   */
  serviceGraphs(
    window: Stretch,
    group: string | undefined,
    signal: AbortSignal,
  ): Promise<Reading<XRayService[][]>>;
  /** One page of summaries of at most 6 h; '' for all traces. */
  traceSummaries(
    window: Stretch,
    expression: string,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<Reading<SummaryPage>>;
  /** Traces by id, five to a call; an id that is not kept is not in the answer. */
  traces(ids: readonly string[], signal: AbortSignal): Promise<Reading<XRayTrace[]>>;
  /** Statistics by period for what `selector` chooses: `service("name")` or `edge("a", "b")`; longer windows are split. */
  timeSeries(
    window: Stretch,
    selector: string,
    periodSeconds: 60 | 300,
    group: string | undefined,
    signal: AbortSignal,
  ): Promise<Reading<XRayMoment[]>>;
  groups(signal: AbortSignal): Promise<Reading<XRayGroup[]>>;
  /** `CloudWatchLogs`: spans are kept elsewhere ("Transaction Search"), and traces may be missing here. */
  segmentDestination(signal: AbortSignal): Promise<Reading<string>>;
  /** Lets go of the connections. */
  close(): void;
}

const PACE: PaceLimits = { concurrency: 4, perSecond: 10, burst: 10 };
const API = 'X-Ray API';

const times = ({ fromMs, toMs }: Stretch) => ({ StartTime: new Date(fromMs), EndTime: new Date(toMs) });
const tokenOf = (NextToken: string | undefined) => (NextToken === undefined ? {} : { NextToken });
const groupOf = (GroupName: string | undefined) => (GroupName === undefined ? {} : { GroupName });

/** A group that X-Ray does not know is refused like any other request, and told in words only. */
const aboutGroup = (trouble: Trouble, group: string | undefined): Trouble =>
  group !== undefined && trouble.kind === 'invalid' && /group|not ?found/i.test(trouble.detail)
    ? { ...trouble, kind: 'groupGone' }
    : trouble;

const grouped = <T>(reading: Reading<T>, group: string | undefined): Reading<T> => ({
  ...reading,
  troubles: reading.troubles.map((each) => aboutGroup(each, group)),
});

/** Prepares a connection; nothing is sent yet. `endpoint`: else AWS_ENDPOINT_URL_XRAY, else AWS's own. */
export function createXRayApi(options: ConnectionOptions): XRayApi {
  const client = new XRayClient(clientSettings(options));
  const ask = createAsk(client, paceOf(options, PACE), (operation, error) =>
    troubleOf(operation, error, API),
  );

  function graph(piece: Stretch, group: string | undefined, signal: AbortSignal) {
    const operation = 'GetServiceGraph';
    return readPages(
      ask,
      operation,
      async (to: XRayClient, token, sending) => {
        const out = await to.send(
          new GetServiceGraphCommand({ ...times(piece), ...groupOf(group), ...tokenOf(token) }),
          sending,
        );
        return { $metadata: out.$metadata, rows: out.Services, nextToken: out.NextToken };
      },
      (rows) => readEntries(xrayService, rows, operation),
      signal,
    );
  }

  function moments(
    piece: Stretch,
    selector: string,
    periodSeconds: number,
    group: string | undefined,
    signal: AbortSignal,
  ) {
    const operation = 'GetTimeSeriesServiceStatistics';
    return readPages(
      ask,
      operation,
      async (to: XRayClient, token, sending) => {
        const out = await to.send(
          new GetTimeSeriesServiceStatisticsCommand({
            ...times(piece),
            ...groupOf(group),
            EntitySelectorExpression: selector,
            Period: periodSeconds,
            ...tokenOf(token),
          }),
          sending,
        );
        return { $metadata: out.$metadata, rows: out.TimeSeriesServiceStatistics, nextToken: out.NextToken };
      },
      (rows) => readEntries(xrayMoment, rows, operation),
      signal,
    );
  }

  return {
    region: options.region,
    endpoint: shownEndpoint(options, 'AWS_ENDPOINT_URL_XRAY'),

    async serviceGraphs(window, group, signal) {
      const pieces = splitStretch(window, XRAY_LONGEST_MS);
      return grouped(together(await Promise.all(pieces.map((each) => graph(each, group, signal)))), group);
    },

    async traceSummaries(window, expression, token, signal) {
      const operation = 'GetTraceSummaries';
      const answer = await ask(
        {
          operation,
          send: (to, sending) =>
            to.send(
              new GetTraceSummariesCommand({
                ...times(window),
                ...(expression === '' ? {} : { FilterExpression: expression }),
                ...tokenOf(token),
              }),
              sending,
            ),
        },
        signal,
      );
      if (!answer.ok) return { troubles: [answer.failure], calls: 1 };
      const { TraceSummaries, TracesProcessedCount, NextToken } = answer.result;
      const { entries, troubles } = readEntries(xraySummary, TraceSummaries, operation);
      const scanned = typeof TracesProcessedCount === 'number' ? TracesProcessedCount : entries.length;
      const nextToken = NextToken === '' ? undefined : NextToken;
      return { result: { summaries: entries, scanned, nextToken }, troubles, calls: 1 };
    },

    async traces(ids, signal) {
      const operation = 'BatchGetTraces';
      const batches = Array.from({ length: Math.ceil(ids.length / TRACES_AT_ONCE) }, (_, n) =>
        ids.slice(n * TRACES_AT_ONCE, (n + 1) * TRACES_AT_ONCE),
      );
      const readings = batches.map((batch) =>
        readPages(
          ask,
          operation,
          async (to: XRayClient, token, sending) => {
            const out = await to.send(
              new BatchGetTracesCommand({ TraceIds: batch, ...tokenOf(token) }),
              sending,
            );
            return { $metadata: out.$metadata, rows: out.Traces, nextToken: out.NextToken };
          },
          (rows) => readEntries(xrayTrace, rows, operation),
          signal,
        ),
      );
      const { result, ...rest } = together(await Promise.all(readings));
      return { result: result && joinPages(result.flat()), ...rest };
    },

    async timeSeries(window, selector, periodSeconds, group, signal) {
      const pieces = splitStretch(window, XRAY_LONGEST_MS);
      const readings = pieces.map((each) => moments(each, selector, periodSeconds, group, signal));
      const { result, ...rest } = together(await Promise.all(readings));
      return grouped({ result: result?.flat(), ...rest }, group);
    },

    groups(signal) {
      const operation = 'GetGroups';
      return readPages(
        ask,
        operation,
        async (to: XRayClient, token, sending) => {
          const out = await to.send(new GetGroupsCommand(tokenOf(token)), sending);
          return { $metadata: out.$metadata, rows: out.Groups, nextToken: out.NextToken };
        },
        (rows) => readEntries(xrayGroup, rows, operation),
        signal,
      );
    },

    async segmentDestination(signal) {
      const operation = 'GetTraceSegmentDestination';
      const answer = await ask(
        { operation, send: (to, sending) => to.send(new GetTraceSegmentDestinationCommand({}), sending) },
        signal,
      );
      if (!answer.ok) return { troubles: [answer.failure], calls: 1 };
      return { result: answer.result.Destination, troubles: [], calls: 1 };
    },

    close: () => client.destroy(),
  };
}

/** A trace whose segments came on several pages, in one. */
function joinPages(traces: readonly XRayTrace[]): XRayTrace[] {
  const byId = new Map<string, XRayTrace>();
  for (const each of traces) {
    const known = byId.get(each.id);
    byId.set(each.id, {
      id: each.id,
      durationMs: each.durationMs ?? known?.durationMs,
      limitExceeded: each.limitExceeded || known?.limitExceeded === true,
      segments: [...(known?.segments ?? []), ...each.segments],
    });
  }
  return [...byId.values()];
}
