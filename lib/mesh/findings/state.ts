/** MD4xx, MD5xx and MD610: workloads, what the control plane took, and what an object says of its own health. */
import type { Finding } from '../finding';
import type { EntityKey } from '../keys';
import type { Entity, Mesh, MeshModel, Router } from '../model';
import { cannotAnswer } from '../readiness';
import { finding, targetName } from './make';

/** A generation is given this long before its lateness is a finding. */
const PATIENCE_MS = 60_000;

const NONE: readonly Finding[] = [];

/** Targets with traffic that should answer and cannot. */
function unreadyTargets(router: Router, entities: MeshModel['entities']): readonly Finding[] {
  let found: Map<EntityKey, Finding> | undefined;
  for (const route of router.routes)
    for (const target of route.targets) {
      const node = entities.get(target.key);
      if (node?.kind !== 'node' || target.weight === 0 || !cannotAnswer(node)) continue;
      found ??= new Map();
      found.set(
        node.key,
        finding('MD401', router.key, {
          at: node.key,
          related: [node.key],
          details: {
            target: targetName(target),
            route: route.name,
            total: node.workload.total,
          },
          path: `spec.routes[${route.index}]`,
        }),
      );
    }
  return found ? [...found.values()] : NONE;
}

/** Since when the present generation waits: when it was first seen, else the newest thing known to have happened to the object. */
function waitingSince(entity: Entity | Mesh): number {
  if (entity.generationSeenAt !== undefined) return Date.parse(entity.generationSeenAt);
  const times = [entity.createdAt, ...entity.conditions.map((each) => each.lastTransitionTime ?? '')];
  return Math.max(...times.map((time) => Date.parse(time)).filter((time) => !Number.isNaN(time)), 0);
}

export function stateFindings(entity: Entity | Mesh, model: MeshModel, now: Date): Finding[] {
  const found: Finding[] = [];
  if (entity.kind === 'router' && model.entities.size > 0)
    found.push(...unreadyTargets(entity, model.entities));
  if ((entity.kind === 'node' || entity.kind === 'gateway') && entity.workload.withoutProxy > 0)
    found.push(
      finding('MD402', entity.key, {
        details: { without: entity.workload.withoutProxy, total: entity.workload.total },
      }),
    );
  if (entity.thresholdsProblem !== undefined)
    found.push(
      finding('MD610', entity.key, {
        details: { problem: entity.thresholdsProblem },
        path: 'metadata.annotations["meshdeck.dev/health"]',
      }),
    );
  if (entity.acceptance === 'rejected' && entity.problem)
    found.push(
      finding('MD501', entity.key, {
        details: { message: entity.problem.message, count: entity.problem.count },
      }),
    );
  // While the control plane is silent for all, one finding on the mesh says so.
  if (
    entity.acceptance === 'pending' &&
    model.mesh.controlPlane !== 'frozen' &&
    now.getTime() - waitingSince(entity) > PATIENCE_MS
  )
    found.push(finding('MD503', entity.key, { details: { generation: entity.ref.generation } }));
  return found;
}

export function meshFindings({ mesh }: MeshModel): Finding[] {
  return mesh.controlPlane === 'frozen' ? [finding('MD502', mesh.key)] : [];
}
