/** Sources and their meshes. */
import 'server-only';
import type { MeshSummary } from '@/lib/api/topology';
import type { MeshModel } from '@/lib/mesh/model';
import { notReady, sourceOf, type Call, type Outcome } from '../call';
import type { Hub } from '../hub';

/** GET /api/v1/sources */
export function listSources({ console }: Call): Outcome {
  return { ok: true, json: { sources: console.sources.map((source) => source.describe()) } };
}

function summary(model: MeshModel, hub: Hub): MeshSummary {
  const counts: Record<string, number> = {};
  for (const { kind } of model.entities.values()) counts[kind] = (counts[kind] ?? 0) + 1;
  const findings = { error: 0, warning: 0, info: 0 };
  for (const { severity } of hub.picture(model.mesh.ref.name)?.answer.findings ?? []) findings[severity] += 1;
  return {
    name: model.mesh.ref.name,
    key: model.mesh.key,
    controlPlane: model.mesh.controlPlane,
    egress: model.mesh.egress,
    counts,
    findings,
  };
}

/** GET /api/v1/sources/{source}/meshes */
export function listMeshes(call: Call): Outcome {
  const found = sourceOf(call);
  if (!found.ok) return found;
  const { hub } = found.source;
  if (!hub.ready()) return notReady(found.source);
  return { ok: true, json: { meshes: hub.models().map((model) => summary(model, hub)) } };
}

/** POST /api/v1/sources/{source}/refresh: tries everything that waits for its next attempt at once. */
export function refresh(call: Call): Outcome {
  const found = sourceOf(call);
  if (!found.ok) return found;
  found.source.retryNow();
  return { ok: true, json: { sources: [found.source.describe()] } };
}
