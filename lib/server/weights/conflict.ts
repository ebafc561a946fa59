/** Whether the route is still what the caller saw, and the three sides of the story where it is not. */
import 'server-only';
import type { WeightsRequest } from '@/lib/api/weights';
import type { EntityRef, Route } from '@/lib/mesh/model';
import { seenTargets, type SeenTarget } from '@/lib/mesh/weights';
import { fail, type Failure } from '../problem';

/** What a write is measured against. */
export interface Expected {
  uid: string;
  resourceVersion: string;
  targets?: readonly Seen[] | undefined;
}

interface Seen {
  node: string;
  weight: number;
  port?: number | undefined;
}

/** The object a write goes to, at one version of it. */
type Identity = Pick<EntityRef, 'uid' | 'resourceVersion'>;

/** What the caller saw, or, where it did not say, what was read first on its behalf. */
export function expectedOf(body: WeightsRequest, identity: Identity, route: Route): Expected {
  return (
    body.expected ?? {
      uid: identity.uid,
      resourceVersion: identity.resourceVersion,
      targets: seenTargets(route),
    }
  );
}

const plain = (targets: readonly Seen[]) => targets.map(({ node, weight }) => ({ node, weight }));

/** Same targets with the same weights, in whatever order. */
export function sameWeights(left: readonly Seen[], right: readonly Seen[]): boolean {
  const lines = (targets: readonly Seen[]) =>
    targets.map(({ node, weight, port }) => `${node} ${port ?? ''} ${weight}`).sort();
  return lines(left).join('\n') === lines(right).join('\n');
}

/**
 * Whether a route is as expected: the same object, and either unchanged altogether or with the weights that were seen. A
 * status update in between changes resourceVersion and is no conflict.
 */
export function isAsExpected(expected: Expected, identity: Identity, route: Route): boolean {
  if (expected.uid !== identity.uid) return false;
  if (expected.resourceVersion === identity.resourceVersion) return true;
  return expected.targets !== undefined && sameWeights(expected.targets, seenTargets(route));
}

/** The E409 failure. `base` is empty where the caller did not say which weights it saw. `name` is how the object is called. */
export function conflict(
  expected: Expected,
  live: { name: string; identity: Identity; route: Route; changedBy?: string | undefined },
  mine: readonly Seen[],
): Failure {
  const theirs: SeenTarget[] = seenTargets(live.route);
  const { changedBy } = live;
  return fail('E409', {
    values: { kind: 'VirtualRouter', object: live.name, by: changedBy ?? 'none' },
    conflict: {
      base: plain(expected.targets ?? []),
      theirs: plain(theirs),
      mine: plain(mine),
      resourceVersion: live.identity.resourceVersion,
      ...(changedBy === undefined ? {} : { changedBy }),
    },
  });
}

/** The E402 failure: the request does not name the targets of the route one by one. */
export function targetsDiffer(wanted: readonly Seen[], route: Route): Failure {
  const names = (targets: readonly { node: string }[]) => targets.map(({ node }) => node).join(', ') || '–';
  return fail('E402', { values: { given: names(wanted), present: names(seenTargets(route)) } });
}
