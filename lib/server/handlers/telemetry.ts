/** Measurements of one mesh: overlay, charts, traces. */
import 'server-only';
import type { MetricsAnswer, TraceAnswer, TracesAnswer } from '@/lib/api/telemetry';
import { resolveHops } from '@/lib/mesh/telemetry/hops';
import type { Series } from '@/lib/mesh/telemetry/measured';
import { subjectsOfKey } from '@/lib/mesh/telemetry/subject';
import type { TraceQuery, TraceReader, Trouble } from '@/lib/telemetry/types';
import { param, pictureOf, type Call, type Outcome } from '../call';
import { fail, type Failure } from '../problem';
import { measure, proxiesOf, type Measurable } from '../telemetry/measure';
import { EVIDENCE, type Observatory } from '../telemetry/telemetry';
import { consoleUrl } from '../telemetry/console-url';
import { expressionOf } from '../telemetry/expression';
import { addLines } from '../telemetry/lines';
import { windowOf, type AskedWindow } from '../telemetry/window';

const MOST_KEYS = 8;
const ENOUGH_TRACES = 500;
const MOST_PAGES = 10;
const TRACES_FRESH_MS = 30_000;

interface Asked extends Measurable {
  query: URLSearchParams;
  window: AskedWindow;
  observatory: Observatory | undefined;
}

function askedOf(call: Call): ({ ok: true } & Asked) | Failure {
  const found = pictureOf(call);
  if (!found.ok) return found;
  const source = found.source.id;
  const model = found.source.hub.model(param(call, 'mesh'));
  if (model === undefined) return fail('E302', { values: { source, mesh: param(call, 'mesh') } });
  const observatory = call.console.telemetry.of(source);
  const query = new URL(call.request.url).searchParams;
  const everyMs = observatory?.ledger.everyMs() ?? call.console.config.telemetryRefreshSeconds * 1000;
  const asked = windowOf(query, Date.now(), everyMs);
  if (!asked.ok) return asked;
  return { ok: true, source, model, picture: found.answer, query, window: asked.window, observatory };
}

const shown = ({ fromMs, toMs, stepSeconds }: AskedWindow) => ({ fromMs, toMs, stepSeconds });

const meshOf = ({ model }: Measurable) => ({ mesh: model.mesh.awsName, owner: model.mesh.owner });

/** GET /api/v1/sources/{source}/meshes/{mesh}/telemetry */
export async function getTelemetry(call: Call): Promise<Outcome> {
  const asked = askedOf(call);
  if (!asked.ok) return asked;
  const groups = asked.query.getAll('groups');
  return { ok: true, json: await measure(call.console.telemetry, asked, asked.window, groups) };
}

/** GET /api/v1/sources/{source}/meshes/{mesh}/metrics */
export async function getMetrics(call: Call): Promise<Outcome> {
  const asked = askedOf(call);
  if (!asked.ok) return asked;
  const keys = [...new Set(asked.query.getAll('key'))];
  if (keys.length === 0 || keys.length > MOST_KEYS)
    return fail('E101', { values: { count: 1, first: `key is given 1 to ${MOST_KEYS} times` } });
  const { window, observatory } = asked;
  if (observatory === undefined) {
    const charts = keys.map((key) => ({ key, series: [] }));
    return { ok: true, json: { window: shown(window), charts, evidence: call.console.telemetry.off() } };
  }
  const everyMs = observatory.ledger.everyMs();
  const drawn = await Promise.all(
    keys.map((key) =>
      observatory.answers.get(
        `metrics ${asked.source} ${asked.model.mesh.ref.name} ${key} ${window.key}`,
        everyMs,
        () =>
          draw(asked, observatory, key, AbortSignal.any([call.console.ending, AbortSignal.timeout(25_000)])),
      ),
    ),
  );
  const answer: MetricsAnswer = {
    window: shown(window),
    charts: drawn.map(({ key, series }) => ({ key, series })),
    evidence: EVIDENCE.map((kind) =>
      observatory.evidence(kind, {
        troubles: drawn.flatMap(({ troubles }) => troubles[kind]),
        readAtMs: drawn[0]?.readAtMs,
        known: drawn.some(({ series }) => series.some(({ evidence }) => evidence === kind)),
      }),
    ),
  };
  return { ok: true, json: answer };
}

interface Drawn {
  key: string;
  series: Series[];
  troubles: { xray: Trouble[]; cloudwatch: Trouble[] };
  readAtMs: number;
}

/** The lines of one key, from every evidence source. */
async function draw(
  asked: Asked,
  observatory: Observatory,
  key: string,
  signal: AbortSignal,
): Promise<Drawn> {
  const subjects = subjectsOfKey(asked.model, key);
  const scope = { ...meshOf(asked), proxies: proxiesOf(asked.model, []) };
  const troubles: Drawn['troubles'] = { xray: [], cloudwatch: [] };
  const lines: Series[][] = [];
  for (const kind of EVIDENCE) {
    const read = await Promise.all(
      subjects.map((subject) => observatory.readers[kind].series(scope, subject, asked.window, signal)),
    );
    for (const each of read) {
      observatory.spend(kind, each.spent);
      troubles[kind].push(...each.troubles);
    }
    lines.push(addLines(read.map(({ result }) => result ?? [])));
  }
  return { key, series: lines.flat(), troubles, readAtMs: Date.now() };
}

/** Why traces cannot be told, where nothing was learned of them. */
function tracesFailed(troubles: readonly Trouble[], expression: string): Failure | undefined {
  const [first] = troubles;
  if (first === undefined) return undefined;
  if (first.kind === 'invalid') return fail('E106', { values: { expression, message: first.detail } });
  return fail('E506', { values: { operation: first.operation, message: first.detail } });
}

/** X-Ray's pages are small and in no order: several are one of ours, so that what is shown is not the first minute alone. */
async function readPages(
  traces: TraceReader,
  query: TraceQuery,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<TraceReader['list']>>> {
  const first = await traces.list(query, signal);
  if (first.result === undefined) return first;
  const found = [...first.result.traces];
  const spent = { ...first.spent };
  let { nextToken } = first.result;
  let { troubles } = first;
  for (
    let page = 1;
    page < MOST_PAGES && found.length < ENOUGH_TRACES && nextToken !== undefined;
    page += 1
  ) {
    const next = await traces.list({ ...query, token: nextToken }, signal);
    spent.traces += next.spent.traces;
    spent.calls += next.spent.calls;
    troubles = next.troubles;
    // What was read stays; the next question begins where this one failed.
    if (next.result === undefined) break;
    found.push(...next.result.traces);
    ({ nextToken } = next.result);
  }
  found.sort((a, b) => b.startMs - a.startMs);
  return { result: { traces: found, nextToken }, troubles, spent };
}

/** GET /api/v1/sources/{source}/meshes/{mesh}/traces */
export async function listTraces(call: Call): Promise<Outcome> {
  const asked = askedOf(call);
  if (!asked.ok) return asked;
  const { window, observatory, query } = asked;
  if (observatory === undefined) return fail('E307', { values: { source: asked.source } });
  const made = expressionOf(asked.model, query);
  if (!made.ok) return made;
  const { expression } = made;
  const token = query.get('token') ?? undefined;
  const signal = AbortSignal.any([call.console.ending, AbortSignal.timeout(25_000)]);
  const freshMs = Math.max(TRACES_FRESH_MS, observatory.ledger.everyMs());
  const learned = await observatory.answers.get(
    `traces ${expression} ${window.key} ${token ?? ''}`,
    freshMs,
    async () => {
      const read = await readPages(observatory.traces, { expression, window, token }, signal);
      observatory.spend('xray', read.spent);
      return { ...read, readAtMs: Date.now() };
    },
  );
  const { result, troubles, spent, readAtMs } = learned;
  if (result === undefined) {
    const failed = tracesFailed(troubles, expression);
    if (failed) return failed;
  }
  const url = consoleUrl(observatory.spec);
  const answer: TracesAnswer = {
    window: shown(window),
    traces: result?.traces ?? [],
    expression,
    scanned: spent.traces,
    ...(result?.nextToken === undefined ? {} : { nextToken: result.nextToken }),
    evidence: [observatory.evidence('xray', { troubles, readAtMs, known: result !== undefined })],
    ...(url === undefined ? {} : { consoleUrl: url }),
  };
  return { ok: true, json: answer };
}

/** GET /api/v1/sources/{source}/meshes/{mesh}/traces/{id} */
export async function getTrace(call: Call): Promise<Outcome> {
  const asked = askedOf(call);
  if (!asked.ok) return asked;
  const { observatory } = asked;
  const id = param(call, 'id');
  if (observatory === undefined) return fail('E307', { values: { source: asked.source } });
  const signal = AbortSignal.any([call.console.ending, AbortSignal.timeout(25_000)]);
  const read = await observatory.answers.get(`trace ${id}`, TRACES_FRESH_MS, async () => {
    const learned = await observatory.traces.read(id, signal);
    observatory.spend('xray', learned.spent);
    return learned;
  });
  if (read.result === undefined)
    return tracesFailed(read.troubles, id) ?? fail('E306', { values: { trace: id } });
  const url = consoleUrl(observatory.spec, id);
  const answer: TraceAnswer = {
    trace: resolveHops(asked.model, read.result.trace, read.result.names),
    ...(url === undefined ? {} : { consoleUrl: url }),
  };
  return { ok: true, json: answer };
}
