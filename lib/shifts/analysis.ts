/** Samples at intervals, judged and counted. What cannot be measured never counts as failed, and never lets a shift advance. */
import { said, sentenceOf } from './said';
import type { Said } from './said';
import type { Question, Sample } from './measure';
import type { AnalysisPolicy, MetricPolicy } from './policy';
import { pause } from './pause';
import { rollBack } from './rollback';
import type { AnalysisState, MetricState } from './status';
import type { Turn } from './turn';
import { changeOf } from './intent';
import { judge } from './verdict';
import type { Judged } from './verdict';
import { measuredRoutes, measuredShare } from './verification';

/** The longest that errors of the metrics API put a sample off. */
const LONGEST_BACKOFF_MS = 5 * 60_000;

/** Begins to sample at the weight under way; nothing where no analysis is asked for, or nobody is sent to `to`. */
export function beginAnalysis(turn: Turn): void {
  const { policy, status, nowMs } = turn;
  const { analysis } = policy;
  delete status.analysis;
  if (analysis === undefined || status.intent?.percent === 0) return;
  const notBeforeMs = nowMs + analysis.warmUpSeconds * 1000;
  status.analysis = {
    number: 0,
    notBeforeAt: new Date(notBeforeMs).toISOString(),
    nextAt: new Date(notBeforeMs + (analysis.intervalSeconds + analysis.lagSeconds) * 1000).toISOString(),
    metrics: Object.fromEntries(
      analysis.metrics.map(({ name }): [string, MetricState] => [
        name,
        { failures: 0, errors: 0, last: 'none' },
      ]),
    ),
  };
}

function questionOf(turn: Turn, id: string, state: AnalysisState, policy: AnalysisPolicy): Question {
  const toMs = Date.parse(state.nextAt) - policy.lagSeconds * 1000;
  const fromMs = Math.max(Date.parse(state.notBeforeAt), toMs - policy.windowSeconds * 1000);
  const metrics = policy.metrics.map(({ name, figure, evidence }) => ({ name, figure, evidence }));
  return { id, fromMs, toMs, metrics, routes: measuredRoutes(turn) };
}

function judgeAll(turn: Turn, metric: MetricPolicy, sample: Sample): Judged[] {
  const answer = (node: string) =>
    sample.metrics.find((each) => each.metric === metric.name && each.node === node);
  const pairs = new Map(measuredRoutes(turn).map(({ from, to }) => [to, from]));
  return [...pairs].map(([to, from]) => judge(metric, to, answer(to), answer(from)));
}

/** One metric over several pairs: the worst word counts. */
const WORST = ['fail', 'error', 'noData', 'pass'] as const;

function count(turn: Turn, state: MetricState, verdicts: readonly Judged[]): void {
  const worst = WORST.find((verdict) => verdicts.some((each) => each.verdict === verdict)) ?? 'noData';
  state.last = worst;
  state.errors = worst === 'error' ? state.errors + 1 : 0;
  if (worst === 'fail') state.failures += 1;
  if (worst === 'noData') state.noDataSinceAt ??= turn.now;
  else if (worst !== 'error') delete state.noDataSinceAt;
}

/** Notes every verdict of a sample, and when the next one is due: later while the API of the metrics does not answer. */
function take(turn: Turn, state: AnalysisState, policy: AnalysisPolicy, sample: Sample): Judged[] {
  const { status, nowMs, now } = turn;
  const all = policy.metrics.flatMap((metric) => {
    const verdicts = judgeAll(turn, metric, sample);
    const known = state.metrics[metric.name];
    if (known) count(turn, known, verdicts);
    return verdicts;
  });
  for (const { baselineFails: _, ...verdict } of all)
    status.measurements.push({ at: now, step: status.step, ...verdict });
  const change = changeOf(turn);
  const share = status.intent && measuredShare(turn, status.intent, sample);
  if (change && share && share.samples > 0) change.measured = share;
  const errors = Math.max(0, ...Object.values(state.metrics).map((metric) => metric.errors));
  const everyMs = policy.intervalSeconds * 1000;
  const backoffMs =
    errors === 0 ? 0 : Math.max(0, Math.min(LONGEST_BACKOFF_MS, everyMs * 2 ** (errors - 1)) - everyMs);
  state.number += 1;
  state.nextAt = new Date(Math.max(nowMs, Date.parse(state.nextAt) + everyMs) + backoffMs).toISOString();
  const told = all.some(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  turn.condition(
    'MetricsAvailable',
    told ? 'True' : 'False',
    told ? 'Told' : errors > 0 ? 'Errors' : 'NoData',
  );
  return all;
}

/** Acts upon what was counted; true where that ended the step. */
function act(turn: Turn, state: AnalysisState, policy: AnalysisPolicy, judged: readonly Judged[]): boolean {
  for (const metric of policy.metrics) {
    const known = state.metrics[metric.name];
    if (known === undefined) continue;
    if (known.failures > metric.failureLimit) {
      const failed = judged.filter((each) => each.metric === metric.name && each.verdict === 'fail');
      fail(turn, failureOf(metric, known.failures, failed[0]), failed);
      return true;
    }
    if (known.errors > metric.errorLimit) {
      const detail = judged.find((each) => each.metric === metric.name)?.message ?? '';
      pause(turn, 'Inconclusive', said('unread', { metric: metric.name, times: known.errors, detail }));
      return true;
    }
  }
  return false;
}

/** What failed, with the numbers of the last sample. */
function failureOf({ name, figure, max }: MetricPolicy, times: number, last: Judged | undefined): Said {
  const told = { metric: name, times, figure };
  const { figure: measured, limit, baseline } = last ?? {};
  if (measured === undefined || limit === undefined) return said('failedSilent', told);
  if (measured < limit) return said('failedBelow', { ...told, measured, limit });
  return baseline === undefined || limit === max
    ? said('failedAbove', { ...told, measured, limit })
    : said('failedAgainst', { ...told, measured, limit, baseline });
}

function fail(turn: Turn, what: Said, failed: readonly Judged[]): void {
  turn.tell('Warning', 'AnalysisFailed', sentenceOf(what), true);
  if (turn.policy.onFailure === 'hold') return pause(turn, 'AnalysisFailed', what);
  rollBack(turn, 'AnalysisFailed', what, { baselineFails: failed.some((each) => each.baselineFails) });
}

/** Whether somebody has waited too long for data of a metric. */
function outOfData(turn: Turn, state: AnalysisState): boolean {
  const { noDataSeconds, onNoData } = turn.policy.deadlines;
  for (const [name, { noDataSinceAt }] of Object.entries(state.metrics)) {
    if (noDataSinceAt === undefined || !turn.passed(noDataSinceAt, noDataSeconds)) continue;
    const what = said('noData', { metric: name, seconds: noDataSeconds });
    if (onNoData === 'rollback') rollBack(turn, 'NoData', what);
    else pause(turn, 'NoData', what);
    return true;
  }
  return false;
}

/** ended: the shift pauses or goes back. complete: every metric passed when it was looked at last. */
export type Analysed = 'ended' | 'waiting' | 'complete';

/** One turn of the analysis. */
export function analyse(turn: Turn): Analysed {
  const { status, policy } = turn;
  const { analysis: state, intent } = status;
  if (policy.analysis === undefined || state === undefined || intent === undefined) return 'complete';
  if (turn.passed(state.nextAt, 0)) {
    const id = `${intent.id}.a${state.number}`;
    const sample = turn.world.samples.find((each) => each.id === id);
    if (sample === undefined) {
      // Without its answer nobody knows whether data is still missing.
      turn.effects.push({ kind: 'measure', question: questionOf(turn, id, state, policy.analysis) });
      return 'waiting';
    }
    if (act(turn, state, policy.analysis, take(turn, state, policy.analysis, sample))) return 'ended';
    turn.passed(state.nextAt, 0);
  }
  if (outOfData(turn, state)) return 'ended';
  return Object.values(state.metrics).every(({ last }) => last === 'pass') ? 'complete' : 'waiting';
}

/** What the analysis still waits for, in words. */
export function waitingFor(turn: Turn): string {
  const open = Object.entries(turn.status.analysis?.metrics ?? {}).filter(([, { last }]) => last !== 'pass');
  return open.map(([name, { last }]) => `${name} (${last})`).join(', ');
}
