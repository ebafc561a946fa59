/**
 * What the machine says of a shift, as a code with its values: screens say it in their own language. `sentenceOf` says the same in
 * English, for kubectl, events and the history of routers.
 */
import type { MetricFigure } from './spec';

/** Values stand in braces. A sentence of the cluster, or of an API, is a value like any other (`detail`). */
const SENTENCES = {
  // measured
  failedAbove: '{metric} failed {times} times: {measured} is above {limit}',
  failedBelow: '{metric} failed {times} times: {measured} is below {limit}',
  failedAgainst: '{metric} failed {times} times: {measured} is above {limit}, from a baseline of {baseline}',
  failedSilent: '{metric} failed {times} times: too few requests tell it',
  unread: '{metric} could not be read {times} times in a row: {detail}',
  noData: 'nothing was measured of {metric} for {seconds} s',
  waitsForMetrics: 'waits for {metrics}',
  shareDiffers: 'after {seconds} s the share that arrives is not the one asked for',
  shareUnmeasured: 'too few requests came in {seconds} s to tell which share arrives',
  // deadlines and windows
  stepLate: 'the step took longer than {seconds} s',
  totalLate: 'the shift took longer than {seconds} s',
  waitsForWindow: 'it waits for a window in which weights may go up',
  // people
  aborted: 'aborted by {by}',
  abortedFor: 'aborted by {by}: {reason}',
  paused: 'paused by {by}',
  pausedFor: 'paused by {by}: {reason}',
  deleted: 'the shift was deleted',
  // others
  drift: 'somebody else changed the weights',
  driftBefore: 'somebody else changed the weights before these were applied',
  driftPaused: 'somebody else changed the weights: adopt them, put the shift’s own back, or abort',
  driftBeforePaused:
    'somebody else changed the weights before these were applied: adopt them, put the shift’s own back, or abort',
  taken: 'another shift holds the router',
  // the control plane
  frozen: 'the mesh is frozen: no control plane takes the weights, and the proxies keep what they have',
  frozenBack: 'the weights of before are stored, and no control plane takes them',
  rejected: '{detail}',
  notAccepted: 'the control plane has not accepted the weights',
  notAcceptedBack: 'the control plane has not accepted the weights of before',
  notWritten: '{detail}',
  // pods
  targetDown: '{node} has no ready pod left',
  backNoPods:
    '{because}; the node that would get the traffic back has no ready pod: abort again to go back all the same, or promote fully',
  backFails:
    '{because}; the node that would get the traffic back fails the same metrics: abort again to go back all the same, or promote fully',
  // a start
  invalid: 'spec.{path}: {detail}',
  noRouter: 'there is no VirtualRouter {router}',
  noRoute: '{router} has no route {route} that can be edited',
  noPair: 'the route {route} does not lead once each to {from} and {to}',
  noNode: 'there is no VirtualNode {node}',
  locked: '{router} is held by the shift {shift}',
  owned: 'the weights of {router} are written by {manager} ({owner})',
  restored: '{router} is restored by {manager} ({owner}); spec.acknowledgeOwner says that this is known',
  nothingToShift: 'none of the nodes that would lose traffic has any',
  noTelemetry: 'it asks for measurements, and nobody measures here',
  targetNotReady: '{node} has no ready pod',
  routerPending: 'the control plane has not accepted {router} as it is',
  // what is gone
  routerGone: 'the VirtualRouter {router} was deleted',
  routeGone: 'the VirtualRouter {router} has no route {route} any more',
  targetGone: 'the route {route} no longer leads to {from} and {to}',
} as const;

export type SaidCode = keyof typeof SENTENCES;
export const SAID_CODES = Object.keys(SENTENCES) as [SaidCode, ...SaidCode[]]; // of the object above

export interface Said {
  code: SaidCode;
  /** All as text, numbers as JavaScript writes them. `figure` names the unit of `measured`, `limit` and `baseline`. */
  values: Record<string, string>;
}

export const said = (code: SaidCode, values: Record<string, string | number> = {}): Said => ({
  code,
  values: Object.fromEntries(Object.entries(values).map(([name, each]) => [name, String(each)])),
});

/** A figure in English with its unit: `3.4 %`, `812 ms`, `1.25/s`. */
function figureWords(text: string, figure: MetricFigure | string | undefined): string {
  const number = Number(text);
  const short = (of: number) => String(Math.round(of * 100) / 100);
  if (figure?.endsWith('Ratio') === true) return `${short(number * 100)} %`;
  return figure?.endsWith('Ms') === true ? `${short(number)} ms` : `${short(number)}/s`;
}

const FIGURES: ReadonlySet<string> = new Set(['measured', 'limit', 'baseline']);

/** One sentence in English. */
export const sentenceOf = ({ code, values }: Said): string =>
  SENTENCES[code].replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = values[name] ?? '';
    return FIGURES.has(name) ? figureWords(text, values['figure']) : text;
  });
