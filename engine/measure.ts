/** Whoever measures, behind the port of lib/shifts. */
import { buildTopology } from '@/lib/mesh/build-topology';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshModel } from '@/lib/mesh/model';
import { layOver } from '@/lib/mesh/telemetry/lay-over';
import {
  EVIDENCE_KINDS,
  type EvidenceKind,
  type Figures,
  type ProxyName,
} from '@/lib/mesh/telemetry/measured';
import type { MeshTelemetry, Split } from '@/lib/mesh/telemetry/overlay';
import { targetReference } from '@/lib/mesh/weights';
import { meshOf, nodeOf } from '@/lib/providers/app-mesh/shift-world';
import type { MeasurePort, MetricAnswer, Question, Sample, ShareAnswer } from '@/lib/shifts';
import { MANNERS, type Evidence } from './evidence';

/** What one source says, or why it says nothing. */
type Said = { ok: true; telemetry: MeshTelemetry } | { ok: false; message: string };
type Answers = Partial<Record<EvidenceKind, Said>>;

const proxiesOf = ({ entities }: MeshModel, only?: ReadonlySet<EntityKey>): ProxyName[] =>
  [...entities.values()].flatMap(({ kind, awsName, key }) =>
    (kind === 'node' || kind === 'gateway') && (only?.has(key) ?? true) ? [{ kind, awsName }] : [],
  );

/**
 * The stretch that a kind of evidence can look at. One that counts by steps is asked about whole ones. Where none lies within the
 * stretch, the last whole one is looked at for a figure; a share would then count what came before the change, and is not told.
 */
function stretchOf(
  kind: EvidenceKind,
  { fromMs, toMs }: Question,
): { fromMs: number; toMs: number; exact: boolean } {
  const { stepMs } = MANNERS[kind];
  if (stepMs === undefined) return { fromMs, toMs, exact: true };
  const end = Math.floor(toMs / stepMs) * stepMs;
  const start = Math.ceil(fromMs / stepMs) * stepMs;
  return start < end
    ? { fromMs: start, toMs: end, exact: true }
    : { fromMs: end - stepMs, toMs: end, exact: false };
}

/** Whose word counts, first come first. */
const kindsOf = (evidence: Question['metrics'][number]['evidence']): readonly EvidenceKind[] =>
  evidence === 'any' ? EVIDENCE_KINDS : [evidence];

/** The sources a question needs. Whose word counts is the metric's to say; shares are told by all. */
function kindsFor({ metrics }: Question): EvidenceKind[] {
  if (metrics.length === 0) return [...EVIDENCE_KINDS];
  return [...new Set(metrics.flatMap(({ evidence }) => kindsOf(evidence)))];
}

async function ask(
  evidence: Evidence,
  kind: EvidenceKind,
  model: MeshModel,
  question: Question,
  nodes: ReadonlySet<EntityKey>,
  signal: AbortSignal,
): Promise<Said> {
  const { fromMs, toMs } = stretchOf(kind, question);
  if (toMs <= fromMs) return { ok: false, message: 'there is nothing to look at yet' };
  const window = { fromMs, toMs, stepSeconds: Math.max(1, Math.round((toMs - fromMs) / 1000)) };
  const { awsName: mesh, owner } = model.mesh;
  const proxies = proxiesOf(model, MANNERS[kind].about === 'nodes' ? nodes : undefined);
  const scope = { mesh, proxies, ...(owner === undefined ? {} : { owner }) };
  const { result, troubles, spent } = await evidence.readers[kind].measure(scope, window, signal);
  evidence.spend(kind, spent);
  if (result === undefined) {
    const [first] = troubles;
    return { ok: false, message: first ? `${first.operation}: ${first.detail}` : 'nothing was answered' };
  }
  const topology = buildTopology(model);
  return { ok: true, telemetry: layOver({ model, topology, measured: [result], window }) };
}

const figuresOf = (said: Said | undefined, kind: EvidenceKind, key: EntityKey): Figures | undefined =>
  said?.ok === true
    ? said.telemetry.entities[key]?.observations.find(({ evidence }) => evidence === kind)?.figures
    : undefined;

/** One metric of one node: by the first source that tells the figure, else by the first that saw requests at all. */
function answerTo(
  { name, figure, evidence }: Question['metrics'][number],
  node: string,
  key: EntityKey,
  answers: Answers,
): MetricAnswer {
  const kinds = kindsOf(evidence);
  const told = kinds.flatMap((kind) => {
    const figures = figuresOf(answers[kind], kind, key);
    return figures ? [{ kind, figures }] : [];
  });
  const best = told.find(({ figures }) => figures[figure] !== undefined) ?? told[0];
  if (best) {
    const { kind, figures } = best;
    const told = figures[figure];
    return {
      ok: true,
      metric: name,
      node,
      samples: figures.requests,
      evidence: kind,
      ...(told === undefined ? {} : { figure: told }),
    };
  }
  const failed = kinds.flatMap((kind) => {
    const said = answers[kind];
    return said?.ok === false ? [said.message] : [];
  });
  const [message] = failed;
  // Of several, one that answered has seen nothing; that is an answer.
  if (message !== undefined && failed.length === kinds.length)
    return { ok: false, metric: name, node, message };
  return { ok: true, metric: name, node, samples: 0, evidence: kinds[0] ?? 'any' };
}

function splitOf(said: Said | undefined, router: EntityKey, route: string): Split | undefined {
  if (said?.ok !== true) return undefined;
  return said.telemetry.splits.find((split) => split.router === router && split.route === route);
}

function shareOf(
  model: MeshModel,
  namespace: string,
  { router: name, route: routeName }: Question['routes'][number],
  answers: Answers,
): ShareAnswer {
  const router = [...model.entities.values()].find(
    (each) => each.kind === 'router' && each.ref.name === name && each.ref.namespace === namespace,
  );
  const nothing: ShareAnswer = { router: name, route: routeName, evidence: 'none' };
  if (router?.kind !== 'router') return nothing;
  const references = new Map(
    router.routes
      .find((each) => each.name === routeName)
      ?.targets.map((target) => [target.key, targetReference(target)]),
  );
  for (const kind of EVIDENCE_KINDS) {
    const split = splitOf(answers[kind], router.key, routeName);
    if (split === undefined || split.count === 0 || split.verdict === 'mixed') continue;
    const counts = Object.fromEntries(
      split.shares.flatMap(({ target, count }) => {
        const node = references.get(target);
        return node === undefined ? [] : [[node, count]];
      }),
    );
    return { ...nothing, counts, evidence: kind };
  }
  return nothing;
}

/** Measures for the shifts of one namespace. `models` are the meshes as they are known when a question is asked. */
export function measurePort(
  evidence: Evidence,
  namespace: string,
  models: () => readonly MeshModel[],
): MeasurePort {
  return {
    async measure(question, signal): Promise<Sample> {
      const known = models();
      const model = meshOf(known, namespace, question.routes[0]?.router ?? '');
      const nodes = [...new Set(question.routes.flatMap(({ from, to }) => [from, to]))];
      const keys = new Map(
        nodes.flatMap((node) => {
          const found = nodeOf(known, node);
          return found ? [[node, found.key] as const] : [];
        }),
      );
      if (model === undefined) return unanswered(question, nodes, 'the mesh is not known');
      const scope = new Set(keys.values());
      const asked = await Promise.all(
        kindsFor(question).map(
          async (kind) => [kind, await ask(evidence, kind, model, question, scope, signal)] as const,
        ),
      );
      const answers: Answers = Object.fromEntries(asked);
      const metrics = question.metrics.flatMap((metric) =>
        [...keys].map(([node, key]) => answerTo(metric, node, key, answers)),
      );
      const exact = asked.filter(([kind]) => stretchOf(kind, question).exact);
      const counted: Answers = Object.fromEntries(exact);
      return {
        id: question.id,
        metrics,
        shares: question.routes.map((route) => shareOf(model, namespace, route, counted)),
      };
    },
  };
}

/** Where nobody could be asked. */
export const unanswered = ({ id, metrics }: Question, nodes: readonly string[], message: string): Sample => ({
  id,
  metrics: metrics.flatMap(({ name }) =>
    nodes.map((node): MetricAnswer => ({ ok: false, metric: name, node, message })),
  ),
  shares: [],
});
