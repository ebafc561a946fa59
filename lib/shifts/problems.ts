/** What is wrong with a spec beyond what its schema says. */
import { nodeName, stepsOf } from './plan';
import type { Metric, ShiftSpec, Strategy, Window } from './spec';
import { isTimeZone, minutesOf } from './windows';

export interface SpecProblem {
  /** Below `spec`. */
  path: string;
  message: string;
}

function strategyProblems(strategy: Strategy): SpecProblem[] {
  const { canary, blueGreen } = strategy;
  if ((canary === undefined) === (blueGreen === undefined))
    return [{ path: 'strategy', message: 'has either canary or blueGreen' }];
  const steps = stepsOf(strategy);
  const problems: SpecProblem[] = [];
  if (steps.at(-1)?.percent !== 100)
    problems.push({ path: 'strategy.canary.steps', message: 'the last step has weight 100' });
  steps.forEach(({ percent }, i) => {
    const path = `strategy.canary.steps[${i}].weight`;
    if (!Number.isInteger(percent) || percent < 0 || percent > 100)
      problems.push({ path, message: 'is a whole number from 0 to 100' });
    else if (percent < (steps[i - 1]?.percent ?? 0))
      problems.push({ path, message: 'is not below that of the step before' });
  });
  return problems;
}

function metricProblems(metric: Metric, path: string): SpecProblem[] {
  const { max, min, compare } = metric;
  if (max === undefined && min === undefined && compare === undefined)
    return [{ path, message: 'needs max, min or compare' }];
  return [];
}

function windowProblems({ from, to, timeZone, start, end }: Window, path: string): SpecProblem[] {
  const problems: SpecProblem[] = [];
  for (const [field, clock] of Object.entries({ from, to }))
    if (clock !== undefined && minutesOf(clock) === undefined)
      problems.push({ path: `${path}.${field}`, message: `${clock} is no time of day (HH:MM)` });
  for (const [field, moment] of Object.entries({ start, end }))
    if (moment !== undefined && Number.isNaN(Date.parse(moment)))
      problems.push({ path: `${path}.${field}`, message: `${moment} is no ISO 8601 time` });
  if (timeZone !== undefined && !isTimeZone(timeZone))
    problems.push({ path: `${path}.timeZone`, message: `${timeZone} is no known time zone` });
  return problems;
}

function routeProblems(spec: ShiftSpec): SpecProblem[] {
  const seen = new Set<string>();
  return spec.routes.flatMap(({ router, route, from, to }, i): SpecProblem[] => {
    const problems: SpecProblem[] = [];
    const id = `${router}/${route}`;
    if (seen.has(id)) problems.push({ path: `routes[${i}]`, message: `names ${id} again` });
    seen.add(id);
    if (nodeName(from, '') === nodeName(to, ''))
      problems.push({ path: `routes[${i}].to`, message: 'is the node that loses traffic' });
    return problems;
  });
}

/** Everything wrong with a spec; a shift with any of it is refused. The wizard asks the same. */
export function specProblems(spec: ShiftSpec): SpecProblem[] {
  const { analysis, windows = [], notifications = [], routes, strategy } = spec;
  const channels = notifications.map(({ channel }) => channel);
  const names = (analysis?.metrics ?? []).map(({ name }) => name);
  return [
    ...(routes.length === 0 ? [{ path: 'routes', message: 'names no route' }] : []),
    ...routeProblems(spec),
    ...strategyProblems(strategy),
    ...(analysis?.metrics ?? []).flatMap((metric, i) => metricProblems(metric, `analysis.metrics[${i}]`)),
    ...names.flatMap((name, i) =>
      names.indexOf(name) === i
        ? []
        : [{ path: `analysis.metrics[${i}].name`, message: `${name} is there twice` }],
    ),
    ...channels.flatMap((channel, i) =>
      channels.indexOf(channel) === i
        ? []
        : [{ path: `notifications[${i}].channel`, message: `${channel} is there twice` }],
    ),
    ...windows.flatMap((window, i) => windowProblems(window, `windows[${i}]`)),
  ];
}
