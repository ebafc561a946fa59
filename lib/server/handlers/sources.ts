/** Sources and their meshes. */
import 'server-only';
import type { MeshSummary } from '@/lib/api/topology';
import type { MeshModel } from '@/lib/mesh/model';
import type { TelemetryAnswer } from '@/lib/api/telemetry';
import { sameMesh } from '@/lib/mesh/join';
import { notReady, sourceOf, type Call, type Outcome } from '../call';
import type { Hub } from '../hub';
import { glance } from '../telemetry/measure';

/** GET /api/v1/sources */
export function listSources({ console }: Call): Outcome {
  return { ok: true, json: { sources: console.sources.map((source) => source.describe()) } };
}

/** The mesh of a cluster that one of an App Mesh API is the same as. */
function joinedWith({ console }: Call, { mesh }: MeshModel): MeshSummary['joined'] {
  for (const source of console.sources) {
    if (source.kind !== 'kubernetes') continue;
    const same = source.declared().find((declared) => sameMesh(declared.mesh, mesh));
    if (same) return { source: source.id, mesh: same.mesh.ref.name };
  }
  return undefined;
}

function measuredOf({ telemetry, window, evidence }: TelemetryAnswer): MeshSummary['measured'] {
  const asOf = evidence
    .flatMap(({ readAt }) => readAt ?? [])
    .sort()
    .at(-1);
  if (asOf === undefined) return undefined;
  const counts = { failing: 0, degraded: 0, good: 0, idle: 0, unknown: 0 };
  for (const [key, { health }] of Object.entries(telemetry.entities))
    if (key.startsWith('node:') || key.startsWith('gateway:')) counts[health] += 1;
  const { unknown: _, ...levels } = counts;
  return { ...levels, minutes: (window.toMs - window.fromMs) / 60_000, asOf };
}

function summary(
  model: MeshModel,
  hub: Hub,
  telemetry: TelemetryAnswer | undefined,
  joined?: MeshSummary['joined'],
): MeshSummary {
  const counts: Record<string, number> = {};
  for (const { kind } of model.entities.values()) counts[kind] = (counts[kind] ?? 0) + 1;
  const findings = { error: 0, warning: 0, info: 0 };
  const found = hub.picture(model.mesh.ref.name)?.answer.findings ?? [];
  for (const { severity } of [...found, ...(telemetry?.telemetry.findings ?? [])]) findings[severity] += 1;
  const measured = telemetry && measuredOf(telemetry);
  return {
    name: model.mesh.ref.name,
    key: model.mesh.key,
    controlPlane: model.mesh.controlPlane,
    egress: model.mesh.egress,
    counts,
    findings,
    ...(measured === undefined ? {} : { measured }),
    ...(joined === undefined ? {} : { joined }),
  };
}

/** GET /api/v1/sources/{source}/meshes */
export function listMeshes(call: Call): Outcome {
  const found = sourceOf(call);
  if (!found.ok) return found;
  const { source } = found;
  const { hub } = source;
  if (!hub.ready()) return notReady(source);
  const meshes = hub.models().map((model) => {
    const joined = source.kind === 'appmesh' ? joinedWith(call, model) : undefined;
    const picture = hub.picture(model.mesh.ref.name)?.answer;
    // A mesh that is shown with its cluster is measured there.
    const telemetry =
      picture && !joined ? glance(call.console.telemetry, { source: source.id, model, picture }) : undefined;
    return summary(model, hub, telemetry, joined);
  });
  return { ok: true, json: { meshes } };
}

/** POST /api/v1/sources/{source}/refresh: tries everything that waits for its next attempt at once. */
export function refresh(call: Call): Outcome {
  const found = sourceOf(call);
  if (!found.ok) return found;
  found.source.retryNow();
  return { ok: true, json: { sources: [found.source.describe()] } };
}
