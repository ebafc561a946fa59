import { describe, expect, it } from 'vitest';
import type { Asked, Reply } from '@/lib/aws/scripted-api';
import { openScripted } from '@/lib/aws/scripted-client';
import { createXRayApi } from '@/lib/aws/x-ray';
import { createTraceReader } from './traces';

const never = new AbortController().signal;

async function open(answer: (asked: Asked) => Reply) {
  const [api, scripted] = await openScripted(createXRayApi, answer);
  return { reader: createTraceReader({ api }), scripted };
}

const HOUR = 3_600_000;
const START = 1_700_000_000;
const fromMs = START * 1000;
const ID = `1-${START.toString(16)}-0123456789abcdef01234567`;
const query = { expression: '', window: { fromMs, toMs: fromMs + HOUR, stepSeconds: 60 } };

describe('a list of traces', () => {
  it('tells status, request, annotations and what was scanned', async () => {
    const summary = {
      Id: ID,
      Duration: 0.25,
      ResponseTime: 0.2,
      HasFault: true,
      HasThrottle: true,
      Http: { HttpURL: 'http://shop/', HttpStatus: 503, HttpMethod: 'GET' },
      Annotations: {
        attempt: [{ AnnotationValue: { NumberValue: 2 } }],
        direction: [
          { AnnotationValue: { StringValue: 'ingress' } },
          { AnnotationValue: { StringValue: 'egress' } },
        ],
        warm: [{ AnnotationValue: { BooleanValue: false } }],
      },
      ServiceIds: [
        { Name: 'shop/door', Type: 'client' },
        { Name: 'shop/door', Type: 'AWS::AppMesh::Proxy' },
      ],
    };
    const { reader } = await open(() => ({ body: { TraceSummaries: [summary], TracesProcessedCount: 37 } }));
    const { result, spent } = await reader.list(query, never);
    expect(spent).toEqual({ metrics: 0, traces: 37, calls: 1 });
    expect(result).toEqual({
      traces: [
        {
          id: ID,
          startMs: fromMs,
          durationMs: 250,
          responseMs: 200,
          status: 'fault',
          http: { method: 'GET', url: 'http://shop/', status: 503 },
          partial: false,
          services: ['shop/door', 'shop/door'],
          annotations: { attempt: '2', direction: 'ingress, egress', warm: 'false' },
        },
      ],
      nextToken: undefined,
    });
  });

  it.each([
    [{ HasError: true, HasThrottle: true }, 'throttle'],
    [{ HasError: true }, 'error'],
    [{}, 'ok'],
  ])('takes %o for %s', async (flags, status) => {
    const { reader } = await open(() => ({ body: { TraceSummaries: [{ Id: ID, ...flags }] } }));
    expect((await reader.list(query, never)).result?.traces[0]?.status).toBe(status);
  });

  it('goes through a long window from its end, page by page, every part once', async () => {
    let answers = 0;
    const { reader, scripted } = await open(() => {
      answers += 1;
      return { body: { TraceSummaries: [], ...(answers === 1 ? { NextToken: 'a~b' } : {}) } };
    });
    const long = { ...query, expression: 'fault', window: { ...query.window, toMs: fromMs + 8 * HOUR } };
    let token: string | undefined;
    do {
      token = (await reader.list({ ...long, token }, never)).result?.nextToken;
    } while (token !== undefined);
    const asked = scripted.asked.map(({ body }) => JSON.parse(body));
    expect(asked.map(({ StartTime, EndTime, NextToken }) => [StartTime - START, EndTime - START, NextToken])).toEqual([
      [7200, 28800, undefined],
      [7200, 28800, 'a~b'],
      [0, 7200, undefined],
    ]); // prettier-ignore
    expect(asked[0].FilterExpression).toBe('fault');
  });

  it('refuses a token that is none, and passes on why an expression is refused', async () => {
    const { reader, scripted } = await open(() => ({
      status: 400,
      errorType: 'InvalidRequestException',
      body: { Message: 'Invalid filter expression' },
    }));
    expect((await reader.list({ ...query, token: 'x' }, never)).troubles[0]?.kind).toBe('invalid');
    expect(scripted.asked).toEqual([]);
    expect(await reader.list({ ...query, expression: 'oops' }, never)).toMatchObject({
      troubles: [{ kind: 'invalid', operation: 'GetTraceSummaries', detail: 'Invalid filter expression' }],
    });
  });
});

describe('a trace', () => {
  const segment = (id: string, rest: object) => ({
    Id: id,
    Document: JSON.stringify({ id, name: 'shop/door', start_time: START, end_time: START + 0.3, ...rest }),
  });
  const trace = (...Segments: object[]) => ({ body: { Traces: [{ Id: ID, Duration: 0.3, Segments }] } });
  const read = async (reply: Reply) => {
    const { reader } = await open(() => reply);
    const { result } = await reader.read(ID, never);
    if (result === undefined) throw new Error('no trace');
    return result;
  };

  it('is a tree of segments, nested and separate subsegments', async () => {
    const { trace: read_, names } = await read(
      trace(
        segment('cart', {
          name: 'shop@111122223333/cart',
          parent_id: 'sub',
          start_time: START + 0.1,
          end_time: START + 0.2,
          fault: true,
          http: { request: { method: 'GET', url: 'http://cart/' }, response: { status: 500 } },
          annotations: { direction: 'ingress', odd: { a: 1 } },
          aws: { app_mesh: { mesh_name: 'shop@111122223333', virtual_node_name: 'cart' } },
        }),
        segment('late', { type: 'subsegment', parent_id: 'door', name: 'egress', start_time: START + 0.25 }),
        segment('door', {
          subsegments: [
            {
              id: 'sub',
              name: 'shop/cart',
              start_time: START + 0.05,
              annotations: { direction: 'egress', upstream_cluster: 'cds_egress_shop_cart_http_8080' },
            },
          ],
        }),
      ),
    );
    expect(read_.spans.map(({ id, parent, kind }) => [id, parent, kind])).toEqual([
      ['door', undefined, 'segment'],
      ['sub', 'door', 'subsegment'],
      ['cart', 'sub', 'segment'],
      ['late', 'door', 'subsegment'],
    ]);
    expect(read_.spans[2]).toMatchObject({
      status: 'fault',
      direction: 'ingress',
      http: { method: 'GET', url: 'http://cart/', status: 500 },
      annotations: { direction: 'ingress' },
    });
    expect(read_.spans[1]?.endMs).toBeUndefined();
    expect(names).toEqual({
      door: { mesh: 'shop', proxy: 'door' },
      sub: { mesh: 'shop', proxy: 'door', upstream: 'cds_egress_shop_cart_http_8080' },
      cart: { mesh: 'shop', proxy: 'cart' },
      late: { mesh: 'shop', proxy: 'door' },
    });
  });

  it('keeps a child whose host’s clock is behind, with no negative widths', async () => {
    const { trace: read_ } = await read(
      trace(
        segment('door', {}),
        segment('cart', { parent_id: 'door', start_time: START - 2, end_time: START - 3 }),
      ),
    );
    expect(read_.startMs).toBe((START - 2) * 1000);
    expect(read_.spans.map(({ id, startMs, endMs }) => [id, startMs, endMs])).toEqual([
      ['door', 2000, 2300],
      ['cart', 0, 0],
    ]);
    expect(read_.durationMs).toBe(2300);
  });

  it('names documents that cannot be read and shows the rest', async () => {
    const { trace: read_ } = await read(
      trace(segment('door', { subsegments: [{ name: 'no id' }] }), { Id: 'broken', Document: '{' }, { Id: 'odd', Document: '{"id":"odd"}' }),
    ); // prettier-ignore
    expect(read_.spans.map(({ id }) => id)).toEqual(['door']);
    expect(read_.unread.map(({ id }) => id)).toEqual(['door', 'broken', 'odd']);
  });

  it('takes a span whose parent is missing, or that is its own ancestor, for a root', async () => {
    const { trace: read_ } = await read(
      trace(segment('a', { parent_id: 'b' }), segment('b', { parent_id: 'a' }), segment('c', { parent_id: 'x' })),
    ); // prettier-ignore
    expect(read_.spans.map(({ parent }) => parent)).toEqual([undefined, undefined, undefined]);
  });

  it('takes the whole of a segment that was sent in progress first', async () => {
    const { trace: read_ } = await read(
      trace(segment('door', {}), segment('door', { end_time: undefined, in_progress: true })),
    );
    expect(read_.spans).toHaveLength(1);
    expect(read_.spans[0]?.endMs).toBe(300);
  });

  it('says that spans are missing of a trace that is too large', async () => {
    const { trace: read_ } = await read({
      body: { Traces: [{ Id: ID, LimitExceeded: true, Segments: [] }] },
    });
    expect(read_).toMatchObject({ limitExceeded: true, startMs: fromMs, durationMs: 0, spans: [] });
  });

  it('is absent where it is not kept', async () => {
    const { reader } = await open(() => ({ body: { Traces: [], UnprocessedTraceIds: [ID] } }));
    expect(await reader.read(ID, never)).toEqual({
      troubles: [],
      spent: { metrics: 0, traces: 0, calls: 1 },
    });
  });
});
