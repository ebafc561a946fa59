/** Plans to begin with. What they say is only a start: every field can be changed. */
import type { Analysis, ShiftSpec, Strategy } from '@/lib/shifts';

export const TEMPLATES = ['careful', 'standard', 'fast', 'blueGreen'] as const;
export type Template = (typeof TEMPLATES)[number];

const MINUTE = 60;

export const STRATEGIES: Record<Template, Strategy> = {
  careful: {
    canary: {
      steps: [
        { weight: 1, holdSeconds: 10 * MINUTE },
        { weight: 5, holdSeconds: 10 * MINUTE },
        { weight: 25, holdSeconds: 20 * MINUTE },
        { weight: 50, holdSeconds: 20 * MINUTE, approval: true },
        { weight: 100, holdSeconds: 10 * MINUTE },
      ],
    },
  },
  standard: {
    canary: {
      steps: [
        { weight: 5, holdSeconds: 5 * MINUTE },
        { weight: 25, holdSeconds: 10 * MINUTE },
        { weight: 50, holdSeconds: 10 * MINUTE },
        { weight: 100, holdSeconds: 10 * MINUTE },
      ],
    },
  },
  fast: {
    canary: {
      steps: [
        { weight: 20, holdSeconds: MINUTE },
        { weight: 100, holdSeconds: 2 * MINUTE },
      ],
    },
  },
  blueGreen: { blueGreen: { preview: { holdSeconds: MINUTE, approval: true }, bakeSeconds: 10 * MINUTE } },
};

/** Faults and latency: at most one request in a hundred fails, and p99 stays near that of the version before. */
export const ANALYSIS: Analysis = {
  intervalSeconds: MINUTE,
  metrics: [
    { name: 'faults', figure: 'faultRatio', max: 0.01 },
    { name: 'p99', figure: 'p99Ms', compare: { maxRatio: 1.3, maxIncrease: 20 } },
  ],
};

/** What the form holds: a shift that was not made yet. */
export interface Draft {
  namespace: string;
  name: string;
  spec: ShiftSpec;
}

/** What of a spec does not say what moves, or who asks: what a template keeps. */
export type Plan = Omit<ShiftSpec, 'routes' | 'control' | 'by' | 'reason' | 'acknowledgeOwner'>;

export function planOf(spec: ShiftSpec): Plan {
  const { routes: _, control: __, by: ___, reason: ____, acknowledgeOwner: _____, ...plan } = tidy(spec);
  return plan;
}

/** A spec with the plan of a template in place of its own. */
export function withPlan({ routes, acknowledgeOwner, reason }: ShiftSpec, plan: Plan): ShiftSpec {
  return { ...plan, routes, acknowledgeOwner, reason };
}

const isEmpty = (part: unknown): boolean =>
  part === undefined ||
  part === '' ||
  part === false ||
  (typeof part === 'object' && part !== null && Object.values(part).every((each) => each === undefined));

/** A spec in which nothing that is left at its default is written down. */
export function tidy({ routes, strategy, reason, ...rest }: ShiftSpec): ShiftSpec {
  const kept = { ...rest, reason: reason?.trim() };
  return {
    routes,
    strategy,
    ...Object.fromEntries(Object.entries(kept).filter(([, part]) => !isEmpty(part))),
  };
}

/** A node as people name it: without the namespace where that is the shift's own. */
export const shortName = (node: string, namespace: string): string =>
  node.startsWith(`${namespace}/`) ? node.slice(namespace.length + 1) : node;

/** What a shift asks for, to be asked for once more; `swapped`: the other way round. Who asked, and why, is not taken over. */
export function likeSpec(spec: ShiftSpec, swapped: boolean): ShiftSpec {
  const { control: _, by: __, reason: ___, ...kept } = spec;
  const routes = spec.routes.map((each) => (swapped ? { ...each, from: each.to, to: each.from } : each));
  return { ...kept, routes };
}
