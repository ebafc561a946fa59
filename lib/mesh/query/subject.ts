/** What the find language is asked about: each node of a picture with its findings and whom it deals with. */
import type { Finding } from '../finding';
import type { EntityKey } from '../keys';
import type { EntityTelemetry, MeshTelemetry } from '../telemetry/overlay';
import type { TopologyNode } from '../topology';
import { subjectsOf as toldBy } from '../view/subjects';
import { busyEntities, isOf, troubledEntities } from '../view/hide';
import type { ViewInput } from '../view/spec';
import { relationsOf } from './relations';
import type { Relations } from './relations';

/** The names of a node, all in lower case; several where it answers to several. */
export interface Self {
  kind: readonly string[];
  namespace: readonly string[];
  name: readonly string[];
  host: readonly string[];
  /** All of the above in one text, for words. */
  hay: string;
  /** How others name it: `namespace/name`, name, host name. */
  address: readonly string[];
}

export interface Subject {
  node: TopologyNode;
  findings: readonly Finding[];
  self: Self;
  /** Shared by all subjects of a picture. */
  relations: Relations;
  external: boolean;
  idle: boolean;
  healthy: boolean;
  /** Milliseconds since 1970; `undefined` where no change was seen. */
  changedAt: number | undefined;
  /** `undefined` where nothing was measured. */
  measured: EntityTelemetry | undefined;
}

export type Subjects = ReadonlyMap<EntityKey, Subject>;

export interface SubjectInput extends ViewInput {
  /** When each node last changed, in milliseconds since 1970, where somebody watched; else the object's own word is taken. */
  changedAt?: ReadonlyMap<EntityKey, number> | undefined;
  /** What was measured of the picture; without it, nothing is found by a figure. */
  telemetry?: Pick<MeshTelemetry, 'entities'> | undefined;
}

const NONE: readonly never[] = [];
/** Every node is asked for itself; none tells of others that are folded into it. */
const NOTHING_CARRIED = new Map<EntityKey, readonly EntityKey[]>();

export function namespaceOf(node: TopologyNode): string {
  return 'ref' in node ? node.ref.namespace : node.namespace;
}

export function nameOf(node: TopologyNode): string {
  return 'ref' in node ? node.ref.name : node.name;
}

function hostOf(node: TopologyNode): string | undefined {
  if (node.kind === 'service') return node.hostname;
  return node.kind === 'node' && node.discovery.kind === 'dns' ? node.discovery.hostname : undefined;
}

function selfOf(node: TopologyNode): Self {
  const kinds = 'ref' in node ? [node.kind, node.ref.kind.toLowerCase()] : [node.kind];
  const namespace = namespaceOf(node).toLowerCase();
  const name = nameOf(node).toLowerCase();
  const host = hostOf(node)?.toLowerCase();
  const hosts = host === undefined ? NONE : [host];
  return {
    kind: kinds,
    namespace: [namespace],
    name: [name],
    host: hosts,
    // Nothing that is typed holds a line break, so no word is found across two of them.
    hay: `${kinds.join('\n')}\n${namespace}\n${name}\n${host ?? ''}`,
    address: [`${namespace}/${name}`, name, ...hosts],
  };
}

/** Findings by the card that shows them: those of gateway routes and of groups by who tells of these. */
function findingsByNode({ nodes, findings }: ViewInput): Map<string, Finding[]> {
  const tellers = new Map<string, string[]>();
  for (const node of nodes.values())
    for (const key of toldBy(node)) if (key !== node.key) add(tellers, key, node.key);
  const byNode = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (nodes.has(finding.subject as EntityKey)) add(byNode, finding.subject, finding); // only asked whether it is there
    for (const teller of tellers.get(finding.subject) ?? NONE) add(byNode, teller, finding);
  }
  return byNode;
}

function add<T>(map: Map<string, T[]>, key: string, entry: T): void {
  const known = map.get(key);
  if (known) known.push(entry);
  else map.set(key, [entry]);
}

const sameFindings = (a: readonly Finding[], b: readonly Finding[]): boolean =>
  a.length === b.length && a.every((finding, n) => finding === b[n]);

function sameSubject(a: Subject, b: Subject): boolean {
  return (
    a.node === b.node &&
    a.relations === b.relations &&
    a.changedAt === b.changedAt &&
    a.measured === b.measured &&
    a.idle === b.idle &&
    a.external === b.external &&
    a.healthy === b.healthy &&
    sameFindings(a.findings, b.findings)
  );
}

/** When what an object asks for was last written, by its own word; else when its present generation was first seen. */
function ownChange(node: TopologyNode, known: Subject | undefined): number | undefined {
  if (known?.node === node) return known.changedAt;
  const written = 'writtenBy' in node ? node.writtenBy?.[0]?.at : undefined;
  const at = written ?? ('generationSeenAt' in node ? node.generationSeenAt : undefined);
  return at === undefined ? undefined : Date.parse(at);
}

/**
 * The subjects of a picture. Linear in nodes, edges and findings. A subject that says the same as the one of `previous`
 * is the same object, and so is the whole map when all of them do. Nodes that come, go or are renamed, and edges that
 * come or go, make every subject new, since who calls whom may be another thing for all of them.
 */
export function subjectsOf(input: SubjectInput, previous: Subjects = new Map()): Subjects {
  const findings = findingsByNode(input);
  const judged = { busy: busyEntities(input), troubled: troubledEntities(input), carried: NOTHING_CARRIED };
  const selves = new Map<EntityKey, Self>();
  let renamed = previous.size !== input.nodes.size;
  for (const [key, node] of input.nodes) {
    const known = previous.get(key);
    const self = known?.node === node ? known.self : selfOf(node);
    const same = known !== undefined && known.self.hay === self.hay;
    renamed ||= !same;
    selves.set(key, same ? known.self : self);
  }
  const [first] = previous.values();
  const sameEdges = !renamed && first !== undefined ? first.relations.sameAs(input.edges) : false;
  const relations =
    sameEdges && first !== undefined
      ? first.relations
      : relationsOf(input.edges, (key) => selves.get(key)?.address ?? NONE);

  const subjects = new Map<EntityKey, Subject>();
  let changes = renamed;
  for (const [key, node] of input.nodes) {
    const own = findings.get(key) ?? NONE;
    const known = previous.get(key);
    const measured = input.telemetry?.entities[key];
    const changedAt = input.changedAt === undefined ? ownChange(node, known) : input.changedAt.get(key);
    if (
      sameEdges === 'exactly' &&
      known?.node === node &&
      known.changedAt === changedAt &&
      known.measured === measured &&
      sameFindings(known.findings, own)
    ) {
      subjects.set(key, known);
      continue;
    }
    const made: Subject = {
      node,
      findings: own,
      self: selves.get(key) ?? selfOf(node),
      relations,
      external: isOf('external', node, judged),
      idle: isOf('idle', node, judged),
      healthy: isOf('healthy', node, judged),
      changedAt,
      measured,
    };
    const same = known !== undefined && sameSubject(known, made);
    changes ||= !same;
    subjects.set(key, same ? known : made);
  }
  return changes ? subjects : previous;
}

/** A subject on its own, of which nothing is known but itself: a node that was just deleted. */
export function loneSubject(node: TopologyNode): Subject {
  const subject = subjectsOf({ nodes: new Map([[node.key, node]]), edges: new Map(), findings: [] }).get(
    node.key,
  );
  if (!subject) throw new Error('A picture of one node has a subject of its own.');
  return subject;
}
