/** Whether an object is what an expression asks for. */
import { fieldOf, rankOf } from './fields';
import type { Field } from './fields';
import { patternTest } from './pattern';
import type { Subject } from './subject';
import type { Operand, Operator, Query } from './syntax';

type Test = Extract<Query, { kind: 'test' }>;
type Holds = (subject: Subject, now: number) => boolean;
type NumberField = Extract<Field, { type: 'number' | 'severity' | 'age' }>;

const ALWAYS: Holds = () => true;
const NEVER: Holds = () => false;

const compiled = new WeakMap<Query, Holds>();

/**
 * Whether a query holds for a subject. `now` is in milliseconds since 1970 and matters to `changed` and `age` alone. A
 * query is made ready once and kept with its object, so ask many subjects about one.
 */
export function matchesQuery(query: Query, subject: Subject, now: number): boolean {
  let holds = compiled.get(query);
  if (!holds) {
    holds = ready(query);
    compiled.set(query, holds);
  }
  return holds(subject, now);
}

/** Whether what a query finds changes with time alone. */
export function asksForTime(query: Query): boolean {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.of.some(asksForTime);
    case 'not':
      return asksForTime(query.of);
    case 'test':
      return fieldOf(query.field)?.field.type === 'age';
    default:
      return false;
  }
}

/** The fields of a query that only measurements can answer. */
export function measuredFieldsOf(query: Query): string[] {
  const found = new Set<string>();
  const open: Query[] = [query];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'and' || next.kind === 'or') open.push(...next.of);
    if (next.kind === 'not') open.push(next.of);
    if (next.kind !== 'test') continue;
    const operands = next.operands.flatMap((each) => (each.as === 'field' ? [each.field] : []));
    for (const name of [next.field, ...operands]) if (fieldOf(name)?.field.measured) found.add(name);
  }
  return [...found].sort();
}

function ready(query: Query): Holds {
  switch (query.kind) {
    case 'all':
      return ALWAYS;
    case 'word': {
      const word = query.text.toLowerCase();
      return ({ self }) => self.hay.includes(word);
    }
    case 'flag':
      return flag(query.field);
    case 'test':
      return test(query);
    case 'not': {
      const holds = ready(query.of);
      return (subject, now) => !holds(subject, now);
    }
    case 'or': {
      const parts = query.of.map(ready);
      return (subject, now) => parts.some((holds) => holds(subject, now));
    }
    case 'and': {
      const parts = all(query.of);
      return (subject, now) => parts.every((holds) => holds(subject, now));
    }
  }
}

function flag(name: string): Holds {
  const found = fieldOf(name);
  if (!found) return NEVER;
  const { field, key } = found;
  if (field.type === 'flag') return (subject) => field.read(subject);
  return field.type === 'text' ? (subject) => field.read(subject, key).length > 0 : NEVER;
}

const COMPARES: Partial<Record<Operator, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/**
 * The parts of an `and`. Comparisons of one field belong together: `weight > 0 and weight < 100` asks for one target that
 * is both, not for one of each.
 */
function all(parts: readonly Query[]): Holds[] {
  const ranges = new Map<string, Test[]>();
  const others: Query[] = [];
  for (const part of parts) {
    if (part.kind !== 'test' || COMPARES[part.operator] === undefined) {
      others.push(part);
      continue;
    }
    const known = ranges.get(part.field);
    if (known) known.push(part);
    else ranges.set(part.field, [part]);
  }
  return [...others.map(ready), ...[...ranges.values()].map(range)];
}

function readNumbers(field: NumberField): (subject: Subject, now: number) => readonly number[] {
  return field.type === 'age' ? field.read : (subject) => field.read(subject);
}

function range(tests: readonly Test[]): Holds {
  const field = fieldOf(tests[0]?.field ?? '')?.field;
  if (field === undefined || field.type === 'text' || field.type === 'flag') return NEVER;
  const read = readNumbers(field);
  const limits = tests.map(({ operator, operands }) => ({
    compares: COMPARES[operator] ?? (() => false),
    limit: limitOf(operands[0]),
  }));
  return (subject, now) =>
    read(subject, now).some((number) =>
      limits.every(({ compares, limit }) => limit(subject, now).some((other) => compares(number, other))),
    );
}

/** What a number is compared with: one number, or those of another field. */
function limitOf(operand: Operand | undefined): (subject: Subject, now: number) => readonly number[] {
  if (operand?.as === 'field') {
    const other = fieldOf(operand.field)?.field;
    return other?.type === 'number' ? (subject) => other.read(subject) : () => [];
  }
  const number = [numberOf(operand)];
  return () => number;
}

function numberOf(operand: Operand | undefined): number {
  switch (operand?.as) {
    case 'number':
      return operand.number;
    case 'age':
      return operand.seconds;
    case 'severity':
      return rankOf(operand.severity);
    default:
      return Number.NaN;
  }
}

/** Shares are divided numbers. */
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6;

function test(query: Test): Holds {
  const found = fieldOf(query.field);
  if (!found || found.field.type === 'flag') return NEVER;
  const { field, key } = found;
  const { operator, operands } = query;
  if (COMPARES[operator] !== undefined) return range([query]);
  const negated = operator === '!=' || operator === '!~' || operator === 'not in';
  const holds = field.type === 'text' ? texts(field, key, operator, operands) : equals(field, operands);
  if (!negated) return holds;
  const isKnown = field.measured ? knows(field) : ALWAYS;
  return (subject, now) => isKnown(subject, now) && !holds(subject, now);
}

function knows(field: Field): Holds {
  if (field.type === 'flag') return ALWAYS;
  if (field.type === 'text') return (subject) => field.read(subject, '').length > 0;
  const read = readNumbers(field);
  return (subject, now) => read(subject, now).length > 0;
}

function equals(field: NumberField, operands: readonly Operand[]): Holds {
  const read = readNumbers(field);
  const limits = operands.map(limitOf);
  return (subject, now) =>
    read(subject, now).some((number) =>
      limits.some((limit) => limit(subject, now).some((other) => near(number, other))),
    );
}

function texts(
  field: Extract<Field, { type: 'text' }>,
  key: string,
  operator: Operator,
  operands: readonly Operand[],
): Holds {
  const contains = operator === '~' || operator === '!~';
  const tests = operands.map((operand) => textTest(operand, contains));
  return (subject) => field.read(subject, key).some((text) => tests.some((holds) => holds(text)));
}

function textTest(operand: Operand, contains: boolean): (text: string) => boolean {
  if (operand.as === 'pattern') {
    const read = patternTest(operand.source);
    return read.ok ? read.test : () => false;
  }
  const wanted = operand.as === 'text' ? operand.text.toLowerCase() : '';
  return contains ? (text) => text.includes(wanted) : (text) => text === wanted;
}
