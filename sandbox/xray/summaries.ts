/** Summaries of traces. */
import { ACCOUNT } from '../appmesh/resource-id';
import { annotationsOf, urlOf } from './documents';
import { PROXY } from './graph';
import { INSTANCE, nameOf, type Step, type Trace } from './traces';

const serviceId = (name: string, type: string) => ({
  Name: name,
  Names: [name],
  AccountId: ACCOUNT,
  Type: type,
});

const idOf = (trace: Trace, step: Step) => serviceId(nameOf(step), step.seen ? PROXY : 'remote');

export function summaryOf(trace: Trace, { partial, skewS }: { partial: boolean; skewS: number }): object {
  const { root, steps, startS } = trace;
  const { status } = root;
  const endMs = Math.max(...steps.map(({ startMs, ms }) => startMs + ms));
  const http = {
    HttpURL: urlOf(root),
    HttpStatus: status,
    HttpMethod: methodOf(root),
    UserAgent: 'Mozilla/5.0 (sandbox)',
  };
  const entry = trace.from === 'instance' ? serviceId(INSTANCE.name, INSTANCE.type) : idOf(trace, root);
  const services = new Map(steps.map((step) => [nameOf(step) + step.seen, idOf(trace, step)]));
  return {
    Id: trace.id,
    StartTime: startS + skewS,
    Duration: seconds(endMs - root.startMs),
    ResponseTime: seconds(root.ms),
    HasFault: status >= 500,
    HasError: status >= 400 && status < 500,
    HasThrottle: status === 429,
    IsPartial: partial,
    Http: http,
    Annotations: annotations(trace),
    Users: [],
    ServiceIds: [...services.values()],
    EntryPoint: entry,
    FaultRootCauses: status >= 500 ? [rootCause(trace, (step) => step.status >= 500)] : [],
    ErrorRootCauses: status >= 400 && status < 500 ? [rootCause(trace, (step) => step === root)] : [],
    ResponseTimeRootCauses: [],
    Revision: 1,
    MatchedEventTime: startS + skewS,
  };
}

const seconds = (ms: number) => Math.round(ms) / 1000;
const methodOf = ({ below: [first] }: Step) => first?.call?.visitor?.method ?? 'GET';

function annotations(trace: Trace): Record<string, object[]> {
  const found = new Map<string, Map<string, object[]>>();
  for (const step of trace.steps) {
    if (!step.seen) continue;
    for (const [key, text] of Object.entries(annotationsOf(trace, step))) {
      const values = found.get(key) ?? new Map<string, object[]>();
      found.set(key, values.set(text, [...(values.get(text) ?? []), idOf(trace, step)]));
    }
  }
  return Object.fromEntries(
    [...found].map(([key, values]) => [
      key,
      [...values].map(([text, ids]) => ({ AnnotationValue: { StringValue: text }, ServiceIds: ids })),
    ]),
  );
}

/** From the root down to the last one in a row of those it went wrong with. */
function rootCause(trace: Trace, wrong: (step: Step) => boolean): object {
  const path: Step[] = [];
  for (let step: Step | undefined = trace.root; step; step = step.below.find(wrong)) path.push(step);
  return {
    Services: path.map((step) => ({
      ...idOf(trace, step),
      EntityPath: [{ Name: nameOf(step), Exceptions: [], Remote: !step.seen }],
      Inferred: !step.seen,
    })),
    ClientImpacting: true,
  };
}
