/** Plans of shifts that somebody keeps under a name, in this browser. */
import { z } from 'zod';
import { localStore } from './browser-store';

const SLOT = 'meshdeck.shiftPlans';

/** What the form must not stumble over; the cluster checks the rest, as with everything that is typed. */
const plan = z.looseObject({
  strategy: z.union([
    z.strictObject({
      canary: z.strictObject({ steps: z.array(z.looseObject({ weight: z.number() })).min(1) }),
    }),
    z.strictObject({ blueGreen: z.looseObject({}) }),
  ]),
  analysis: z
    .looseObject({ metrics: z.array(z.looseObject({ name: z.string(), figure: z.string() })).min(1) })
    .optional(),
  windows: z.array(z.looseObject({ kind: z.string() })).optional(),
  notifications: z.array(z.looseObject({ channel: z.string() })).optional(),
  verify: z.looseObject({}).optional(),
  deadlines: z.looseObject({}).optional(),
});

/** Under a name; what a plan is made of is the form's to know. */
export type SavedPlans<Plan> = Readonly<Record<string, Plan>>;

/** The plans of a stored text; what cannot be used is left out. */
export function readPlans<Plan>(text: string | null): SavedPlans<Plan> {
  let found: unknown;
  try {
    found = JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
  const all = z.record(z.string(), z.unknown()).safeParse(found);
  const entries = Object.entries(all.data ?? {}).filter(([, each]) => plan.safeParse(each).success);
  // Checked as far as it matters; written by `keepPlan` alone.
  return Object.fromEntries(entries) as SavedPlans<Plan>;
}

export const savedPlans = <Plan>(): SavedPlans<Plan> => readPlans<Plan>(localStore()?.getItem(SLOT) ?? null);

/** Keeps a plan under a name, or forgets it (`undefined`). False where the browser keeps nothing. */
export function keepPlan(name: string, kept: object | undefined): boolean {
  const { [name]: _, ...others } = savedPlans<object>();
  const next = kept === undefined ? others : { ...others, [name]: kept };
  try {
    const store = localStore();
    store?.setItem(SLOT, JSON.stringify(next));
    return store !== undefined;
  } catch {
    return false;
  }
}
