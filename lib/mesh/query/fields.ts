/** The fields of the find language: names, types, operators and how each is read. All that is known of them stands here. */
import { bestFigure } from '../telemetry/health';
import type { Subject } from './subject';
import type { Operator, Severity } from './syntax';

export type FieldType = 'text' | 'number' | 'severity' | 'age' | 'flag';

interface FieldInfo {
  /** As it is written; `label.` stands for every `label.KEY`. */
  name: string;
  /** Other names it answers to. */
  aliases?: readonly string[];
  /** Key of one line on what it means. */
  describe: string;
  /** Read from measurements. What nobody measured is found by no comparison, not even by `!=`. */
  measured?: true;
  /** What a number may be followed by, and how many of the field's own units it is. */
  units?: Readonly<Record<string, number>>;
  /** What to compare with, where what occurs in the mesh says little. */
  examples?: readonly string[];
}

/** Texts are lower case. Several texts or numbers mean that an object has several: it is found by any of them. */
export type Field = FieldInfo &
  (
    | { type: 'text'; read: (subject: Subject, key: string) => readonly string[] }
    | { type: 'number' | 'severity'; read: (subject: Subject) => readonly number[] }
    /** Seconds between then and `now`, which is in milliseconds since 1970. */
    | { type: 'age'; read: (subject: Subject, now: number) => readonly number[] }
    | { type: 'flag'; read: (subject: Subject) => boolean }
  );

const NONE: readonly never[] = [];

/** Severities as numbers that rise with how bad it is. */
export const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];
export const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);

const secondsSince = (then: number | undefined, now: number): readonly number[] =>
  then === undefined || Number.isNaN(then) ? NONE : [(now - then) / 1000];

function labelOf({ node }: Subject, key: string): readonly string[] {
  const labels = 'labels' in node ? node.labels : {};
  return Object.hasOwn(labels, key) ? [(labels[key] ?? '').toLowerCase()] : NONE;
}

function protocolsOf({ node }: Subject): readonly string[] {
  const listeners = 'listeners' in node ? node.listeners.map(({ protocol }) => protocol) : NONE;
  if (node.kind === 'router') return [...listeners, ...node.routes.map(({ protocol }) => protocol)];
  if (node.kind === 'gateway') return [...listeners, ...node.rows.map(({ protocol }) => protocol)];
  return listeners;
}

/** What a router's targets are given. */
const targetsOf = ({ node }: Subject) =>
  node.kind === 'router' ? node.routes.flatMap(({ targets }) => targets) : NONE;

const workloadOf = ({ node }: Subject) =>
  node.kind === 'node' || node.kind === 'gateway' ? node.workload : undefined;

const TIMES = { ms: 1, s: 1_000 };

/** A figure of what was measured, by the evidence to believe first. */
function figureOf(
  { measured }: Subject,
  figure: 'perSecond' | 'faultRatio' | 'errorRatio' | 'p50Ms' | 'p99Ms',
  times = 1,
): readonly number[] {
  const best = measured && bestFigure(measured.observations, figure);
  return best === undefined ? NONE : [best.amount * times];
}

const one = <T>(reading: T | undefined): readonly T[] => (reading === undefined ? NONE : [reading]);

export const FIELDS: readonly Field[] = [
  { name: 'kind', type: 'text', describe: 'find.field.kind', read: ({ self }) => self.kind },
  {
    name: 'namespace',
    aliases: ['ns'],
    type: 'text',
    describe: 'find.field.namespace',
    read: ({ self }) => self.namespace,
  },
  { name: 'name', type: 'text', describe: 'find.field.name', read: ({ self }) => self.name },
  { name: 'host', type: 'text', describe: 'find.field.host', read: ({ self }) => self.host },
  { name: 'label.', type: 'text', describe: 'find.field.label', read: labelOf },
  { name: 'protocol', type: 'text', describe: 'find.field.protocol', read: protocolsOf },
  {
    name: 'port',
    type: 'number',
    describe: 'find.field.port',
    read: ({ node }) => ('listeners' in node ? node.listeners.map(({ port }) => port) : NONE),
  },
  {
    name: 'weight',
    type: 'number',
    describe: 'find.field.weight',
    read: (subject) => targetsOf(subject).map(({ weight }) => weight),
  },
  {
    name: 'share',
    type: 'number',
    describe: 'find.field.share',
    read: (subject) => targetsOf(subject).map(({ share }) => share * 100),
  },
  {
    name: 'route',
    type: 'text',
    describe: 'find.field.route',
    read: ({ node }) => (node.kind === 'router' ? node.routes.map(({ name }) => name.toLowerCase()) : NONE),
  },
  {
    name: 'target',
    type: 'text',
    describe: 'find.field.target',
    read: (subject) =>
      targetsOf(subject).flatMap(({ namespace, name }) =>
        [name, `${namespace}/${name}`].map((text) => text.toLowerCase()),
      ),
  },
  {
    name: 'acceptance',
    type: 'text',
    describe: 'find.field.acceptance',
    read: ({ node }) => one('acceptance' in node ? node.acceptance : undefined),
  },
  {
    name: 'owner',
    type: 'text',
    describe: 'find.field.owner',
    read: ({ node }) => one('ownership' in node ? node.ownership.manager : undefined),
  },
  {
    name: 'writer',
    type: 'text',
    describe: 'find.field.writer',
    read: ({ node }) =>
      'writtenBy' in node ? (node.writtenBy?.map(({ manager }) => manager.toLowerCase()) ?? NONE) : NONE,
  },
  {
    name: 'pods',
    aliases: ['total'],
    type: 'number',
    describe: 'find.field.pods',
    read: (subject) => one(workloadOf(subject)?.total),
  },
  {
    name: 'ready',
    type: 'number',
    describe: 'find.field.ready',
    read: (subject) => one(workloadOf(subject)?.ready),
  },
  {
    name: 'withoutProxy',
    type: 'number',
    describe: 'find.field.withoutProxy',
    read: (subject) => one(workloadOf(subject)?.withoutProxy),
  },
  {
    name: 'finding',
    type: 'text',
    describe: 'find.field.finding',
    read: ({ findings }) => findings.map(({ code }) => code.toLowerCase()),
  },
  {
    name: 'finding.severity',
    type: 'severity',
    describe: 'find.field.findingSeverity',
    read: ({ findings }) => findings.map(({ severity }) => rankOf(severity)),
  },
  {
    name: 'findings',
    type: 'number',
    describe: 'find.field.findings',
    read: ({ findings }) => [findings.length],
  },
  {
    name: 'calls',
    type: 'text',
    describe: 'find.field.calls',
    read: ({ node, relations }) => relations.calls(node.key),
  },
  {
    name: 'calledBy',
    type: 'text',
    describe: 'find.field.calledBy',
    read: ({ node, relations }) => relations.calledBy(node.key),
  },
  {
    name: 'routesTo',
    type: 'text',
    describe: 'find.field.routesTo',
    read: ({ node, relations }) => relations.routesTo(node.key),
  },
  {
    name: 'changed',
    type: 'age',
    describe: 'find.field.changed',
    read: ({ changedAt }, now) => secondsSince(changedAt, now),
  },
  {
    name: 'age',
    type: 'age',
    describe: 'find.field.age',
    read: ({ node }, now) => secondsSince('createdAt' in node ? Date.parse(node.createdAt) : undefined, now),
  },
  {
    name: 'rate',
    type: 'number',
    describe: 'find.field.rate',
    measured: true,
    examples: ['1', '10', '100'],
    read: (subject) => figureOf(subject, 'perSecond'),
  },
  {
    name: 'faults',
    type: 'number',
    describe: 'find.field.faults',
    measured: true,
    examples: ['0%', '1%', '5%'],
    read: (subject) => figureOf(subject, 'faultRatio', 100),
  },
  {
    name: 'errors',
    type: 'number',
    describe: 'find.field.errors',
    measured: true,
    examples: ['0%', '1%', '5%'],
    read: (subject) => figureOf(subject, 'errorRatio', 100),
  },
  {
    name: 'p50',
    type: 'number',
    describe: 'find.field.p50',
    measured: true,
    units: TIMES,
    examples: ['50ms', '100ms', '300ms', '1s'],
    read: (subject) => figureOf(subject, 'p50Ms'),
  },
  {
    name: 'p99',
    type: 'number',
    describe: 'find.field.p99',
    measured: true,
    units: TIMES,
    examples: ['100ms', '300ms', '1s'],
    read: (subject) => figureOf(subject, 'p99Ms'),
  },
  {
    name: 'health',
    type: 'text',
    describe: 'find.field.health',
    measured: true,
    examples: ['good', 'degraded', 'failing', 'idle', 'unknown'],
    read: ({ measured }) => one(measured?.health),
  },
  { name: 'external', type: 'flag', describe: 'find.field.external', read: ({ external }) => external },
  { name: 'idle', type: 'flag', describe: 'find.field.idle', read: ({ idle }) => idle },
  { name: 'healthy', type: 'flag', describe: 'find.field.healthy', read: ({ healthy }) => healthy },
];

const OPERATORS: Record<FieldType, readonly Operator[]> = {
  text: ['=', '!=', '~', '!~', 'in', 'not in'],
  number: ['=', '!=', '<', '<=', '>', '>=', 'in', 'not in'],
  severity: ['=', '!=', '<', '<=', '>', '>=', 'in', 'not in'],
  age: ['<', '<=', '>', '>='],
  flag: [],
};

export const operatorsOf = ({ type }: Pick<Field, 'type'>): readonly Operator[] => OPERATORS[type];

const LABEL = 'label.';
const BY_NAME = new Map(
  FIELDS.flatMap((field) =>
    [field.name, ...(field.aliases ?? [])].map((name) => [name.toLowerCase(), field] as const),
  ),
);

/** The field a word names, its canonical name, and for a label its key. Case matters only in the key. */
export function fieldOf(word: string): { field: Field; name: string; key: string } | undefined {
  const lower = word.toLowerCase();
  const label = lower.startsWith(LABEL);
  if (label && word.length === LABEL.length) return undefined;
  const field = BY_NAME.get(label ? LABEL : lower);
  if (field === undefined || (field.name === LABEL && !label)) return undefined;
  const key = label ? word.slice(LABEL.length) : '';
  return { field, name: field.name + key, key };
}

/** Names that begin like a word or that it begins like, for someone who misspelt one. */
export function fieldsLike(word: string): string[] {
  const lower = word.toLowerCase();
  const near = FIELDS.filter(({ name }) => {
    const known = name.toLowerCase();
    return known.startsWith(lower.slice(0, 2)) || sameLetters(known, lower);
  });
  return near.map(({ name }) => name);
}

const sameLetters = (a: string, b: string): boolean => [...a].sort().join('') === [...b].sort().join('');
