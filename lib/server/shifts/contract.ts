/** The schemas of the routes of shifts: what they take, and what they answer in full, for the document. */
import 'server-only';
import { z } from 'zod';
import { controlAnswer, shiftAnswer, startAnswer } from '@/lib/api/shifts';
import { shiftSpecCr, shiftStatusCr } from '@/lib/providers/app-mesh/shifts';

/** Names of objects (RFC 1123, at most 63 here: they become parts of annotations). */
const dnsName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'is no name of an object: lower case, digits, - and .');

export const startRequest = z.strictObject({
  namespace: dnsName,
  name: dnsName,
  spec: shiftSpecCr,
  dryRun: z.boolean().optional(),
});

const shownShift = z.object({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  resourceVersion: z.string(),
  generation: z.number(),
  createdAt: z.string(),
  deleting: z.boolean(),
  spec: shiftSpecCr,
  status: shiftStatusCr.optional(),
});

export const shiftDocument = shiftAnswer.extend({ shift: shownShift });
export const startDocument = startAnswer.extend({ shift: shownShift });
export const controlDocument = controlAnswer.extend({ shift: shownShift });
