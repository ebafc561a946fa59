import type { AccessAnswer } from '@/lib/api/topology';
import type { Connection } from '@/lib/client/connection';
import type { MessageValues } from '@/lib/i18n/translate';
import type { Mesh, Route, Router } from '@/lib/mesh/model';
import { OWNER_NAMES, ownerCommand, ownerLevel } from '@/lib/mesh/ownership';

export type ReasonCode =
  | 'readOnly'
  | 'connecting'
  | 'reconnecting'
  | 'stale'
  | 'failed'
  | 'paused'
  | 'frozen'
  | 'gone'
  | 'deleting'
  | 'owned'
  | 'forbidden'
  | 'unknownRoute'
  | 'noTargets'
  | 'oneTarget';

/** Why something cannot be done here and now: the message `traffic.reason.<code>` with its values. */
export interface Reason {
  code: ReasonCode;
  values?: MessageValues;
}

function connectionReason(connection: Connection): Reason | undefined {
  const { phase, currentAsOf, since } = connection;
  if (phase === 'live') return undefined;
  if (phase === 'stale') return { code: 'stale', values: { since: new Date(currentAsOf ?? since) } };
  if (phase === 'failed') return { code: 'failed', values: { detail: connection.problem?.detail ?? '' } };
  return { code: phase };
}

function ownerReason({ ownership, ref }: Router): Reason | undefined {
  const { manager, name = '' } = ownership;
  // The others only warn: they restore objects, and the server asks for an acknowledgement.
  if (manager === 'none' || ownerLevel(ownership) !== 'blocked') return undefined;
  const look = ownerCommand(ownership, ref.namespace) ?? 'none';
  return { code: 'owned', values: { owner: OWNER_NAMES[manager], name, look } };
}

function accessReason(access: AccessAnswer | undefined, namespace: string): Reason | undefined {
  const denied = access?.access.find(
    (one) =>
      one.verb === 'patch' &&
      one.resource === 'virtualrouters' &&
      one.namespace === namespace &&
      !one.allowed,
  );
  if (denied === undefined) return undefined;
  return {
    code: 'forbidden',
    values: {
      verb: denied.verb,
      resource: denied.resource,
      namespace,
      words: denied.reason ?? 'none',
    },
  };
}

/** What a mesh as a whole says about writing; one object for as long as none of it changes. */
export interface Standing {
  connection: Connection;
  /** Whether the picture stands still while the mesh goes on. */
  paused: boolean;
  /** `undefined` until the mesh was read. */
  controlPlane: Mesh['controlPlane'] | undefined;
}

/**
 * Whether weights of this router may be changed from here, or the first reason why not. Access that is not known yet
 * stops nobody: the cluster has the last word when the change is reviewed.
 */
export function writability(
  { connection, paused, controlPlane }: Standing,
  router: Router,
  gone: boolean,
  sourceReadOnly: boolean,
  access: AccessAnswer | undefined,
): true | Reason {
  if (sourceReadOnly) return { code: 'readOnly' };
  const lost = connectionReason(connection);
  if (lost) return lost;
  if (paused) return { code: 'paused' };
  if (controlPlane === undefined) return { code: 'connecting' };
  if (gone) return { code: 'gone' };
  if (router.deletingSince !== undefined) return { code: 'deleting' };
  if (controlPlane === 'frozen') return { code: 'frozen' };
  return ownerReason(router) ?? accessReason(access, router.ref.namespace) ?? true;
}

/** What the route itself adds: one that cannot be read, or has nothing to divide, is shown and not edited. */
export function routeWritability(writable: true | Reason, route: Route): true | Reason {
  if (route.protocol === 'unknown') return { code: 'unknownRoute' };
  if (route.targets.length === 0) return { code: 'noTargets' };
  if (route.targets.length === 1) return { code: 'oneTarget' };
  return writable;
}
