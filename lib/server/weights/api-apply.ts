/** Changing the weights of a route through the App Mesh API. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import { stringify } from 'yaml';
import type { WeightsAnswer, WeightsRequest } from '@/lib/api/weights';
import type { ApiResource } from '@/lib/aws/app-mesh';
import { buildTopology } from '@/lib/mesh/build-topology';
import { upstreamOf } from '@/lib/mesh/callers';
import { findFindings } from '@/lib/mesh/findings';
import type { Route } from '@/lib/mesh/model';
import { seenTargets, writtenObject } from '@/lib/mesh/weights';
import { awsWeightsCommand, withWeights } from '@/lib/providers/app-mesh-api';
import { apiFailure } from '../app-mesh/failure';
import { fail, type Failure } from '../problem';
import { inApiNames, readApiRoute, withRoute, type ApiRouteAddress, type LiveApiRoute } from './api-live';
import { conflict, expectedOf, isAsExpected, sameWeights, targetsDiffer } from './conflict';
import { checkGuards } from './guards';

export interface ApiWeightsChange {
  address: ApiRouteAddress;
  body: WeightsRequest;
  now: Date;
  signal: AbortSignal;
}

type Applied = { ok: true; answer: WeightsAnswer } | Failure;

/** No object carries the history: what a change left behind is what the caller says it saw, and must still stand. */
function checkUndo({ undo, expected }: WeightsRequest): Failure | undefined {
  if (undo === undefined || expected?.targets !== undefined) return undefined;
  return fail('E404', { values: { reason: 'unknown' } });
}

/** The route with other weights and nothing else changed, as it is drawn. */
function reweighted(route: Route, wanted: WeightsRequest['targets']): Route {
  const seen = seenTargets(route);
  const total = wanted.reduce((sum, { weight }) => sum + weight, 0);
  const targets = route.targets.map((target, i) => {
    const mine = wanted.find(({ node, port }) => node === seen[i]?.node && port === seen[i]?.port);
    const weight = mine?.weight ?? target.weight;
    return { ...target, weight, share: total > 0 ? weight / total : 0 };
  });
  return { ...route, targets };
}

/** In the order of the alphabet: a spec that was taken apart and put together again may have another. */
const specYaml = (spec: unknown): string =>
  stringify({ spec }, { lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true });

function specOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'spec' in body ? body.spec : {};
}

function describeChange(
  change: ApiWeightsChange,
  live: LiveApiRoute,
  after: { spec: unknown; version: number },
  warnings: WeightsAnswer['warnings'],
): WeightsAnswer {
  const { address, body, now } = change;
  const { region, endpoint, profile } = address.source.spec;
  const wanted = inApiNames(live, body.targets);
  const next = withRoute(live.model, live.router.key, reweighted(live.route, body.targets));
  const before = findFindings(live.model, now).map(({ id }) => id);
  const then = findFindings(next, now).map(({ id }) => id);
  const plain = (targets: readonly { node: string; weight: number }[]) =>
    targets.map(({ node, weight }) => ({ node, weight }));
  return {
    outcome: body.dryRun === true ? 'dryRun' : 'applied',
    router: {
      uid: writtenObject(live.router, live.route).uid,
      resourceVersion: String(after.version),
      generation: after.version,
    },
    before: plain(seenTargets(live.route)),
    after: plain(body.targets),
    yaml: { before: specYaml(specOf(live.resource.body)), after: specYaml(after.spec) },
    kubectl:
      awsWeightsCommand(
        {
          region,
          endpoint,
          profile,
          mesh: live.ref.name,
          owner: live.ref.owner,
          router: address.router,
          route: address.route,
        },
        live.resource.body,
        wanted,
      ) ?? '',
    findings: {
      created: then.filter((id) => !before.includes(id)),
      cleared: before.filter((id) => !then.includes(id)),
    },
    warnings,
    callers: upstreamOf(buildTopology(live.model), live.router.key),
  };
}

/**
 * The write is ours alone where the version rose by exactly one and the weights are those that were sent. Otherwise somebody
 * wrote between our look and our write: theirs is overwritten, or ours was at once, and neither can be undone by guessing.
 */
function checkTaken(
  live: LiveApiRoute,
  written: ApiResource,
  wanted: WeightsRequest['targets'],
): Failure | undefined {
  const alone = written.version === live.resource.version + 1;
  const taken = withWeights(written.body, wanted);
  if (alone && taken.ok && sameWeights(taken.before, wanted)) return undefined;
  return fail('E406', {
    values: {
      route: live.route.name,
      seen: live.resource.version,
      written: written.version,
    },
  });
}

/**
 * Reads the route, checks what the caller saw against it, guards, and writes the whole spec with nothing but the weights
 * changed. UpdateRoute has no compare-and-set (API reference 2019-01-25): between the look and the write somebody may write
 * too. That is seen afterwards, by the version, and told as E406; it cannot be prevented. A dry run writes nothing and answers
 * the spec that would be sent. Failures: E202, E303, E304, E401…E406, E409, E410, E501…E505.
 */
export async function applyApiWeights(change: ApiWeightsChange): Promise<Applied> {
  const { address, body, signal } = change;
  const { source } = address;
  const live = await readApiRoute(address, signal);
  if (!live.ok) return live;
  const identity = writtenObject(live.router, live.route);
  const expected = expectedOf(body, identity, live.route);
  if (!isAsExpected(expected, identity, live.route))
    return conflict(
      expected,
      { name: `${address.router}/${address.route}`, identity, route: live.route },
      body.targets,
    );
  const wanted = inApiNames(live, body.targets);
  const made = withWeights(live.resource.body, wanted);
  if (!made.ok)
    return made.kind === 'targetsDiffer'
      ? targetsDiffer(body.targets, live.route)
      : fail('E405', { values: { route: address.route } });
  const guarded = checkGuards(live, body);
  if (!guarded.ok) return guarded;
  const refusedUndo = checkUndo(body);
  if (refusedUndo !== undefined) return refusedUndo;
  if (body.dryRun === true) {
    const after = { spec: made.spec, version: live.resource.version };
    return { ok: true, answer: describeChange(change, live, after, guarded.warnings) };
  }
  // A write that is under way is never abandoned because the browser went away: its outcome must be recorded.
  const written = await source.api.updateRoute(
    live.ref.name,
    live.ref.owner,
    address.router,
    address.route,
    made.spec,
    new AbortController().signal,
  );
  source.nudge();
  if (!written.ok)
    return apiFailure(written.failure, {
      ...address,
      server: source.describe().server || source.spec.region,
    });
  const overwritten = checkTaken(live, written.result, wanted);
  if (overwritten !== undefined) return overwritten;
  const after = { spec: specOf(written.result.body), version: written.result.version };
  return {
    ok: true,
    answer: { ...describeChange(change, live, after, guarded.warnings), historyId: randomUUID() },
  };
}
