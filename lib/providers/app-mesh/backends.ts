/** The whitelist of a node: its own backends, then those of its groups that are not there yet. */
import type { EntityKey } from '@/lib/mesh/keys';
import { backendGroupKey } from '@/lib/mesh/keys';
import type { Backend, Target } from '@/lib/mesh/model';
import type { VirtualNodeCr } from './cr';
import type { Context } from './entities';
import { resolve } from './references';
import type { ReferringObject } from './references';

/** Group name that stands for every VirtualService of the namespace. */
const WHOLE_NAMESPACE = '*';

function* servicesOfNamespace(context: Context, from: ReferringObject, namespace: string): Iterable<Target> {
  for (const [key, parsed] of context.members) {
    if (!parsed.ok || parsed.kind !== 'service' || !key.startsWith(`service:${namespace}/`)) continue;
    const target = resolve(context.directory, from, 'service', {
      name: key.slice(key.indexOf('/') + 1),
      namespace,
    });
    if (target.resolution === 'ok') yield target;
  }
}

function* membersOf(group: Target, context: Context, from: ReferringObject): Iterable<Target> {
  if (group.name === WHOLE_NAMESPACE) {
    yield* servicesOfNamespace(context, from, group.namespace);
    return;
  }
  const parsed = context.members.get(group.key);
  if (!parsed?.ok || parsed.kind !== 'backendGroup') return;
  // The controller resolves a member without namespace against the node's namespace, not the group's.
  for (const ref of parsed.cr.spec.virtualservices ?? [])
    yield resolve(context.directory, from, 'service', ref);
}

/** Explicit backends in their order, then the members of the groups. */
export function backendsOf(
  cr: VirtualNodeCr,
  from: ReferringObject,
  context: Context,
): { backends: Backend[]; groups: Target[] } {
  const backends = (cr.spec.backends ?? []).map(({ virtualService }): Backend => {
    const tls = virtualService.clientPolicy?.tls;
    return {
      ...resolve(
        context.directory,
        from,
        'service',
        virtualService.virtualServiceRef,
        virtualService.virtualServiceARN,
      ),
      // The API enforces TLS unless the policy says otherwise.
      ...(tls ? { tlsEnforced: tls.enforce ?? true } : {}),
    };
  });
  const known = new Set<EntityKey>(backends.map(({ key }) => key));
  const groups = (cr.spec.backendGroups ?? []).map((ref): Target => {
    if (ref.name !== WHOLE_NAMESPACE) return resolve(context.directory, from, 'backendGroup', ref);
    const namespace = ref.namespace || from.namespace;
    return { key: backendGroupKey(namespace, ref.name), namespace, name: ref.name, resolution: 'ok' };
  });
  // Without its flag the controller takes no notice of groups: they let nothing through.
  for (const group of context.groupsFlag === 'off' ? [] : groups)
    for (const member of membersOf(group, context, from)) {
      if (known.has(member.key)) {
        for (const [at, own] of backends.entries())
          if (own.key === member.key && own.viaGroup === undefined && own.alsoViaGroup === undefined)
            backends[at] = { ...own, alsoViaGroup: group.key };
        continue;
      }
      known.add(member.key);
      backends.push({ ...member, viaGroup: group.key });
    }
  return { backends, groups };
}
