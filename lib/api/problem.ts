/** RFC 9457 problem documents. Every failure of the API has one. */
import { z } from 'zod';

/** Codes are stable; each has messages `problem.<code>.title|what|next` and a section in docs/problems.md. */
export const PROBLEM_CODES = [
  'E100', // request body is not JSON
  'E101', // request does not fit its schema
  'E102', // request body too large
  'E103', // unsupported content type
  'E104', // request comes from another origin
  'E105', // an expression of the find language that cannot be read
  'E106', // an X-Ray filter expression that X-Ray refuses
  'E201', // read-only console
  'E202', // forbidden by the cluster's authorisation
  'E203', // owned by another controller
  'E204', // owner must be acknowledged
  'E301', // unknown source
  'E302', // unknown mesh
  'E303', // unknown object (router, node, service …)
  'E304', // unknown route
  'E305', // unknown path or method
  'E306', // trace not kept
  'E307', // no telemetry configured
  'E308', // the TrafficShift CRD is not installed
  'E401', // weights: bad number or sum
  'E402', // weights: targets differ from the route's
  'E403', // weights: target does not exist or has no ready pods
  'E404', // undo refused: someone wrote in between, or nothing to undo
  'E405', // route cannot be edited (unknown type)
  'E406', // written through an API without compare-and-set, and somebody wrote at the same time
  'E407', // shift: the control cannot be done now
  'E408', // shift: another request waits for the engine
  'E409', // conflict: object changed since it was read
  'E410', // the cluster's own validation refused (422 or admission webhook)
  'E411', // shift: the spec cannot be carried out
  'E412', // shift: it would be refused at its start
  'E413', // shift: the name is taken
  'E414', // backends: an entry that cannot be added or taken away
  'E415', // router: it cannot be edited so
  'E416', // router: its spec changed since it was read
  'E417', // backend group: it cannot be made or changed so
  'E501', // cluster unreachable
  'E502', // cluster answered with an error
  'E503', // source not synchronised yet
  'E504', // cluster throttles
  'E505', // the write was sent and its outcome is not known
  'E506', // X-Ray or CloudWatch failed
  'E599', // unexpected
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

const seen = z.array(z.object({ node: z.string(), weight: z.number() }));

/** As the CRD writes it. */
export const egressType = z.enum(['ALLOW_ALL', 'DROP_ALL']);

export const problem = z.object({
  /** `urn:meshdeck:problem:<code>`: an identifier, not an address. */
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.enum(PROBLEM_CODES),
  /** One English sentence: what, why, what next. The console shows its own translation with `values`. */
  detail: z.string(),
  instance: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Field errors. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** E409 of backends only: names of the node's own entries as the caller saw them, as they stand, and as they were wanted. */
  listConflict: z
    .object({
      base: z.array(z.string()),
      theirs: z.array(z.string()),
      mine: z.array(z.string()),
      resourceVersion: z.string(),
      changedBy: z.string().optional(),
    })
    .optional(),
  /** E409 of the egress filter only: the filter as the caller saw it, as it stands, and as it was wanted. */
  egressConflict: z
    .object({
      base: egressType,
      theirs: egressType,
      mine: egressType,
      resourceVersion: z.string(),
      changedBy: z.string().optional(),
    })
    .optional(),
  /** E409 of a change of the whole of a node's backends: the three fields as the caller saw them, as they stand, and as they were wanted. */
  specConflict: z
    .object({
      base: z.record(z.string(), z.unknown()),
      theirs: z.record(z.string(), z.unknown()),
      mine: z.record(z.string(), z.unknown()),
      resourceVersion: z.string(),
      changedBy: z.string().optional(),
    })
    .optional(),
  /** E409 of weights only: what the caller saw, what stands there now, what the caller wanted. */
  conflict: z
    .object({
      base: seen,
      theirs: seen,
      mine: seen,
      resourceVersion: z.string(),
      changedBy: z.string().optional(),
    })
    .optional(),
});
export type Problem = z.infer<typeof problem>;

/** The values of a problem with the party that refused or failed: a cluster, unless they name an App Mesh API (`api`). */
export const withParty = (values: Problem['values']): NonNullable<Problem['values']> => ({
  party: 'cluster',
  ...values,
});
