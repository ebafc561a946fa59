/** Statistics of a service, an edge or everything, period by period. */
import { filterFrom } from './filter';
import { invalid } from './requests';
import { Statistics } from './statistics';
import { nameOf, type Step, type Trace } from './traces';

interface Series {
  add(trace: Trace, skewS: number): void;
  /** In the order of time; periods without any request are left out. */
  answer(): object[];
}

/** `selector`: `service("x")`, `service(id(name: "x", …))`, `edge("a", "b")`; without one the roots of all traces count. */
export function timeSeries(selector: string | undefined, periodS: number): Series {
  const { isEdge, steps } = selected(selector);
  const periods = new Map<number, Statistics>();
  return {
    add(trace, skewS) {
      for (const step of steps(trace)) {
        const at = Math.floor((trace.startS + skewS) / periodS) * periodS;
        const statistics = periods.get(at) ?? new Statistics();
        periods.set(at, statistics);
        statistics.add(step);
      }
    },
    answer: () =>
      [...periods]
        .sort(([a], [b]) => a - b)
        .map(([at, statistics]) => ({
          Timestamp: at,
          [isEdge ? 'EdgeSummaryStatistics' : 'ServiceSummaryStatistics']: statistics.summary(),
          ResponseTimeHistogram: statistics.histogram(),
        })),
  };
}

function selected(selector: string | undefined): { isEdge: boolean; steps: (trace: Trace) => Step[] } {
  if (selector === undefined) return { isEdge: false, steps: ({ root }) => [root] };
  filterFrom(selector);
  const [first, second] = [...selector.matchAll(/(?:name\s*:\s*|[(,]\s*)"([^"]*)"/g)].map(([, name]) => name);
  const kind = /^\s*(service|edge)\s*\(/i.exec(selector)?.[1]?.toLowerCase();
  if (kind === 'service' && first !== undefined)
    return {
      isEdge: false,
      steps: (trace) => trace.steps.filter((step) => nameOf(step) === first),
    };
  if (kind !== 'edge' || first === undefined || second === undefined)
    throw invalid(`Invalid entity selector expression: ${selector}`);
  const callerOf = (trace: Trace, step: Step) =>
    step.above?.link.target ? step.above.link.target.segment : nameOf(step);
  return {
    isEdge: true,
    steps: (trace) =>
      trace.steps.filter((step) => nameOf(step) === second && callerOf(trace, step) === first),
  };
}
