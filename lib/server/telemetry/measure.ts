/** One mesh in one window: read, laid on the picture, with how each evidence source is doing. */
import 'server-only';
import type { TelemetryAnswer } from '@/lib/api/telemetry';
import type { TopologyAnswer } from '@/lib/api/topology';
import type { MeshModel } from '@/lib/mesh/model';
import { layOver } from '@/lib/mesh/telemetry/lay-over';
import type { EvidenceKind, Measured, ProxyName } from '@/lib/mesh/telemetry/measured';
import type { MeshTelemetry } from '@/lib/mesh/telemetry/overlay';
import { changesIn } from './changes';
import type { Reading } from './readings';
import { EVIDENCE, type Observatory, type Telemetry } from './telemetry';
import { windowOf, type AskedWindow } from './window';

export interface Measurable {
  source: string;
  model: MeshModel;
  picture: TopologyAnswer;
}

/** Changes of weights within a window after which shares are counted anew, newest first; each is another reading. */
const CHANGES_FOLLOWED = 4;
const MINUTE_MS = 60_000;
/** A settled window is answered from memory for so long. */
const SETTLED_MS = 10 * MINUTE_MS;

/** Proxies whose measurements are wanted: those of these namespaces, or all. */
export function proxiesOf(model: MeshModel, groups: readonly string[]): ProxyName[] {
  const wanted = new Set(groups);
  return [...model.entities.values()].flatMap(({ kind, awsName, ref }) =>
    (kind === 'node' || kind === 'gateway') && (wanted.size === 0 || wanted.has(ref.namespace))
      ? [{ kind, awsName }]
      : [],
  );
}

const meshName = ({ mesh }: MeshModel) => ({
  mesh: mesh.awsName,
  ...(mesh.owner === undefined ? {} : { owner: mesh.owner }),
});

type Readings = Record<EvidenceKind, Reading>;

async function readAll(
  observatory: Observatory,
  model: MeshModel,
  proxies: readonly ProxyName[],
  window: AskedWindow,
): Promise<Readings> {
  const of = (kind: EvidenceKind) => observatory.readings[kind].of(meshName(model), window, proxies);
  const [xray, cloudwatch] = await Promise.all([of('xray'), of('cloudwatch')]);
  return { xray, cloudwatch };
}

const measuredOf = (readings: Readings): Measured[] =>
  EVIDENCE.flatMap((kind) => readings[kind].measured ?? []);

/** What was measured after a change. Whole minutes by all evidence, once there is one; before that X-Ray alone, which counts by seconds. */
async function readAfter(
  observatory: Observatory,
  model: MeshModel,
  window: AskedWindow,
  changedAtMs: number,
): Promise<{ fromMs: number; measured: Measured[] } | undefined> {
  const minute = Math.ceil(changedAtMs / MINUTE_MS) * MINUTE_MS;
  const whole = minute + MINUTE_MS <= window.toMs;
  const fromMs = whole ? minute : Math.ceil(changedAtMs / 1000) * 1000;
  const toMs = whole ? window.toMs : window.latestMs;
  if (fromMs >= toMs) return undefined;
  const part = { ...window, fromMs, toMs, key: `${fromMs} ${toMs}`, live: false, settled: false };
  const kinds = whole ? EVIDENCE : (['xray'] as const);
  const proxies = proxiesOf(model, []);
  const read = await Promise.all(
    kinds.map((kind) => observatory.readings[kind].of(meshName(model), part, proxies)),
  );
  return { fromMs, measured: read.flatMap(({ measured }) => measured ?? []) };
}

const latestName = (source: string, { mesh }: MeshModel): string => `${source} ${mesh.ref.name}`;

const nothing: MeshTelemetry = {
  entities: {},
  edges: {},
  calls: [],
  splits: [],
  strangers: [],
  findings: [],
};

const until = (window: AskedWindow, nowMs: number, everyMs: number): number =>
  window.live ? Math.max(1_000, window.latestMs + everyMs - nowMs) : window.settled ? SETTLED_MS : everyMs;

/** Measures a mesh. Never fails: what is wrong is told by the evidence. */
export async function measure(
  telemetry: Telemetry,
  measurable: Measurable,
  window: AskedWindow,
  groups: readonly string[],
): Promise<TelemetryAnswer> {
  const { fromMs, toMs, stepSeconds } = window;
  const shownWindow = { fromMs, toMs, stepSeconds };
  const observatory = telemetry.of(measurable.source);
  if (observatory === undefined)
    return { window: shownWindow, telemetry: nothing, evidence: telemetry.off(), freshForMs: MINUTE_MS };
  const { model, picture } = measurable;
  const everyMs = observatory.ledger.everyMs();
  const make = async (): Promise<TelemetryAnswer> => {
    const changedAt = changesIn(model, window);
    const changes = [...new Set(changedAt.values())].sort((a, b) => b - a).slice(0, CHANGES_FOLLOWED);
    const [readings, ...after] = await Promise.all([
      readAll(observatory, model, proxiesOf(model, groups), window),
      ...changes.map((at) => readAfter(observatory, model, window, at)),
    ]);
    const later = after.flatMap((part) => part ?? []);
    const measured = measuredOf(readings);
    return {
      window: shownWindow,
      telemetry: layOver({
        model,
        topology: picture,
        measured,
        window,
        thresholds: telemetry.thresholds,
        changedAt,
        later,
      }),
      evidence: EVIDENCE.map((kind) =>
        observatory.evidence(kind, {
          troubles: readings[kind].troubles,
          readAtMs: readings[kind].readAtMs,
          known: readings[kind].measured !== undefined,
        }),
      ),
      freshForMs: until(window, Date.now(), everyMs),
    };
  };
  const scope = [...groups].sort().join(' ');
  const name = `telemetry ${measurable.source} ${model.mesh.ref.name} ${window.key} ${window.latestMs} ${scope} ${picture.revision.epoch}:${picture.revision.seq}`;
  const answer: TelemetryAnswer = await observatory.answers.get(
    name,
    until(window, Date.now(), everyMs),
    make,
  );
  if (window.live) telemetry.latest.set(latestName(measurable.source, model), answer);
  return { ...answer, freshForMs: until(window, Date.now(), everyMs) };
}

const GLANCE = new URLSearchParams('window=5m');

/**
 * What was measured of a mesh last, for those who only glance at it. Asks for something newer, which the next glance sees,
 * unless that would cost what the budget does not have.
 */
export function glance(telemetry: Telemetry, measurable: Measurable): TelemetryAnswer | undefined {
  const observatory = telemetry.of(measurable.source);
  if (observatory === undefined) return undefined;
  const { ledger } = observatory;
  const asked = windowOf(GLANCE, Date.now(), ledger.everyMs());
  // It never fails: what is wrong is told by the evidence.
  if (asked.ok && !ledger.exhausted()) void measure(telemetry, measurable, asked.window, []);
  return telemetry.latest.get(latestName(measurable.source, measurable.model));
}
