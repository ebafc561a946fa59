import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCloudWatchApi } from './cloudwatch';
import type { MetricAsk } from './cloudwatch';
import { chunkQueries } from './cloudwatch-chunks';
import { refuse } from './scripted-api';
import type { Asked, Reply } from './scripted-api';
import { openScripted } from './scripted-client';
import type { TroubleKind } from './trouble';

const never = new AbortController().signal;

const QUICK = { connectTimeoutMs: 500, answerTimeoutMs: 500 } as const;

const open = (answer: (asked: Asked) => Reply, endpoint?: string) =>
  openScripted(createCloudWatchApi, answer, { ...QUICK, ...(endpoint === undefined ? {} : { endpoint }) });

const window = { fromMs: 1_700_000_000_000, toMs: 1_700_000_300_000 };
const metric = { namespace: 'mesh', name: 'requests', dimensions: [{ name: 'Mesh', content: 'shop' }] };
const asking = (...statistics: string[]): MetricAsk => ({ metric, statistics, periodSeconds: 60 });
const row = (Id: string, Values: number[], StatusCode = 'Complete') => ({
  Id,
  Label: 'x',
  Timestamps: Values.map((_, n) => 1_700_000_000 + n * 60),
  Values,
  StatusCode,
});
const filter = { name: 'requests', dimensions: [{ name: 'Mesh', content: 'shop' }], recentlyActive: true };

describe('listing metrics', () => {
  it('reads every page, with dimensions as published', async () => {
    const listed = (content: string) => ({
      Namespace: 'mesh',
      MetricName: 'requests',
      Dimensions: [{ Name: 'Mesh', Value: content }],
    });
    const [api, scripted] = await open(({ body }) => {
      const first = JSON.parse(body).NextToken === undefined;
      return { body: { Metrics: [listed(first ? 'a' : 'b')], ...(first ? { NextToken: 'more' } : {}) } };
    });
    const { result, calls } = await api.listMetrics(filter, never);
    expect(result?.map(({ dimensions }) => dimensions)).toEqual([
      [{ name: 'Mesh', content: 'a' }],
      [{ name: 'Mesh', content: 'b' }],
    ]);
    expect(calls).toBe(2);
    expect(JSON.parse(scripted.asked[0]?.body ?? '')).toEqual({
      MetricName: 'requests',
      Dimensions: [{ Name: 'Mesh', Value: 'shop' }],
      RecentlyActive: 'PT3H',
    });
  });

  it('does not go round in a circle', async () => {
    const [api] = await open(() => ({ body: { Metrics: [], NextToken: 'again' } }));
    expect((await api.listMetrics(filter, never)).troubles).toMatchObject([{ kind: 'malformed' }]);
  });
});

describe('metric data', () => {
  it('puts the pages of one statistic together, oldest first', async () => {
    const [api] = await open(({ body }) =>
      JSON.parse(body).NextToken === undefined
        ? { body: { MetricDataResults: [row('q0_0', [1], 'PartialData')], NextToken: 'more' } }
        : { body: { MetricDataResults: [row('q0_0', [2, 3]), row('q0_1', [9])] } },
    );
    const { result, troubles } = await api.metricData([asking('Sum', 'p99')], window, never);
    expect(troubles).toEqual([]);
    expect(result?.metrics).toBe(2);
    expect(result?.answers[0]?.['Sum']?.map(({ amount }) => amount)).toEqual([1, 2, 3]);
    expect(result?.answers[0]?.['p99']).toEqual([{ atMs: 1_700_000_000_000, amount: 9 }]);
  });

  it('tells what single statistics lack, and keeps the others', async () => {
    const rows = [
      row('q0_0', [1]),
      row('q0_1', [], 'Forbidden'),
      { ...row('q0_2', [], 'InternalError'), Messages: [{ Code: 'X', Value: 'try later' }] },
      row('q0_3', [4], 'PartialData'),
    ];
    const [api] = await open(() => ({ body: { MetricDataResults: rows } }));
    const { result, troubles } = await api.metricData([asking('Sum', 'p50', 'p90', 'p99', 'Average')], window, never); // prettier-ignore
    expect(Object.keys(result?.answers[0] ?? {})).toEqual(['Sum', 'p99']);
    expect(troubles.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['forbidden', 'requests p50'],
      ['unreachable', 'internal error for requests p90: try later'],
      ['limit', 'not all data of requests p99'],
      ['malformed', 'no result for requests Average'],
    ]);
  });

  it('keeps the answers of one call where another fails', async () => {
    const asks = Array.from({ length: 501 }, () => asking('Sum'));
    const [api, scripted] = await open(({ body }) => {
      const queries: { Id: string }[] = JSON.parse(body).MetricDataQueries;
      return queries.length === 500
        ? { body: { MetricDataResults: queries.map(({ Id }) => row(Id, [1])) } }
        : refuse(400, 'Throttling', 'Rate exceeded');
    });
    const { result, troubles } = await api.metricData(asks, window, never);
    expect(scripted.asked).toHaveLength(2);
    expect(result?.answers[499]?.['Sum']).toHaveLength(1);
    expect(result?.answers[500]).toEqual({});
    expect(troubles).toEqual([{ kind: 'throttled', operation: 'GetMetricData', detail: 'Rate exceeded' }]);
  });

  it('deals every statistic out once, and no call more than it may hold', () => {
    const period = fc.constantFrom(60, 300, 3600);
    const ask = fc.record({ statistics: fc.array(fc.string(), { maxLength: 5 }), periodSeconds: period });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 400 }), fc.integer({ min: 1, max: 14 }), (asks, days) => {
        const windowMs = days * 86_400_000;
        const chunks = chunkQueries(
          asks.map((each) => ({ ...each, metric })),
          windowMs,
        );
        const ids = chunks.flat().map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBe(asks.reduce((sum, { statistics }) => sum + statistics.length, 0));
        for (const chunk of chunks) {
          const points = chunk.reduce((sum, each) => sum + windowMs / 1000 / each.periodSeconds, 0);
          expect(chunk.length).toBeLessThanOrEqual(500);
          expect(points).toBeLessThanOrEqual(100_800);
        }
      }),
    );
  });
});

describe('what went wrong', () => {
  const cases: [string, Reply, TroubleKind, string?][] = [
    ['a token that ran out', refuse(400, 'ExpiredTokenException', 'The security token included in the request is expired'), 'expired'],
    ['a missing permission', refuse(400, 'AccessDeniedException', 'not authorized to perform: cloudwatch:ListMetrics'), 'forbidden'],
    ['an unknown key', refuse(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.'), 'credentials'],
    ['a wrong secret', refuse(403, 'SignatureDoesNotMatch', 'The Canonical String should have been TOPSECRET'), 'credentials', 'SignatureDoesNotMatch'],
    ['a clock that is behind', refuse(403, 'SignatureDoesNotMatch', 'Signature expired: 20231114T221320Z is now earlier than 20231114T222000Z (20231114T223500Z - 15 min.)'), 'clock', 'Signature expired: 20231114T221320Z is now earlier than 20231114T222000Z'],
    ['a clock that is ahead', refuse(403, 'InvalidSignatureException', 'Signature not yet current: 20231114T233500Z is still later than 20231114T222000Z'), 'clock'],
    ['another way to say so', refuse(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'), 'clock'],
    ['too many calls', refuse(400, 'ThrottlingException', 'Rate exceeded'), 'throttled'],
    ['a refused request', refuse(400, 'InvalidParameterValueException', 'no such period'), 'invalid'],
    ['too much', refuse(400, 'InvalidParameterCombinationException', 'exceeds the maximum of datapoints'), 'limit'],
    ['a service in trouble', refuse(500, 'InternalServiceFault'), 'unreachable'],
    ['no JSON', { text: '<html>' }, 'malformed'],
    ['another kind of answer', { body: { Metrics: 'none' } }, 'malformed'],
    ['silence', 'hang', 'unreachable', 'no answer in time'],
    ['a connection that ends', 'reset', 'unreachable'],
  ]; // prettier-ignore
  it.each(cases)('tells %s', async (_, reply, kind, detail) => {
    const [api] = await open(() => reply);
    const { troubles } = await api.listMetrics(filter, never);
    expect(troubles).toMatchObject([{ kind, operation: 'ListMetrics', ...(detail ? { detail } : {}) }]);
    expect(JSON.stringify(troubles)).not.toMatch(/TOPSECRET|AKIAEXAMPLE/);
  });

  it('tells that nobody is there', async () => {
    const [api] = await open(() => 'hang', 'http://nothing.invalid');
    expect((await api.listMetrics(filter, never)).troubles).toMatchObject([{ kind: 'unreachable' }]);
  });

  it('tells that there are no credentials', async () => {
    const api = createCloudWatchApi({
      region: 'eu-west-1',
      endpoint: 'http://127.0.0.1:1',
      profile: 'meshdeck-no-such-profile',
    });
    onTestFinished(() => api.close());
    const { result, troubles } = await api.listMetrics(filter, never);
    expect(result).toBeUndefined();
    expect(troubles).toEqual([
      { kind: 'credentials', operation: 'ListMetrics', detail: 'no AWS credentials could be had' },
    ]);
  });
});
