/** The annotation by which an object says when it counts as degraded or failing. */
import { z } from 'zod';
import type { OwnThresholds } from '@/lib/mesh/telemetry/overlay';

export const HEALTH_ANNOTATION = 'meshdeck.dev/health';

/** Failing below degraded would leave nothing that is degraded. */
const limits = (figure: z.ZodNumber) =>
  z
    .strictObject({ degraded: figure.optional(), failing: figure.optional() })
    .refine(({ degraded = 0, failing = Number.POSITIVE_INFINITY }) => degraded <= failing, {
      error: 'failing is below degraded',
    });

const ratio = limits(z.number().min(0).max(1));
const ownThresholds = z.strictObject({
  faultRatio: ratio.optional(),
  errorRatio: ratio.optional(),
  p99Ms: limits(z.number().nonnegative()).optional(),
});

/** As the fields of an entity: thresholds, or what is wrong with them; nothing where the annotation is not there. */
export function readThresholds(annotation: string | undefined): {
  thresholds?: OwnThresholds;
  thresholdsProblem?: string;
} {
  if (annotation === undefined) return {};
  let written: unknown;
  try {
    written = JSON.parse(annotation);
  } catch {
    return { thresholdsProblem: 'not JSON' };
  }
  const read = ownThresholds.safeParse(written);
  if (read.success) return { thresholds: read.data };
  const [first] = read.error.issues;
  const at = first?.path.join('.') ?? '';
  return { thresholdsProblem: at === '' ? (first?.message ?? '') : `${at}: ${first?.message ?? ''}` };
}
