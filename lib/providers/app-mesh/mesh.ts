/** The Mesh object. */
import { meshKey } from '@/lib/mesh/keys';
import type { Capabilities, Mesh, ReconcileProblem } from '@/lib/mesh/model';
import { baseOf } from './base';
import { parseObject } from './entities';
import type { RawObject } from './resources';

/** Source: the CRD bounds a weight to 0..100 and a route to 10 targets; the API reference asks for a total of at most 100. */
const CAPABILITIES: Capabilities = {
  weightMin: 0,
  weightMax: 100,
  targetsPerRouteMax: 10,
  weightSumMax: 100,
  backendsEditable: true,
};

/** `undefined` when the object cannot be read as a mesh. The control plane's state is filled in once its members are known. */
export function toMesh(raw: RawObject, problems: ReadonlyMap<string, ReconcileProblem>): Mesh | undefined {
  const parsed = parseObject('mesh', raw);
  if (!parsed.ok || parsed.kind !== 'mesh') return undefined;
  const { spec } = parsed.cr;
  return {
    kind: 'mesh',
    ...baseOf(raw, meshKey(raw.metadata.name), parsed.cr, raw.metadata.name, problems),
    // AWS denies by default when the filter is absent.
    egress: spec.egressFilter?.type === 'ALLOW_ALL' ? 'allow' : 'deny',
    owner: spec.meshOwner ?? undefined,
    controlPlane: 'unknown',
    capabilities: CAPABILITIES,
  };
}
