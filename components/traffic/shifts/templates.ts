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
const ANALYSIS: Analysis = {
  intervalSeconds: MINUTE,
  metrics: [
    { name: 'faults', figure: 'faultRatio', max: 0.01 },
    { name: 'p99', figure: 'p99Ms', compare: { maxRatio: 1.3, maxIncrease: 20 } },
  ],
};

/** What the form holds. */
export interface Draft {
  /** namespace/name. */
  router: string;
  route: string;
  from: string;
  to: string;
  name: string;
  strategy: Strategy;
  analysed: boolean;
  acknowledged: boolean;
  reason: string;
  /** Of the shift it is to be like: what the form has no field for is kept. */
  like?: ShiftSpec | undefined;
}

/** The spec of a form; nothing that is left at its default is written down. */
export function specOf(draft: Draft): ShiftSpec {
  const { router, route, from, to, strategy, analysed, acknowledged, reason, like } = draft;
  const [namespace = '', name = ''] = router.split('/');
  // A node of the router's own namespace is named as people name it.
  const short = (node: string) =>
    node.startsWith(`${namespace}/`) ? node.slice(namespace.length + 1) : node;
  const { verify, deadlines, onFailure, onDrift, windows } = like ?? {};
  const kept = { verify, deadlines, onFailure, onDrift, windows };
  return {
    routes: [{ router: name, route, from: short(from), to: short(to) }, ...otherRoutes(draft)],
    strategy,
    ...(analysed ? { analysis: like?.analysis ?? ANALYSIS } : {}),
    ...Object.fromEntries(Object.entries(kept).filter(([, part]) => part !== undefined)),
    ...(acknowledged ? { acknowledgeOwner: true } : {}),
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
  };
}

/** The routes that a shift of several moves along with the one in the form, as long as that is still the first. */
export function otherRoutes({ router, route, like }: Draft): ShiftSpec['routes'] {
  const [first, ...others] = like?.routes ?? [];
  return first?.router === router.split('/')[1] && first?.route === route ? others : [];
}

/** What a shift asks for, to be asked for once more; `swapped`: the other way round. Who asked, and why, is not taken over. */
export function likeSpec(spec: ShiftSpec, swapped: boolean): ShiftSpec {
  const { control: _, by: __, reason: ___, ...kept } = spec;
  const routes = spec.routes.map((each) => (swapped ? { ...each, from: each.to, to: each.from } : each));
  return { ...kept, routes };
}
