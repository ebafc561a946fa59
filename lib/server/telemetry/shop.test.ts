/** What the console says of the sandbox's shop, beside what the sandbox says happened. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TelemetryAnswer, TraceAnswer, TracesAnswer } from '@/lib/api/telemetry';
import type { TopologyAnswer } from '@/lib/api/topology';
import type { EvidenceKind, Figures } from '@/lib/mesh/telemetry/measured';
import { startRig, type Rig } from '../testing/rig';

const MESH = '/api/v1/sources/sandbox/meshes/shop';
const MINUTE = 60_000;

const figures = z.object({
  requests: z.number(),
  error: z.number(),
  throttle: z.number(),
  fault: z.number(),
  meanMs: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
});
const party = z.object({ kind: z.string(), name: z.string() }).nullable();
const report = z.object({
  meshes: z.array(
    z.object({
      mesh: z.string(),
      edges: z.array(
        figures.extend({
          from: party,
          service: z.string().nullable(),
          to: party,
          declared: z.boolean(),
          protocol: z.string(),
        }),
      ),
    }),
  ),
});
type Truth = z.infer<typeof report>['meshes'][number];

let rig: Rig;
let toMs: number;
let query: string;
let truth: Truth;
let picture: TopologyAnswer;
let answer: TelemetryAnswer;

async function get<T>(path: string): Promise<T> {
  const { status, body } = await rig.ask('GET', path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as T; // the answer of a route
}

beforeAll(async () => {
  rig = await startRig('shop', {}, (sandbox) =>
    Promise.resolve({
      telemetry: [
        {
          region: 'us-west-2',
          endpoint: sandbox.url,
          credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        },
      ],
    }),
  );
  // What is longer ago than the running minute is complete. CloudWatch puts ten minutes together from a full one on.
  toMs = Math.floor((Date.now() - MINUTE) / (10 * MINUTE)) * 10 * MINUTE;
  const fromMs = toMs - 10 * MINUTE;
  query = `from=${fromMs}&to=${toMs}`;
  const told = report.parse(
    await rig.sandbox.request('GET', `/_sandbox/traffic?from=${fromMs / 1000}&to=${toMs / 1000}`),
  );
  const own = told.meshes.find(({ mesh }) => mesh === 'shop');
  if (own === undefined) throw new Error('no traffic in shop');
  truth = own;
  picture = await get(`${MESH}/topology`);
  answer = await get(`${MESH}/telemetry?${query}`);
}, 60_000);

afterAll(() => rig.stop());

const awsNames = () =>
  new Map(picture.nodes.flatMap((node) => ('awsName' in node && node.awsName ? [[node.awsName, node]] : [])));
const awsNameOf = (key: string) => {
  const node = picture.nodes.find((each) => each.key === key);
  return node && 'awsName' in node ? node.awsName : undefined;
};

interface Sum {
  requests: number;
  fault: number;
  error: number;
}
const sum = (edges: Truth['edges']): Sum =>
  edges.reduce(
    (all, each) => ({
      requests: all.requests + each.requests,
      fault: all.fault + each.fault,
      error: all.error + each.error + each.throttle,
    }),
    { requests: 0, fault: 0, error: 0 },
  );

/** The part of the truth that an edge of the picture stands for. */
function truthOf({ kind, source, target }: TopologyAnswer['edges'][number]): Truth['edges'] {
  const [from, to] = [awsNameOf(source), awsNameOf(target)];
  const provides = (service: string | null) =>
    picture.edges.some(
      (edge) => edge.kind === 'provider' && edge.target === source && awsNameOf(edge.source) === service,
    );
  return truth.edges.filter((each) => {
    // What reached nobody is in no measurement of an edge, and the extension counts no requests of TCP.
    if (!each.declared || each.to === null || each.protocol === 'tcp') return false;
    if (kind === 'provider') return each.service === from;
    if (kind === 'route-target') return each.to?.name === to && provides(each.service);
    return each.from?.name === from && each.service === to;
  });
}

const seen = (key: string, kind: EvidenceKind): Figures | undefined =>
  answer.telemetry.edges[key as keyof typeof answer.telemetry.edges]?.observations.find(
    ({ evidence }) => evidence === kind,
  )?.figures;

/** Four standard deviations of a share of so many. */
const error = (share: number, count: number): number =>
  4 * Math.sqrt((share * (1 - share)) / count) + 1 / count;

const carrying = () =>
  picture.edges.flatMap((edge) => {
    if (!['gateway-route', 'backend', 'provider', 'route-target'].includes(edge.kind)) return [];
    const parts = truthOf(edge);
    const whole = sum(parts);
    return whole.requests > 0 ? [{ edge, parts, whole }] : [];
  });

describe('every declared edge with traffic', () => {
  it('is there in good number', () => {
    expect(awsNames().size).toBeGreaterThan(10);
    expect(carrying().length).toBeGreaterThan(12);
    expect(answer.evidence).toMatchObject([
      { kind: 'xray', phase: 'ok' },
      { kind: 'cloudwatch', phase: 'ok' },
    ]);
  });

  it('has the counts that really happened, by CloudWatch', () => {
    for (const { edge, whole } of carrying()) {
      const told = seen(edge.key, 'cloudwatch');
      expect(told?.requests, edge.key).toBe(whole.requests);
      expect(told?.perSecond, edge.key).toBeCloseTo(whole.requests / 600, 6);
      expect((told?.faultRatio ?? 0) * whole.requests, edge.key).toBeCloseTo(whole.fault, 3);
      expect((told?.errorRatio ?? 0) * whole.requests, edge.key).toBeCloseTo(whole.error, 3);
    }
  });

  it('has a sample of them by X-Ray, with ratios within the sampling error', () => {
    let compared = 0;
    for (const { edge, whole } of carrying()) {
      const told = seen(edge.key, 'xray');
      if (told === undefined || told.requests === 0) continue;
      compared += 1;
      expect(told.requests, edge.key).toBeLessThanOrEqual(whole.requests);
      const share = whole.fault / whole.requests;
      expect(Math.abs((told.faultRatio ?? 0) - share), edge.key).toBeLessThanOrEqual(
        error(share, told.requests),
      );
      expect(told.perSecond, 'a sample is no rate').toBeUndefined();
    }
    expect(compared).toBeGreaterThan(10);
  });

  it('has the latencies that really happened, within what a histogram resolves', () => {
    let compared = 0;
    for (const { edge, parts } of carrying()) {
      const [only] = parts;
      const told = seen(edge.key, 'cloudwatch');
      if (parts.length !== 1 || only === undefined || only.requests < 500) continue;
      compared += 1;
      for (const figure of ['meanMs', 'p50Ms', 'p99Ms'] as const) {
        const really = only[figure] ?? 0;
        expect(Math.abs((told?.[figure] ?? 0) - really) / really, `${edge.key} ${figure}`).toBeLessThan(0.1);
      }
    }
    expect(compared).toBeGreaterThan(5);
  });

  it('has the percentiles of all response times by X-Ray where several callers send over it', () => {
    let compared = 0;
    for (const { key } of picture.edges) {
      const told = answer.telemetry.edges[key]?.observations.find(({ evidence }) => evidence === 'xray');
      if (told === undefined || told.witnesses.length < 2) continue;
      const parts = answer.telemetry.calls.flatMap(({ observations }) =>
        observations.filter(({ witnesses: [only, ...more] }) => more.length === 0 && only !== undefined && told.witnesses.includes(only)),
      ); // prettier-ignore
      const busy = parts.filter(({ evidence, figures }) => evidence === 'xray' && figures.requests > 0);
      if (busy.length < 2) continue;
      compared += 1;
      for (const figure of ['p50Ms', 'p90Ms', 'p99Ms'] as const) {
        // Of a mixture it lies between those of the parts.
        const bounds = busy.map((each) => each.figures[figure] ?? NaN);
        expect(told.figures[figure], `${key} ${figure}`).toBeGreaterThanOrEqual(Math.min(...bounds));
        expect(told.figures[figure], `${key} ${figure}`).toBeLessThanOrEqual(Math.max(...bounds));
      }
    }
    expect(compared).toBeGreaterThan(3);
  });

  it('counts as observed', () => {
    for (const { edge } of carrying())
      expect(answer.telemetry.edges[edge.key]?.observed, edge.key).toBe('yes');
  });
});

describe('what else is told', () => {
  it('splits each route as the requests really went', () => {
    for (const split of answer.telemetry.splits) {
      if (split.verdict === 'mixed' || split.evidence !== 'cloudwatch') continue;
      for (const { target, count } of split.shares) {
        const edge = picture.edges.find((each) => each.source === split.router && each.target === target);
        expect(count, target).toBe(edge ? sum(truthOf(edge)).requests : 0);
      }
    }
    expect(answer.telemetry.splits.some(({ verdict }) => verdict === 'agrees')).toBe(true);
  });

  it('a call that nobody declared is a finding, not an edge', () => {
    const undeclared = truth.edges.filter((each) => !each.declared && each.to !== null);
    expect(undeclared.length).toBeGreaterThan(0);
    expect(answer.telemetry.calls.filter(({ declared }) => !declared).length).toBeGreaterThan(0);
    expect(answer.telemetry.findings.map(({ code }) => code)).toContain('MD601');
  });

  it('lines add up to what the window counts', async () => {
    const { key } = carrying().find(({ edge }) => edge.kind === 'backend')?.edge ?? { key: '' };
    const { charts } = await get<{
      charts: { series: { figure: string; evidence: string; points: (number | null)[] }[] }[];
    }>(`${MESH}/metrics?${query}&key=${encodeURIComponent(key)}`);
    const line = charts[0]?.series.find(
      ({ figure, evidence }) => figure === 'perSecond' && evidence === 'cloudwatch',
    );
    const counted = (line?.points ?? []).reduce<number>((all, point) => all + (point ?? 0) * 60, 0);
    expect(Math.round(counted)).toBe(seen(key, 'cloudwatch')?.requests);
  });

  it('traces can be listed, filtered and opened, and their hops are those of the mesh', async () => {
    const { traces, expression } = await get<TracesAnswer>(`${MESH}/traces?${query}&status=fault`);
    expect(expression).toContain('fault');
    expect(traces.length).toBeGreaterThan(0);
    expect(new Set(traces.map(({ status }) => status))).toEqual(new Set(['fault']));
    const { trace } = await get<TraceAnswer>(`${MESH}/traces/${traces[0]?.id ?? ''}`);
    expect(trace.spans.some(({ hop }) => hop.gateway !== undefined)).toBe(true);
    expect(trace.spans.some(({ hop }) => hop.node !== undefined && hop.service !== undefined)).toBe(true);
  });

  it('a filter that X-Ray refuses is said in its words', async () => {
    const { status, body } = await rig.ask(
      'GET',
      `${MESH}/traces?${query}&filter=${encodeURIComponent('nonsense(')}`,
    );
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'E106' });
  });
});
