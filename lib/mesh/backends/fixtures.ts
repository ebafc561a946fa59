/** Small whitelists for the tests of this folder: services `a`…, each answered for by the node of its name. */
import fc from 'fast-check';
import { backendGroupKey, nodeKey, serviceKey } from '../keys';
import type { EntityKey } from '../keys';
import { mesh, modelOf, node, service, to } from '../fixtures';
import type { Backend, Mesh, MeshNode, Service } from '../model';
import type { SeenCall, SeenCalls } from './observed';
import { whitelistOf } from './whitelist';
import type { Whitelist } from './whitelist';

export const NAMES = ['a', 'b', 'c', 'd'];
export const n = (name: string): EntityKey => nodeKey('shop', name);
export const s = (name: string): EntityKey => serviceKey('shop', name);
export const GROUP = backendGroupKey('shop', 'team');
export const ALL = backendGroupKey('shop', '*');

export const backend = (name: string, more: Partial<Backend> = {}): Backend => ({
  ...to('service', name),
  ...more,
});
export const via = (group: EntityKey, name: string): Backend => backend(name, { viaGroup: group });

/** A service answered for by the node of its name. */
export const answered = (name: string, more: Partial<Service> = {}): Service =>
  service(name, { kind: 'node', target: to('node', name) }, more);

export function listOf(
  nodes: MeshNode[],
  egress: Mesh['egress'] = 'deny',
  services: Service[] = NAMES.map((name) => answered(name)),
): Whitelist {
  const model = modelOf([...nodes, ...services], { mesh: mesh({ egress }) });
  return whitelistOf(model.mesh, model.entities.values());
}

export const seen = (more: Partial<SeenCall> = {}): SeenCall => ({
  seen: 'yes',
  requests: 600,
  perMinute: 120,
  sampled: false,
  among: 1,
  evidence: ['cloudwatch'],
  ...more,
});

export const callsOf = (...entries: [node: string, service: string, call?: SeenCall][]): SeenCalls => {
  const calls = new Map<EntityKey, Map<EntityKey, SeenCall>>();
  for (const [from, name, call = seen()] of entries) {
    const row = calls.get(n(from)) ?? new Map<EntityKey, SeenCall>();
    calls.set(n(from), row.set(s(name), call));
  }
  return calls;
};

/** Entries of its own, of a group and of `*`, as a provider reads them: what is named twice stands once, its own first. */
const someBackends = fc
  .record({ own: fc.subarray(NAMES), team: fc.subarray(NAMES), all: fc.boolean() })
  .map(({ own, team, all }) => {
    const groups = [...(team.length > 0 ? [GROUP] : []), ...(all ? [ALL] : [])];
    const membersOf = (group: EntityKey) => (group === GROUP ? team : NAMES);
    const list: Backend[] = own.map((name) => {
      const group = groups.find((each) => membersOf(each).includes(name));
      return backend(name, group === undefined ? {} : { alsoViaGroup: group });
    });
    const known = new Set(own);
    for (const group of groups)
      for (const name of membersOf(group))
        if (!known.has(name)) {
          known.add(name);
          list.push(via(group, name));
        }
    return {
      backends: list,
      backendGroups: groups.map((key) => ({
        key,
        namespace: 'shop',
        name: key.endsWith('*') ? '*' : 'team',
        resolution: 'ok' as const,
      })),
    };
  });

/** Whitelists of four nodes and four services. */
export const lists: fc.Arbitrary<Whitelist> = fc
  .tuple(fc.constantFrom<Mesh['egress']>('deny', 'allow'), ...NAMES.map(() => someBackends))
  .map(([egress, ...rows]) =>
    listOf(
      rows.map(({ backends, backendGroups }, i) => node(NAMES[i] ?? '', backends, { backendGroups })),
      egress,
    ),
  );

/** Clicks on cells. */
export const clicks = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), {
  maxLength: 12,
});
