/** PATCH /api/v1/routes/weights: several routes in one change. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import { bulkRequest, type BulkAnswer, type BulkRequest, type BulkWrite } from '@/lib/api/weights';
import { readJson, unfitting } from '../body';
import type { Call, Outcome } from '../call';
import { audit } from '../log';
import { fail, type Failure } from '../problem';
import type { MeshSource } from '../source';
import type { RouteChange } from '../weights/apply';
import { carryOut } from '../writing/carry-out';
import { BY, NO_NAMESPACE, sendWeights } from '../weights/send';

interface Planned {
  source: MeshSource;
  mesh: string | undefined;
  namespace: string;
  router: string;
  routes: RouteChange[];
}

/** Writes in the order in which their first routes are named: routes of one router of a cluster are one write. */
function plan(
  { sources }: Pick<Call['console'], 'sources'>,
  { changes, reason, acknowledgeOwner }: BulkRequest,
): Planned[] | Failure {
  const planned = new Map<string, Planned>();
  for (const { source: id, mesh, namespace, router, route, ...wanted } of changes) {
    const source = sources.find((each) => each.id === id);
    if (source === undefined) return fail('E301', { values: { source: id } });
    const own = namespace === NO_NAMESPACE ? [mesh, route] : [];
    const place = JSON.stringify([id, namespace, router, ...own]);
    const write = planned.get(place) ?? { source, mesh, namespace, router, routes: [] };
    if (write.routes.some((each) => each.route === route))
      return fail('E101', { values: { count: 1, first: `${router} / ${route} is named twice` } });
    const body = { ...wanted, reason, acknowledgeOwner };
    planned.set(place, { ...write, routes: [...write.routes, { route, body }] });
  }
  return [...planned.values()];
}

const described = ({ source, mesh, namespace, router, routes }: Planned) => ({
  source: source.id,
  ...(mesh === undefined ? {} : { mesh }),
  namespace,
  router,
  routes: routes.map(({ route }) => route),
});

async function write(call: Call, planned: Planned, dryRun: boolean): Promise<BulkWrite> {
  const { source, mesh, namespace, router, routes } = planned;
  const sent = await sendWeights(call, source, {
    router: { namespace, name: router, mesh },
    routes,
    dryRun,
  });
  if (sent.ok)
    return { ...described(planned), state: dryRun ? 'rehearsed' : 'applied', answers: sent.answers };
  const { problem, route } = sent;
  const unsure = !dryRun && (problem.code === 'E505' || problem.code === 'E406');
  return {
    ...described(planned),
    state: unsure ? 'unknown' : 'refused',
    problem,
    ...(route === undefined ? {} : { problemRoute: route }),
  };
}

/** Who restores objects must be acknowledged before anything is written, and not when half of it is. */
function unacknowledged(planned: Planned, rehearsed: BulkWrite): BulkWrite {
  const warning = rehearsed.answers
    ?.flatMap(({ warnings }) => warnings)
    .find(({ code }) => code === 'owner-gitops');
  const known = planned.routes.every(({ body }) => body.acknowledgeOwner === true);
  if (warning === undefined || known) return rehearsed;
  const { owner = '', name = '' } = warning.details;
  return {
    ...described(planned),
    state: 'refused',
    problem: fail('E204', { values: { owner, name } }).problem,
  };
}

/** What is written is measured against what was rehearsed, whether the caller said what it saw or not. */
function asRehearsed(planned: Planned, { answers = [] }: BulkWrite): Planned {
  const routes = planned.routes.map(({ route, body }, i): RouteChange => {
    const answer = answers[i];
    if (body.expected !== undefined || answer === undefined) return { route, body };
    const { uid, resourceVersion } = answer.router;
    const whole = answer.before.every(
      ({ weight }) => Number.isInteger(weight) && weight >= 0 && weight <= 100,
    );
    return {
      route,
      body: { ...body, expected: { uid, resourceVersion, ...(whole ? { targets: answer.before } : {}) } },
    };
  });
  return { ...planned, routes };
}

const OUTCOMES = {
  rehearsed: 'dryRun',
  applied: 'applied',
  refused: 'refused',
  unknown: 'unknown',
  notSent: 'refused',
} as const satisfies Record<BulkWrite['state'], string>;

function leaveLines(call: Call, planned: readonly Planned[], answer: BulkAnswer, dryRun: boolean): void {
  const bulk = randomUUID();
  answer.writes.forEach(({ state, problem, answers, namespace, router, source }, i) =>
    planned[i]?.routes.forEach(({ route, body }, n) => {
      audit(call.console.log, {
        action: body.undo === undefined ? 'weights' : 'undo',
        source,
        object: `${namespace}/${router}`,
        route,
        dryRun,
        outcome: OUTCOMES[state],
        code: problem?.code,
        by: BY,
        reason: body.reason,
        historyId: answers?.[n]?.historyId,
        undoOf: body.undo,
        bulk,
        before: answers?.[n]?.before,
        after: body.targets.map(({ node, weight }) => ({ node, weight })),
      });
      call.console.metrics.write(OUTCOMES[state]);
    }),
  );
}

/**
 * Reads the request and carries it out. What became of each write is told in the answer, also where some were refused: the status
 * is then still 200, since the account is what was asked for.
 */
export async function patchBulkWeights(call: Call): Promise<Outcome> {
  if (call.console.config.readOnly) return fail('E201');
  const read = await readJson(call.request);
  if (!read.ok) return read;
  const parsed = bulkRequest.safeParse(read.json);
  if (!parsed.success) return unfitting(parsed.error.issues);
  const planned = plan(call.console, parsed.data);
  if (!Array.isArray(planned)) return planned;
  const dryRun = parsed.data.dryRun === true;
  const answer = await carryOut({
    planned,
    dryRun,
    write: (each, rehearsing) => write(call, each, rehearsing),
    settled: unacknowledged,
    asRehearsed,
    notSent: (each): BulkWrite => ({ ...described(each), state: 'notSent' }),
  });
  leaveLines(call, planned, answer, dryRun);
  return { ok: true, json: answer };
}
