/** What must hold before backends are written, beyond the object being what the caller saw. */
import 'server-only';
import type { BackendsAnswer, BackendsRequest } from '@/lib/api/backends';
import { BACKENDS_MAX } from '@/lib/mesh/backends/impact';
import { nodeKey, serviceKey } from '@/lib/mesh/keys';
import { backendsOwnerLevel, OWNER_NAMES, ownerCommand } from '@/lib/mesh/ownership';
import type { MeshNode, Target } from '@/lib/mesh/model';
import { isArnName, withChange, type ChangedBackends } from '@/lib/providers/app-mesh';
import type { KubernetesSource } from '../kubernetes-source';
import { fail, type Failure } from '../problem';
import { modelWith, NODE } from '../writing/objects';
import type { LiveNode } from './live';

type Warnings = BackendsAnswer['warnings'];

/** Who makes the object anew refuses (E203); who restores objects must be acknowledged (E204). */
export function checkOwner(
  { ownership, ref }: Pick<MeshNode, 'ownership' | 'ref'>,
  { acknowledgeOwner, dryRun }: Pick<BackendsRequest, 'acknowledgeOwner' | 'dryRun'>,
): { ok: true; warnings: Warnings } | Failure {
  const { manager, name = '' } = ownership;
  if (manager === 'none') return { ok: true, warnings: [] };
  const values = { owner: OWNER_NAMES[manager], name };
  switch (backendsOwnerLevel(ownership)) {
    case 'free':
      return { ok: true, warnings: [] };
    case 'blocked':
      return fail('E203', { values: { ...values, look: ownerCommand(ownership, ref.namespace) ?? 'none' } });
    case 'acknowledge':
      // A dry run shows what would happen, the warning included, before anybody has to acknowledge it.
      if (acknowledgeOwner !== true && dryRun !== true) return fail('E204', { values });
      return { ok: true, warnings: [{ code: 'owner-gitops', details: values }] };
    case 'note':
      return { ok: true, warnings: [{ code: 'owner-helm', details: values }] };
  }
}

/**
 * A service that is not there makes the controller hold back the whole node, so it is never added (E414). Where services of a
 * namespace were not read, nobody can tell, and the cluster decides.
 */
function checkServices({ model, node }: LiveNode, { allow = [] }: BackendsRequest): Failure | undefined {
  if (model.unread?.includes('service') === true) return undefined;
  for (const { service } of allow) {
    if (isArnName(service)) continue;
    const [namespace = '', name = ''] = service.split('/');
    if (model.entities.get(serviceKey(namespace, name))?.kind !== 'service')
      return fail('E414', {
        values: { reason: 'missing', service, node: `${node.ref.namespace}/${node.ref.name}` },
      });
  }
  return undefined;
}

/** The same of a whole that takes the place of what stands: only what it brings in is judged, and its groups with it. */
function checkWhole({ node: before }: LiveNode, after: MeshNode): Failure | undefined {
  const brought = (was: readonly Target[], is: readonly Target[]): Target | undefined =>
    is.find(
      ({ key, resolution }) =>
        (resolution === 'missing' || resolution === 'otherMesh') && was.every((each) => each.key !== key),
    );
  const group = brought(before.backendGroups, after.backendGroups);
  const missing = group ?? brought(before.backends, after.backends);
  if (missing === undefined) return undefined;
  return fail('E414', {
    values: {
      reason: group === undefined ? 'missing' : 'noGroup',
      service: `${missing.namespace}/${missing.name}`,
      node: `${before.ref.namespace}/${before.ref.name}`,
    },
  });
}

/** Runs every guard. Failures: E203, E204, E414; `warnings` do not stop the write. */
export function checkGuards(
  source: KubernetesSource,
  live: LiveNode,
  body: BackendsRequest,
  changed: ChangedBackends,
): { ok: true; warnings: Warnings } | Failure {
  const { namespace, name } = live.node.ref;
  const found = modelWith(source, NODE, withChange(live.raw, changed))?.entities.get(
    nodeKey(namespace, name),
  );
  const after = found?.kind === 'node' ? found : undefined;
  const refused = body.spec === undefined ? checkServices(live, body) : after && checkWhole(live, after);
  if (refused !== undefined) return refused;
  const owner = checkOwner(live.node, body);
  // What the groups add counts, too.
  const count = after?.backends.length ?? changed.after?.length ?? 0;
  if (!owner.ok || count <= BACKENDS_MAX) return owner;
  return {
    ok: true,
    warnings: [...owner.warnings, { code: 'backends-quota', details: { count, max: BACKENDS_MAX } }],
  };
}
