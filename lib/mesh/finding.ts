/** What is wrong with a mesh, on which key, and why. Codes are stable and documented in docs/findings.md. */
import type { EntityKey } from './keys';

export type FindingCode =
  | 'MD101' // reference to an object that is not there
  | 'MD102' // reference into another mesh
  | 'MD103' // meshRef missing, or its uid matches no mesh
  | 'MD104' // reference with neither ref nor ARN
  | 'MD105' // both ref and ARN set (the ARN wins)
  | 'MD106' // ARN that cannot be read, or of another type than the field takes
  | 'MD107' // service without provider
  | 'MD110' // object that cannot be read
  | 'MD201' // weights of a route total more than 100
  | 'MD202' // all weights of a route are zero
  | 'MD203' // route with no type or several
  | 'MD204' // router without routes
  | 'MD205' // the same target twice in one route
  | 'MD206' // route shadowed by an earlier one
  | 'MD303' // an entry that a group names, too
  | 'MD305' // the mesh lets nodes without a list reach everything
  | 'MD306' // backend groups are used, and the controller takes no notice of them
  | 'MD307' // a member of a group without namespace, which means another service for some nodes
  | 'MD308' // more backends than App Mesh takes
  | 'MD309' // a protocol in which the server speaks first, behind a backend
  | 'MD310' // a rule for the whitelist is broken
  | 'MD311' // nodes that may call themselves, or each other round
  | 'MD401' // target without ready pods
  | 'MD402' // pod selected by a node but without a proxy
  | 'MD501' // the controller reports a problem; the last accepted state stays in force
  | 'MD502' // control plane does not take changes any more
  | 'MD503' // generation not taken for more than a minute
  | 'MD510' // the control plane holds something else than is declared
  | 'MD511' // declared, accepted once, and not held by the control plane
  | 'MD512' // held by the control plane and declared by no object
  | 'MD601' // traffic on a way that nothing declares
  | 'MD602' // measured shares are not those of the weights
  | 'MD603' // more faults than the thresholds allow
  | 'MD604' // p99 above the thresholds
  | 'MD605' // a target with weight got nothing
  | 'MD610'; // thresholds of an object that cannot be read

export interface Finding {
  /** code + subject + discriminator: the same trouble has the same id over time. */
  id: string;
  code: FindingCode;
  severity: 'error' | 'warning' | 'info';
  subject: EntityKey;
  related: EntityKey[];
  /** Values for the message `finding.<code>.message`; plain technical text. */
  details: Record<string, string | number>;
  /** Path inside the object, for example `spec.routes[0].httpRoute.action.weightedTargets[1]`. */
  path?: string | undefined;
}

const RANK: Record<Finding['severity'], number> = { error: 0, warning: 1, info: 2 };

/** The order of findings: worst first, then by id. */
export const worstFirst = (a: Finding, b: Finding): number =>
  RANK[a.severity] - RANK[b.severity] || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
