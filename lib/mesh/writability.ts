/** Why the weights of a route cannot be written, as far as the route and its router tell. */
import type { Mesh, Route, Router } from './model';
import { OWNER_NAMES, ownerCommand, ownerLevel } from './ownership';

export type BarCode = 'gone' | 'deleting' | 'frozen' | 'owned' | 'unknownRoute' | 'noTargets' | 'oneTarget';

/** What stands in the way: the message `traffic.reason.<code>` with its values. */
export interface Bar<Code extends string = BarCode> {
  code: Code;
  values?: Record<string, string | number> | undefined;
}

/** What the route itself says: one that cannot be read, or has nothing to divide, is shown and not edited. */
export function routeBar({ protocol, targets }: Pick<Route, 'protocol' | 'targets'>): Bar | undefined {
  if (protocol === 'unknown') return { code: 'unknownRoute' };
  if (targets.length === 0) return { code: 'noTargets' };
  return targets.length === 1 ? { code: 'oneTarget' } : undefined;
}

/** What the router and its mesh say: it is going, nobody would take a change, or somebody else sets the weights. */
export function routerBar(
  { deletingSince, ownership, ref }: Pick<Router, 'deletingSince' | 'ownership' | 'ref'>,
  controlPlane: Mesh['controlPlane'],
): Bar | undefined {
  if (deletingSince !== undefined) return { code: 'deleting' };
  if (controlPlane === 'frozen') return { code: 'frozen' };
  const { manager, name = '' } = ownership;
  // The others only warn: they restore objects, and the server asks for an acknowledgement.
  if (manager === 'none' || ownerLevel(ownership) !== 'blocked') return undefined;
  const look = ownerCommand(ownership, ref.namespace) ?? 'none';
  return { code: 'owned', values: { owner: OWNER_NAMES[manager], name, look } };
}
