/**
 * The port to whatever measures: what the machine asks, and how it is answered. X-Ray and CloudWatch stand behind it now;
 * another source only has to answer in these words.
 */
import type { MetricPolicy } from './policy';

/** A stretch of time to look at, epoch milliseconds, `toMs` not included. */
export interface Question {
  /** Asked again under the same id, it is the same question: an answer is used once. */
  id: string;
  fromMs: number;
  toMs: number;
  /** Empty where only the shares are asked for. */
  metrics: readonly Pick<MetricPolicy, 'name' | 'figure' | 'evidence'>[];
  /** The pairs to measure, by their place in the spec's routes. */
  routes: readonly { router: string; route: string; from: string; to: string }[];
}

/** One figure of one node. No value with enough samples means that nobody tells this figure. */
export type MetricAnswer =
  | {
      ok: true;
      metric: string;
      node: string;
      figure?: number | undefined;
      /** Requests that were seen. */
      samples: number;
      /** Who says so, `cloudwatch` for example. */
      evidence: string;
    }
  /** The API could not be asked, or refused: that says nothing about the node. */
  | { ok: false; metric: string; node: string; message: string };

/** How the requests of one route were really split. `counts` by node; absent where the evidence does not tell routes apart. */
export interface ShareAnswer {
  router: string;
  route: string;
  counts?: Record<string, number> | undefined;
  evidence: string;
}

export interface Sample {
  /** The question's. */
  id: string;
  metrics: MetricAnswer[];
  shares: ShareAnswer[];
}

/** Answers a question. Never throws: what goes wrong is in the answers. */
export interface MeasurePort {
  measure(question: Question, signal: AbortSignal): Promise<Sample>;
}
