import { describe, expect, it } from 'vitest';
import { specProblems } from './problems';
import type { ShiftSpec } from './spec';
import { canary } from './testing';

const pathsOf = (more: Partial<ShiftSpec>) => specProblems(canary(more)).map(({ path }) => path);
const route = { router: 'cart', route: 'all', from: 'a', to: 'b' };
const steps = (...weights: number[]) => ({
  strategy: { canary: { steps: weights.map((weight) => ({ weight })) } },
});

describe('a spec', () => {
  it('that makes sense has no problem', () => {
    expect(specProblems(canary())).toEqual([]);
    expect(specProblems(canary({ strategy: { blueGreen: {} } }))).toEqual([]);
  });
  it.each<[string, Partial<ShiftSpec>, string[]]>([
    ['no route', { routes: [] }, ['routes']],
    ['a route twice', { routes: [route, route] }, ['routes[1]']],
    ['one node for both', { routes: [{ ...route, to: 'a' }] }, ['routes[0].to']],
    ['two strategies', { strategy: { canary: { steps: [] }, blueGreen: {} } }, ['strategy']],
    ['no strategy', { strategy: {} }, ['strategy']],
    ['an end before all', steps(10, 50), ['strategy.canary.steps']],
    ['a step down', steps(50, 20, 100), ['strategy.canary.steps[1].weight']],
    ['a metric without a limit', { analysis: { metrics: [{ name: 'm', figure: 'p99Ms' }] } }, ['analysis.metrics[0]']],
    ['a metric twice', { analysis: { metrics: [{ name: 'm', figure: 'p99Ms', max: 1 }, { name: 'm', figure: 'p50Ms', max: 1 }] } }, ['analysis.metrics[1].name']],
    ['a window at no time', { windows: [{ kind: 'allow', from: '9:00', timeZone: 'Mars/Olympus' }] }, ['windows[0].from', 'windows[0].timeZone']],
  ])('with %s', (_, more, paths) => expect(pathsOf(more)).toEqual(paths)); // prettier-ignore
});
