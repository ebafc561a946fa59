/** Everything that is wrong with a mesh. Pure: the clock is an argument. */
import { worstFirst } from '../finding';
import type { Finding } from '../finding';
import type { Entity, MeshModel } from '../model';
import { backendFindings } from './backends';
import { groupFindings } from './groups';
import { malformedFinding, referenceFindings } from './references';
import { gatewayRouteFindings, routingFindings } from './routing';
import { meshFindings, stateFindings } from './state';

/** What an entity's own fields tell is found once for as long as it is the same object. */
const known = new WeakMap<Entity, readonly Finding[]>();

function ownFindings(entity: Entity): readonly Finding[] {
  const before = known.get(entity);
  if (before !== undefined) return before;
  const found = referenceFindings(entity);
  if (entity.kind === 'router') found.push(...routingFindings(entity));
  if (entity.kind === 'gatewayRoute') found.push(...gatewayRouteFindings(entity));
  known.set(entity, found);
  return found;
}

/** Findings of a mesh, worst first, in a stable order. A healthy mesh has none. */
export function findFindings(model: MeshModel, now: Date): Finding[] {
  const found = [
    ...meshFindings(model),
    ...stateFindings(model.mesh, model, now),
    ...groupFindings(model),
    ...backendFindings(model),
  ];
  for (const malformed of model.malformed) found.push(malformedFinding(malformed));
  for (const entity of model.entities.values()) {
    found.push(...ownFindings(entity), ...stateFindings(entity, model, now));
  }
  return found.sort(worstFirst);
}
