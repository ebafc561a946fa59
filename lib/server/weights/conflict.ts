/** Whether the route is still what the caller saw, and the three sides of the story where it is not. */
import 'server-only';
import { z } from 'zod';
import type { WeightsRequest } from '@/lib/api/weights';
import type { Route, Router } from '@/lib/mesh/model';
import { seenTargets, type SeenTarget } from '@/lib/mesh/weights';
import type { RawObject } from '@/lib/providers/app-mesh';
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

/** What the caller saw, or, where it did not say, what was read first on its behalf. */
export function expectedOf(body: WeightsRequest, router: Router, route: Route): Expected {
  return (
    body.expected ?? {
      uid: router.ref.uid,
      resourceVersion: router.ref.resourceVersion,
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
export function isAsExpected(expected: Expected, router: Router, route: Route): boolean {
  if (expected.uid !== router.ref.uid) return false;
  if (expected.resourceVersion === router.ref.resourceVersion) return true;
  return expected.targets !== undefined && sameWeights(expected.targets, seenTargets(route));
}

const managed = z.array(
  z.object({ manager: z.string(), time: z.string().optional(), subresource: z.string().optional() }),
);

/** Who wrote the spec last, as the object's managedFields tell. */
function lastWriter(raw: RawObject): string | undefined {
  const { managedFields } = z.object({ managedFields: managed.catch([]).default([]) }).parse(raw.metadata);
  return managedFields
    .filter((entry) => entry.subresource === undefined)
    .sort((a, b) => (b.time ?? '').localeCompare(a.time ?? ''))[0]?.manager;
}

/** The E409 failure. `base` is empty where the caller did not say which weights it saw. */
export function conflict(
  expected: Expected,
  live: { raw: RawObject; router: Router; route: Route },
  mine: readonly Seen[],
): Failure {
  const theirs: SeenTarget[] = seenTargets(live.route);
  const changedBy = lastWriter(live.raw);
  return fail('E409', {
    values: { router: `${live.router.ref.namespace}/${live.router.ref.name}`, by: changedBy ?? 'none' },
    conflict: {
      base: plain(expected.targets ?? []),
      theirs: plain(theirs),
      mine: plain(mine),
      resourceVersion: live.router.ref.resourceVersion,
      ...(changedBy === undefined ? {} : { changedBy }),
    },
  });
}
