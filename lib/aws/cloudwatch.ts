/**
 * The CloudWatch API of one region and account (`@aws-sdk/client-cloudwatch`), metrics only, read only. GetMetricData is billed
 * by the metric. Source of the shapes: API reference 2010-08-01.
 */
import 'server-only';
import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { createAsk } from './calls';
import { chunkQueries, queryId } from './cloudwatch-chunks';
import type { MetricAsk, MetricQuery } from './cloudwatch-chunks';
import { listedMetric, metricRow } from './cloudwatch-dto';
import type { Dimension, Metric, MetricPoint, MetricRow } from './cloudwatch-dto';
import { clientSettings, paceOf, shownEndpoint } from './connection';
import type { ConnectionOptions } from './connection';
import { readEntries } from './entries';
import type { PaceLimits } from './pace';
import { distinct, readPages, together } from './pages';
import { troubleOf } from './trouble';
import type { Reading, Trouble } from './trouble';
import type { Stretch } from './windows';

export type { MetricAsk } from './cloudwatch-chunks';
export type { Dimension, Metric, MetricPoint } from './cloudwatch-dto';

export interface MetricFilter {
  name: string;
  namespace?: string | undefined;
  /** Dimensions that a metric must have among its own; of any content, where none is given. */
  dimensions: readonly { name: string; content?: string | undefined }[];
  /** Only what was published in the last three hours, more or less; else what was within two weeks. */
  recentlyActive: boolean;
}

/** Points by statistic, oldest first; a statistic that could not be read is absent, one without data is empty. */
export type MetricAnswer = Record<string, MetricPoint[]>;

export interface MetricAnswers {
  /** `answers[n]` is of `asks[n]`. */
  answers: MetricAnswer[];
  /** Statistics asked: what is billed, at most. */
  metrics: number;
}

export interface CloudWatchApi {
  region: string;
  /** Where it is asked, without a user name or password; `undefined`: AWS's own address for the region. */
  endpoint: string | undefined;
  listMetrics(filter: MetricFilter, signal: AbortSignal): Promise<Reading<Metric[]>>;
  /** As many calls as it takes. */
  metricData(
    asks: readonly MetricAsk[],
    window: Stretch,
    signal: AbortSignal,
  ): Promise<Reading<MetricAnswers>>;
  /** Lets go of the connections. */
  close(): void;
}

const PACE: PaceLimits = { concurrency: 4, perSecond: 20, burst: 20 };
const API = 'CloudWatch API';
const DATA = 'GetMetricData';

const dimensionsOf = (dimensions: readonly Dimension[]) =>
  dimensions.map(({ name, content }) => ({ Name: name, Value: content }));

const filtersOf = (dimensions: MetricFilter['dimensions']) =>
  dimensions.map(({ name, content }) => ({
    Name: name,
    ...(content === undefined ? {} : { Value: content }),
  }));

const tokenOf = (NextToken: string | undefined) => (NextToken === undefined ? {} : { NextToken });

const wireQuery = ({ id, metric, statistic, periodSeconds }: MetricQuery) => ({
  Id: id,
  MetricStat: {
    Metric: {
      Namespace: metric.namespace,
      MetricName: metric.name,
      Dimensions: dimensionsOf(metric.dimensions),
    },
    Period: periodSeconds,
    Stat: statistic,
  },
  ReturnData: true,
});

/** The rows of one query, which may be spread over pages: the last one's status is that of all. */
function joinRows(rows: readonly MetricRow[]): Map<string, MetricRow> {
  const byId = new Map<string, MetricRow>();
  for (const row of rows)
    byId.set(row.id, { ...row, points: [...(byId.get(row.id)?.points ?? []), ...row.points] });
  return byId;
}

/** What a row says beside its points. */
function rowTroubles(row: MetricRow | undefined, query: MetricQuery): Trouble[] {
  const said = row?.said.length ? `: ${row.said.join(' ')}` : '';
  const detail = `${query.metric.name} ${query.statistic}${said}`;
  switch (row?.status) {
    case 'Complete':
      return [];
    case 'PartialData':
      return [{ kind: 'limit', operation: DATA, detail: `not all data of ${detail}` }];
    case 'Forbidden':
      return [{ kind: 'forbidden', operation: DATA, detail }];
    case 'InternalError':
      return [{ kind: 'unreachable', operation: DATA, detail: `internal error for ${detail}` }];
    case undefined:
      return [{ kind: 'malformed', operation: DATA, detail: `no result for ${detail}` }];
  }
}

const isReadable = (row: MetricRow | undefined): row is MetricRow =>
  row?.status === 'Complete' || row?.status === 'PartialData';

/** Prepares a connection; nothing is sent yet. `endpoint`: else AWS_ENDPOINT_URL_CLOUDWATCH, else AWS's own. */
export function createCloudWatchApi(options: ConnectionOptions): CloudWatchApi {
  const client = new CloudWatchClient(clientSettings(options));
  const ask = createAsk(client, paceOf(options, PACE), (operation, error) =>
    troubleOf(operation, error, API),
  );

  /** One chunk to its last page; `result` is absent where nothing came. */
  async function chunk(
    queries: readonly MetricQuery[],
    window: Stretch,
    signal: AbortSignal,
  ): Promise<Reading<Map<string, MetricRow>>> {
    const { result, troubles, calls } = await readPages(
      ask,
      DATA,
      async (to: CloudWatchClient, token, sending) => {
        const out = await to.send(
          new GetMetricDataCommand({
            MetricDataQueries: queries.map(wireQuery),
            StartTime: new Date(window.fromMs),
            EndTime: new Date(window.toMs),
            ScanBy: 'TimestampAscending',
            ...tokenOf(token),
          }),
          sending,
        );
        return { $metadata: out.$metadata, rows: out.MetricDataResults, nextToken: out.NextToken };
      },
      (rows) => readEntries(metricRow, rows, DATA),
      signal,
    );
    const rows = result && joinRows(result);
    // Where a page failed, that has been said; what it would have held need not be said again.
    const ofRows = rows && troubles.length === 0 ? queries.flatMap((query) => rowTroubles(rows.get(query.id), query)) : []; // prettier-ignore
    return { result: rows, troubles: [...troubles, ...ofRows], calls };
  }

  return {
    region: options.region,
    endpoint: shownEndpoint(options, 'AWS_ENDPOINT_URL_CLOUDWATCH'),

    listMetrics({ name, namespace, dimensions, recentlyActive }, signal) {
      const operation = 'ListMetrics';
      return readPages(
        ask,
        operation,
        async (to: CloudWatchClient, token, sending) => {
          const out = await to.send(
            new ListMetricsCommand({
              MetricName: name,
              ...(namespace === undefined ? {} : { Namespace: namespace }),
              Dimensions: filtersOf(dimensions),
              ...(recentlyActive ? { RecentlyActive: 'PT3H' as const } : {}),
              ...tokenOf(token),
            }),
            sending,
          );
          return { $metadata: out.$metadata, rows: out.Metrics, nextToken: out.NextToken };
        },
        (rows) => readEntries(listedMetric, rows, operation),
        signal,
      );
    },

    async metricData(asks, window, signal) {
      const chunks = chunkQueries(asks, window.toMs - window.fromMs);
      const readings = await Promise.all(chunks.map((each) => chunk(each, window, signal)));
      const { result, troubles, calls } = together(readings);
      if (result === undefined) return { troubles, calls };
      const rows = new Map(result.flatMap((each) => [...each]));
      const answers = asks.map(({ statistics }, n): MetricAnswer => {
        const found = statistics.map((statistic, s) => [statistic, rows.get(queryId(n, s))] as const);
        return Object.fromEntries(
          found.flatMap(([statistic, row]) =>
            isReadable(row) ? [[statistic, row.points.sort((a, b) => a.atMs - b.atMs)]] : [],
          ),
        );
      });
      const metrics = chunks.reduce((sum, each) => sum + each.length, 0);
      return { result: { answers, metrics }, troubles: distinct(troubles), calls };
    },

    close: () => client.destroy(),
  };
}
