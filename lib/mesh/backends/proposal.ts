/** A node as it would be with another text of its backends, groups and defaults; and what groups stand for. */
import { backendGroupKey, entityKey, serviceKey } from '../keys';
import type { EntityKey } from '../keys';
import type { Backend, MeshNode, Target } from '../model';
import { isFields } from '../plain';
import { impactOn } from './impact';
import type { Impact } from './impact';
import type { SeenCalls } from './observed';
import { entryName, referenceName } from './spec-rules';
import { backendName, grantsOf } from './whitelist';
import type { Whitelist } from './whitelist';

const listOf = (found: unknown): readonly unknown[] => (Array.isArray(found) ? found : []);
const at = (found: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((part, key) => (isFields(part) ? part[key] : undefined), found);

/** Whether a client policy insists on TLS; `undefined` for one that says nothing of it. */
export function tlsOf(policy: unknown): boolean | undefined {
  const tls = at(policy, 'tls');
  // The API enforces TLS unless the policy says otherwise.
  return isFields(tls) ? tls['enforce'] !== false : undefined;
}

const partsOf = (name: string): { namespace: string; name: string } => {
  const [namespace = '', local = ''] = name.split('/');
  return { namespace, name: local };
};

function targetOf(name: string, arn: boolean, node: MeshNode, list: Whitelist): Target {
  const known = node.backends.find((each) => each.viaGroup === undefined && backendName(each) === name);
  if (known !== undefined) {
    const { viaGroup: _, alsoViaGroup: __, tlsEnforced: ___, ...target } = known;
    return target;
  }
  if (!arn) {
    const key = serviceKey(partsOf(name).namespace, partsOf(name).name);
    return { key, ...partsOf(name), resolution: list.services.has(key) ? 'ok' : 'missing' };
  }
  const service = [...list.services.values()].find(({ ref }) => ref.arn === name);
  if (service === undefined)
    return {
      key: entityKey('unresolved', '', name),
      namespace: '',
      name: name.split('/').at(-1) ?? name,
      resolution: 'foreign',
      arn: name,
    };
  const { namespace, name: local } = service.ref;
  return { key: service.key, namespace, name: local, resolution: 'ok', arn: name };
}

/**
 * The services a group stands for, as a node of `namespace` is let through to them; `undefined` where the group is not known. A
 * member without a namespace is looked for beside the node.
 */
export function groupServices(group: EntityKey, namespace: string, list: Whitelist): Target[] | undefined {
  if (group.endsWith('/*')) {
    const of = group.slice(group.indexOf(':') + 1, -'/*'.length);
    return [...list.services.values()].flatMap(({ key, ref }): Target[] =>
      ref.namespace === of ? [{ key, namespace: of, name: ref.name, resolution: 'ok' }] : [],
    );
  }
  return list.groups.get(group)?.members.map((member): Target => {
    if (member.bare !== true) return member;
    const key = serviceKey(namespace, member.name);
    return { key, namespace, name: member.name, resolution: list.services.has(key) ? 'ok' : 'missing' };
  });
}

/** `spec`: the three fields as the CRD has them. Entries that name nothing are left out. */
export function nodeWithSpec(node: MeshNode, spec: unknown, list: Whitelist): MeshNode {
  const { namespace } = node.ref;
  const own = listOf(at(spec, 'backends')).flatMap((entry): Backend[] => {
    const name = entryName(entry, namespace);
    if (name === '') return [];
    const service = at(entry, 'virtualService');
    const tlsEnforced = tlsOf(at(service, 'clientPolicy'));
    const arn = at(service, 'virtualServiceARN') === name;
    return [{ ...targetOf(name, arn, node, list), ...(tlsEnforced === undefined ? {} : { tlsEnforced }) }];
  });
  const backendGroups = listOf(at(spec, 'backendGroups')).map((ref): Target => {
    const parts = partsOf(referenceName(ref, namespace));
    const key = backendGroupKey(parts.namespace, parts.name);
    const known = node.backendGroups.find((each) => each.key === key);
    const there = parts.name === '*' || list.groups.has(key);
    return known ?? { key, ...parts, resolution: there ? 'ok' : 'missing' };
  });
  const grouped = new Map<EntityKey, Backend>();
  const viaOf = new Map<EntityKey, EntityKey>();
  for (const { key: group } of node.groupsIgnored === true ? [] : backendGroups)
    for (const member of groupServices(group, namespace, list) ?? []) {
      if (!viaOf.has(member.key)) viaOf.set(member.key, group);
      if (own.every(({ key }) => key !== member.key) && !grouped.has(member.key))
        grouped.set(member.key, { ...member, viaGroup: group });
    }
  const backends = own.map((entry): Backend => {
    const alsoViaGroup = viaOf.get(entry.key);
    return alsoViaGroup === undefined ? entry : { ...entry, alsoViaGroup };
  });
  const { defaultTlsEnforced: _, ...rest } = node;
  const defaults = tlsOf(at(spec, 'backendDefaults', 'clientPolicy'));
  return {
    ...rest,
    backends: [...backends, ...grouped.values()],
    backendGroups,
    ...(defaults === undefined ? {} : { defaultTlsEnforced: defaults }),
  };
}

/** The services of a node of which an edit says something new: allowed by it, or with another policy. */
function servicesSaidAnew(before: MeshNode, after: MeshNode): EntityKey[] {
  const wordOf = (node: MeshNode) =>
    new Map(
      node.backends.map(({ key, viaGroup, tlsEnforced }) => [
        key,
        `${viaGroup ?? 'own'} ${tlsEnforced ?? node.defaultTlsEnforced ?? ''}`,
      ]),
    );
  const was = wordOf(before);
  return [...wordOf(after)].flatMap(([key, word]) => (was.get(key) === word ? [] : [key]));
}

/** Entries of a node that add nothing: a group names the service, too, or another entry does. */
export function duplicatesOf(node: MeshNode): Impact['duplicates'] {
  return [...grantsOf(node)].flatMap(([service, { entries, group }]) =>
    entries > 1 || (entries > 0 && group !== undefined)
      ? [{ node: node.key, service, ...(entries > 1 || group === undefined ? {} : { group }) }]
      : [],
  );
}

/** What an edit of the whole of a node's backends would do. */
export function proposalImpact(list: Whitelist, before: MeshNode, after: MeshNode, calls: SeenCalls): Impact {
  const known = new Set(duplicatesOf(before).map(({ service }) => service));
  return {
    ...impactOn(list, [{ before, after, added: servicesSaidAnew(before, after) }], calls),
    duplicates: duplicatesOf(after).filter(({ service }) => !known.has(service)),
  };
}
