/** MD303, MD305, MD308, MD309, MD311: lists of backends that say something else than is meant, or more than is good. */
import { BACKENDS_MAX, behind } from '../backends/impact';
import { grantsOf, isAllowed, ownBackends, permission, ruleOf, whitelistOf } from '../backends/whitelist';
import type { Whitelist } from '../backends/whitelist';
import type { Finding } from '../finding';
import type { EntityKey } from '../keys';
import type { MeshModel, MeshNode, Service } from '../model';
import { circlesOf } from './circles';
import { finding, targetName } from './make';

/** Members of a circle, or callers of a service, that are named before the rest is counted. */
const NAMED = 5;

/**
 * MD303. An entry with a client policy of its own says more than the group does and is meant; where nothing but the name stands
 * twice, taking one away changes nothing.
 */
function duplicates(node: MeshNode): Finding[] {
  return ownBackends(node).flatMap(({ key, alsoViaGroup, tlsEnforced, ...target }, index) => {
    if (alsoViaGroup === undefined || tlsEnforced !== undefined) return [];
    const group = node.backendGroups.find((each) => each.key === alsoViaGroup);
    return [
      finding('MD303', node.key, {
        at: key,
        path: `spec.backends[${index}]`,
        related: [key, alsoViaGroup],
        details: { service: targetName(target), group: group === undefined ? '' : targetName(group) },
      }),
    ];
  });
}

/** MD305. What is written in the lists of others is no word on these. */
function openNodes({ mesh }: MeshModel, list: Whitelist): Finding[] {
  if (mesh.egress === 'deny') return [];
  const nodes = [...list.nodes.values()];
  const open = nodes.filter((node) => ruleOf(node, mesh.egress) === 'everything');
  if (open.length === 0) return [];
  return [finding('MD305', mesh.key, { details: { open: open.length, all: nodes.length } })];
}

/** MD308. Source: service quota "Backends per virtual node". */
function tooMany(node: MeshNode): Finding[] {
  const count = grantsOf(node).size;
  if (count <= BACKENDS_MAX) return [];
  return [finding('MD308', node.key, { path: 'spec.backends', details: { count, max: BACKENDS_MAX } })];
}

/** Ports of protocols in which the server speaks first. Source: App Mesh guide, "Troubleshooting connectivity" (MySQL, SMTP). */
const SERVER_FIRST: ReadonlyMap<number, string> = new Map([
  [25, 'SMTP'],
  [465, 'SMTP'],
  [587, 'SMTP'],
  [2525, 'SMTP'],
  [3306, 'MySQL'],
  [33060, 'MySQL'],
]);

/** Ports at which a service is called by tcp: those of its router, and of the nodes that answer. */
function tcpPorts(service: Service, list: Whitelist): number[] {
  const router = service.provider.target && list.routers.get(service.provider.target.key);
  return [...(router === undefined ? [] : [router]), ...behind(service, list)].flatMap(({ listeners }) =>
    listeners.flatMap(({ port, protocol }) => (protocol === 'tcp' ? [port] : [])),
  );
}

/** MD309, on each such service that somebody lists. */
function serverFirst(list: Whitelist): Finding[] {
  const speaking = [...list.services.values()].flatMap((service) => {
    const port = tcpPorts(service, list).find((each) => SERVER_FIRST.has(each));
    return port === undefined ? [] : [{ service, port, protocol: SERVER_FIRST.get(port) ?? '' }];
  });
  if (speaking.length === 0) return [];
  return speaking.flatMap(({ service, port, protocol }) => {
    const callers = [...list.nodes.values()].filter((node) => grantsOf(node).has(service.key));
    const [first] = callers;
    if (first === undefined) return [];
    return [
      finding('MD309', service.key, {
        related: callers.slice(0, NAMED).map(({ key }) => key),
        details: { port, protocol, node: targetName(first.ref), more: callers.length - 1 },
      }),
    ];
  });
}

/** Nodes that a node may call by what is listed. */
function calledBy(node: MeshNode, list: Whitelist): EntityKey[] {
  return [...grantsOf(node).keys()].flatMap((key) => {
    const service = list.services.get(key);
    return service === undefined ? [] : behind(service, list).map((each) => each.key);
  });
}

/** MD311, once for each circle of nodes that may call each other round, or for a node that may call itself. */
function circles(list: Whitelist): Finding[] {
  return circlesOf([...list.nodes.keys()], (key) => {
    const node = list.nodes.get(key);
    return node === undefined ? [] : calledBy(node, list);
  }).flatMap((keys) => {
    const members = keys.sort().flatMap((key) => list.nodes.get(key) ?? []);
    const [first] = members;
    if (first === undefined) return [];
    const into = [...grantsOf(first).keys()].find((key) => {
      const service = list.services.get(key);
      return (
        isAllowed(permission(first, key, list.egress)) &&
        service !== undefined &&
        behind(service, list).some((each) => keys.includes(each.key))
      );
    });
    return [
      finding('MD311', first.key, {
        related: [...(into === undefined ? [] : [into]), ...keys.slice(1, NAMED)],
        details: {
          count: members.length,
          names: members
            .slice(0, NAMED)
            .map(({ ref }) => targetName(ref))
            .join(', '),
          more: Math.max(0, members.length - NAMED),
        },
      }),
    ];
  });
}

/** What is odd about the lists of a mesh, over the mesh as a whole. Linear in its nodes and what they list. */
export function backendFindings(model: MeshModel): Finding[] {
  const list = whitelistOf(model.mesh, model.entities.values());
  const nodes = [...list.nodes.values()];
  return [
    ...nodes.flatMap((node) => [...duplicates(node), ...tooMany(node)]),
    ...openNodes(model, list),
    ...serverFirst(list),
    ...circles(list),
  ];
}
