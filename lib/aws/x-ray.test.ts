import { describe, expect, it } from 'vitest';
import { refuse } from './scripted-api';
import type { Asked, Reply } from './scripted-api';
import { openScripted } from './scripted-client';
import { createXRayApi } from './x-ray';

const never = new AbortController().signal;

const open = (answer: (asked: Asked) => Reply) => openScripted(createXRayApi, answer);

const HOUR = 3_600_000;
const fromMs = 1_700_000_000_000;
const window = { fromMs, toMs: fromMs + HOUR };

describe('the X-Ray API', () => {
  it('reads traces five at a time, with the segments of all pages', async () => {
    const [api, scripted] = await open(({ body }) => {
      const { TraceIds, NextToken } = JSON.parse(body);
      const page = NextToken === undefined ? 'first' : 'second';
      return {
        body: {
          Traces: TraceIds.map((Id: string) => ({ Id, Segments: [{ Id: page, Document: '{}' }] })),
          ...(NextToken === undefined ? { NextToken: 'more' } : {}),
        },
      };
    });
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { result, calls } = await api.traces(ids, never);
    expect(result?.map(({ id, segments }) => [id, segments.map((each) => each.id)])).toEqual(
      ids.map((id) => [id, ['first', 'second']]),
    );
    expect(calls).toBe(4);
    expect(scripted.asked.map(({ body }) => JSON.parse(body).TraceIds.length).sort()).toEqual([1, 1, 5, 5]);
  });

  it('splits statistics of a long window, and asks by period and group', async () => {
    const [api, scripted] = await open(() => ({ body: { TimeSeriesServiceStatistics: [] } }));
    const long = { fromMs, toMs: fromMs + 7 * HOUR };
    const { calls } = await api.timeSeries(long, 'service("shop/a")', 300, 'slow', never);
    expect(calls).toBe(2);
    const asked = scripted.asked.map(({ path, body }) => ({ path, ...JSON.parse(body) }));
    const start = fromMs / 1000;
    expect(asked.sort((a, b) => a.StartTime - b.StartTime)).toEqual([
      { path: '/TimeSeriesServiceStatistics', StartTime: start, EndTime: start + 21600, GroupName: 'slow', EntitySelectorExpression: 'service("shop/a")', Period: 300 },
      { path: '/TimeSeriesServiceStatistics', StartTime: start + 21600, EndTime: start + 25200, GroupName: 'slow', EntitySelectorExpression: 'service("shop/a")', Period: 300 },
    ]); // prettier-ignore
  });

  it('keeps the pieces of a graph that came where another failed', async () => {
    const [api] = await open(({ body }) =>
      JSON.parse(body).StartTime === fromMs / 1000
        ? { body: { Services: [{ ReferenceId: 1, Name: 'a' }] } }
        : refuse(403, 'AccessDeniedException', 'not authorized to perform: xray:GetServiceGraph'),
    );
    const { result, troubles } = await api.serviceGraphs(
      { fromMs, toMs: fromMs + 12 * HOUR },
      undefined,
      never,
    );
    expect(result?.map((graph) => graph.map(({ name }) => name))).toEqual([['a']]);
    expect(troubles).toMatchObject([{ kind: 'forbidden', operation: 'GetServiceGraph' }]);
  });

  it('counts nothing negative and nothing that is no number', async () => {
    const odd = [
      { ReferenceId: 1, Name: 'a', SummaryStatistics: { TotalCount: -1 } },
      { ReferenceId: 2, Name: 'b', ResponseTimeHistogram: [{ Value: 'NaN', Count: 1 }] },
      { ReferenceId: 3, Name: 'c', SummaryStatistics: { TotalCount: 2 } },
    ];
    const [api] = await open(() => ({ body: { Services: odd } }));
    const { result, troubles } = await api.serviceGraphs(window, undefined, never);
    expect(result?.flat().map(({ name }) => name)).toEqual(['c']);
    expect(troubles).toMatchObject([{ kind: 'malformed', operation: 'GetServiceGraph' }]);
  });

  it('lists groups and tells where segments go', async () => {
    const [api] = await open(({ path }) =>
      path === '/Groups'
        ? { body: { Groups: [{ GroupName: 'Default' }, { GroupName: 'slow', FilterExpression: 'responsetime > 1' }] } }
        : { body: { Destination: 'CloudWatchLogs', Status: 'ACTIVE' } },
    ); // prettier-ignore
    expect((await api.groups(never)).result).toEqual([
      { name: 'Default', expression: '' },
      { name: 'slow', expression: 'responsetime > 1' },
    ]);
    expect((await api.segmentDestination(never)).result).toBe('CloudWatchLogs');
  });

  it('stops when told to', async () => {
    const [api] = await open(() => 'hang');
    const stop = new AbortController();
    const reading = api.serviceGraphs(window, undefined, stop.signal);
    stop.abort();
    expect(await reading).toMatchObject({ troubles: [{ operation: 'GetServiceGraph' }] });
  });
});
