/** Everything that is wrong with a mesh. Pure: the clock is an argument. */
import { worstFirst } from '../finding';
import type { Finding } from '../finding';
import type { MeshModel } from '../model';
import { malformedFinding, referenceFindings } from './references';
import { gatewayRouteFindings, routingFindings } from './routing';
import { meshFindings, stateFindings } from './state';

/** Findings of a mesh, worst first, in a stable order. A healthy mesh has none. */
export function findFindings(model: MeshModel, now: Date): Finding[] {
  const found = [...meshFindings(model), ...stateFindings(model.mesh, model, now)];
  for (const malformed of model.malformed) found.push(malformedFinding(malformed));
  for (const entity of model.entities.values()) {
    found.push(...referenceFindings(entity), ...stateFindings(entity, model, now));
    if (entity.kind === 'router') found.push(...routingFindings(entity));
    if (entity.kind === 'gatewayRoute') found.push(...gatewayRouteFindings(entity));
  }
  return found.sort(worstFirst);
}
