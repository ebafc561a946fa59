/** The Mesh object. */
import { meshKey } from '@/lib/mesh/keys';
import type { Capabilities, Malformed, Mesh } from '@/lib/mesh/model';
import { baseOf, refOf } from './base';
import type { Reports } from './base';
import type { MeshCr } from './cr';
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

/**
 * A mesh, and what of it cannot be read: that is left at its default, so that the members are shown all the same. The
 * control plane's state is filled in once the members are known.
 */
export function toMesh(raw: RawObject, reports: Reports): { mesh: Mesh; malformed: Malformed | undefined } {
  const parsed = parseObject('mesh', raw);
  const { name } = raw.metadata;
  const key = meshKey(name);
  const cr: MeshCr = parsed.ok && parsed.kind === 'mesh' ? parsed.cr : { spec: {} };
  const mesh: Mesh = {
    kind: 'mesh',
    ...baseOf(raw, key, cr, name, reports),
    // AWS denies by default when the filter is absent.
    egress: cr.spec.egressFilter?.type === 'ALLOW_ALL' ? 'allow' : 'deny',
    owner: cr.spec.meshOwner ?? undefined,
    controlPlane: 'unknown',
    capabilities: CAPABILITIES,
  };
  return {
    mesh,
    malformed: parsed.ok ? undefined : { key, kind: 'malformed', ref: refOf(raw), problems: parsed.problems },
  };
}
