/** Segment documents, as the proxies send them. */
import type { Proxy } from '../traffic/plan';
import { mixed } from '../traffic/random';
import { APPLICATION, PROXY } from './graph';
import { nameOf, type Step, type Trace } from './traces';

export interface SegmentDto {
  Id: string;
  /** JSON. */
  Document: string;
}

const id = (...parts: number[]) =>
  [mixed(...parts, 1), mixed(...parts, 2)].map((part) => part.toString(16).padStart(8, '0')).join('');

const seedOf = ({ id: text }: Trace) => Number.parseInt(text.slice(-8), 16);
const segmentId = (trace: Trace, { place }: Step) => id(seedOf(trace), place, 0x5e6);
const subsegmentId = (trace: Trace, { place }: Step) => id(seedOf(trace), place, 0x5ab);

const visitorOf = ({ call, way }: Step) => call?.visitor ?? way?.visitor;

/** What the request of a step asked for. The first one looks like what the gateway makes of it. */
export function urlOf(step: Step): string {
  const visitor = visitorOf(step) ?? visitorOf(step.below[0] ?? step);
  const port = step.link.target?.port ?? 80;
  const host = step.link.service ?? visitor?.host ?? 'any.example';
  return `http://${host}:${port}${visitor?.path ?? '/'}`;
}

function http(trace: Trace, step: Step) {
  const visitor = visitorOf(step) ?? visitorOf(step.below[0] ?? step);
  const client = mixed(seedOf(trace), 0xc1);
  return {
    request: {
      url: urlOf(step),
      method: visitor?.method ?? 'GET',
      user_agent: visitor?.protocol === 'grpc' ? 'grpc-go/1.68.0' : 'Mozilla/5.0 (sandbox)',
      client_ip: `203.0.113.${client % 254}`,
      x_forwarded_for: true,
    },
    response: { status: step.status, content_length: step.answerBytes },
  };
}

const outcome = ({ status }: Step) => ({
  ...(status >= 400 && status < 500 && { error: true }),
  ...(status === 429 && { throttle: true }),
  ...(status >= 500 && { fault: true }),
});

const flagsOf = ({ status, reached }: Step) => (reached ? (status === 504 ? 'UT' : '-') : 'UH');

const cluster = (direction: string, mesh: string, { name, protocol, port }: Proxy) =>
  `cds_${direction}_${mesh}_${name}_${protocol}_${port}`;

/** Of the segment of a step's target. */
export function annotationsOf({ mesh }: Trace, step: Step): Record<string, string> {
  const { target } = step.link;
  return {
    direction: 'ingress',
    component: 'proxy',
    upstream_cluster: target ? cluster('ingress', mesh, target) : 'mesh-allow-all',
    response_flags: flagsOf(step),
  };
}

function subsegment(trace: Trace, step: Step): object {
  const { target } = step.link;
  const startS = trace.startS + step.startMs / 1000;
  return {
    id: subsegmentId(trace, step),
    name: nameOf(step),
    namespace: 'remote',
    start_time: startS,
    end_time: startS + step.ms / 1000,
    http: http(trace, step),
    ...outcome(step),
    annotations: {
      direction: 'egress',
      component: 'proxy',
      upstream_cluster: target
        ? cluster('egress', trace.mesh, target)
        : `cds_egress_${trace.mesh}_mesh-allow-all`,
      response_flags: flagsOf(step),
      ...(step.attempt > 0 && { retry_attempt: step.attempt }),
    },
  };
}

/** One segment for every proxy that sent one; each attempt at another proxy is a subsegment. */
export function segmentsOf(trace: Trace): SegmentDto[] {
  return trace.steps
    .filter(({ seen }) => seen)
    .flatMap((step) => [proxySegment(trace, step), ...appSegment(trace, step)]);
}

function proxySegment(trace: Trace, step: Step): SegmentDto {
  const { target } = step.link;
  const startS = trace.startS + (step.startMs + (step.ms - step.handledMs) / 2) / 1000;
  return document({
    id: segmentId(trace, step),
    trace_id: trace.id,
    ...(step.above && { parent_id: subsegmentId(trace, step) }),
    name: nameOf(step),
    origin: PROXY,
    start_time: startS,
    end_time: startS + step.handledMs / 1000,
    http: http(trace, step),
    ...outcome(step),
    aws: { app_mesh: { mesh_name: trace.mesh, virtual_node_name: target?.name } },
    annotations: annotationsOf(trace, step),
    ...(step.below.length > 0 && { subsegments: step.below.map((call) => subsegment(trace, call)) }),
  });
}

function appSegment(trace: Trace, step: Step): SegmentDto[] {
  const app = step.link.target?.profile.app;
  if (app === undefined) return [];
  const startS = trace.startS + step.startMs / 1000;
  return [
    document({
      id: id(seedOf(trace), step.place, 0xa99),
      trace_id: trace.id,
      parent_id: segmentId(trace, step),
      name: app,
      origin: APPLICATION,
      start_time: startS,
      end_time: startS + step.handledMs / 1000,
      http: http(trace, step),
      ...outcome(step),
    }),
  ];
}

const document = (fields: { id: string; [field: string]: unknown }): SegmentDto => ({
  Id: fields.id,
  Document: JSON.stringify(fields),
});
