import type { AccessAnswer } from '@/lib/api/topology';
import type { Connection } from '@/lib/client/connection';
import type { MessageValues } from '@/lib/i18n/translate';
import type { Mesh, Route, Router } from '@/lib/mesh/model';
import { routeBar, routerBar } from '@/lib/mesh/writability';
import type { Bar, BarCode } from '@/lib/mesh/writability';

export type ReasonCode =
  BarCode | 'readOnly' | 'connecting' | 'reconnecting' | 'stale' | 'failed' | 'paused' | 'forbidden';

/** Why something cannot be done here and now: the message `traffic.reason.<code>` with its values. */
export interface Reason {
  code: ReasonCode;
  values?: MessageValues;
}

const reasonOf = (bar: Bar | undefined): Reason | undefined =>
  bar && { code: bar.code, ...(bar.values === undefined ? {} : { values: bar.values }) };

/** What the connection says: only a live picture is written on. */
export function connectionReason(connection: Connection): Reason | undefined {
  const { phase, currentAsOf, since } = connection;
  if (phase === 'live') return undefined;
  if (phase === 'stale') return { code: 'stale', values: { since: new Date(currentAsOf ?? since) } };
  if (phase === 'failed') return { code: 'failed', values: { detail: connection.problem?.detail ?? '' } };
  return { code: phase };
}

/** What the cluster does not permit, where it was asked. */
export function accessReason(
  access: AccessAnswer | undefined,
  namespace: string,
  resource = 'virtualrouters',
  verb = 'patch',
): Reason | undefined {
  const denied = access?.access.find(
    (one) => one.verb === verb && one.resource === resource && one.namespace === namespace && !one.allowed,
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
  return reasonOf(routerBar(router, controlPlane)) ?? accessReason(access, router.ref.namespace) ?? true;
}

/** What the route itself adds: one that cannot be read, or has nothing to divide, is shown and not edited. */
export function routeWritability(writable: true | Reason, route: Route): true | Reason {
  return reasonOf(routeBar(route)) ?? writable;
}
