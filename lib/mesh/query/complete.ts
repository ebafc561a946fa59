/** What could be typed at a place of an expression: fields, operators, and values that occur in the mesh. */
import { fieldOf, FIELDS, operatorsOf, SEVERITIES } from './fields';
import type { Field } from './fields';
import { rolesOf } from './roles';
import type { Place } from './roles';
import type { Subject, Subjects } from './subject';
import { asWord } from './tokens';

export interface CompletionOption {
  /** What is put in place of `from` to `to`. */
  text: string;
  kind: 'field' | 'operator' | 'operand' | 'word';
  /** Key of one line on what it is. */
  detailKey?: string;
}

export interface Completion {
  from: number;
  to: number;
  options: CompletionOption[];
}

/** Entries that are offered at most. */
const MOST = 40;
const MOST_WORDS = 8;

const DETAILS: Readonly<Record<string, string>> = {
  '=': 'find.operator.equal',
  '!=': 'find.operator.unequal',
  '<': 'find.operator.less',
  '<=': 'find.operator.lessEqual',
  '>': 'find.operator.more',
  '>=': 'find.operator.moreEqual',
  '~': 'find.operator.contains',
  '!~': 'find.operator.lacks',
  in: 'find.operator.in',
  'not in': 'find.operator.notIn',
  and: 'find.keyword.and',
  or: 'find.keyword.or',
  not: 'find.keyword.not',
};

/** What can stand at `caret`. `from` and `to` enclose the token it would take the place of; nothing is offered within quotes. */
export function complete(text: string, caret: number, { subjects }: { subjects: Subjects }): Completion {
  const { tokens } = rolesOf(text);
  const at = tokens.find((token) => token.at < caret && caret <= token.end);
  // An operator or bracket just before the caret is finished; a name is still being typed.
  const typed =
    at !== undefined && (at.kind === 'word' || at.kind === 'quoted' || at.kind === 'pattern')
      ? at
      : undefined;
  const from = typed?.at ?? caret;
  const to = typed?.end ?? caret;
  if (typed !== undefined && typed.kind !== 'word') return { from, to, options: [] };
  const partial = text.slice(from, caret);
  const { place } = rolesOf(text.slice(0, from));
  return { from, to, options: best(optionsAt(place, partial, subjects), partial).slice(0, MOST) };
}

/** Those that begin with what is typed, then those that hold it; what stands there already is not offered. */
function best(options: readonly CompletionOption[], partial: string): CompletionOption[] {
  const typed = partial.toLowerCase();
  const rank = ({ text }: CompletionOption) => {
    const at = text.toLowerCase().indexOf(typed);
    return at < 0 ? 2 : Math.min(at, 1);
  };
  return options
    .filter((option) => rank(option) < 2 && option.text !== partial)
    .map((option, n) => ({ option, n }))
    .sort((a, b) => rank(a.option) - rank(b.option) || a.n - b.n)
    .map(({ option }) => option);
}

function optionsAt(place: Place, partial: string, subjects: Subjects): CompletionOption[] {
  switch (place.next) {
    case 'term':
      return [...fieldOptions(subjects), signs(['not']), ...wordOptions(partial, subjects)].flat();
    case 'after':
      return [
        signs(['and', 'or']),
        ...(partial === '' ? [] : [fieldOptions(subjects), wordOptions(partial, subjects)]),
      ].flat();
    case 'operator': {
      const field = fieldOf(place.field)?.field;
      return field ? signs(operatorsOf(field)) : [];
    }
    case 'open':
      return [{ text: '(', kind: 'operator' }];
    case 'operand':
    case 'inside': {
      const found = fieldOf(place.field);
      return found ? operandOptions(found.field, found.key, place.next === 'operand', subjects) : [];
    }
  }
}

const signs = (texts: readonly string[]): CompletionOption[] =>
  texts.map((text) => {
    const detailKey = DETAILS[text];
    return { text, kind: 'operator', ...(detailKey === undefined ? {} : { detailKey }) };
  });

function fieldOptions(subjects: Subjects): CompletionOption[] {
  const option = (text: string, describe: string): CompletionOption => ({
    text,
    kind: 'field',
    detailKey: describe,
  });
  const isLabel = ({ name }: Field) => name.endsWith('.');
  // There may be many labels; they come after what is always there.
  return [
    ...FIELDS.filter((field) => !isLabel(field)).map(({ name, describe }) => option(name, describe)),
    ...FIELDS.filter(isLabel).flatMap(({ name, describe }) =>
      labelKeys(subjects).map((key) => option(name + key, describe)),
    ),
  ];
}

function labelKeys(subjects: Subjects): string[] {
  const keys = new Set<string>();
  for (const { node } of subjects.values())
    if ('labels' in node) for (const key of Object.keys(node.labels)) keys.add(key);
  return [...keys].sort();
}

/** Names of the mesh that hold what is typed. */
function wordOptions(partial: string, subjects: Subjects): CompletionOption[] {
  if (partial.length < 2) return [];
  const typed = partial.toLowerCase();
  const names = new Set<string>();
  for (const { self } of subjects.values())
    for (const name of self.name) if (name.includes(typed)) names.add(name);
  return [...names]
    .sort()
    .slice(0, MOST_WORDS)
    .map((name) => ({ text: asWord(name), kind: 'word' }));
}

const operands = (texts: Iterable<string>): CompletionOption[] =>
  Array.from(texts, (text) => ({ text, kind: 'operand' }));

function operandOptions(field: Field, key: string, one: boolean, subjects: Subjects): CompletionOption[] {
  if (field.examples !== undefined) return operands(field.examples);
  switch (field.type) {
    case 'text':
      return operands(textsOf((subject) => field.read(subject, key), subjects).map(asWord));
    case 'severity':
      return operands(SEVERITIES);
    case 'age':
      return operands(['1m', '5m', '15m', '1h', '1d']);
    case 'number': {
      const numbers = new Set<number>();
      for (const subject of subjects.values()) for (const number of field.read(subject)) numbers.add(number);
      const known = [...numbers]
        .filter(Number.isInteger)
        .sort((a, b) => a - b)
        .map(String);
      const others = FIELDS.filter((other) => other.type === 'number' && other !== field && countable(other));
      // Pods are compared with pods; what a target is given with nothing else.
      return operands([...(one && countable(field) ? others.map(({ name }) => name) : []), ...known]);
    }
    case 'flag':
      return [];
  }
}

const countable = ({ name }: Field): boolean =>
  name === 'pods' || name === 'ready' || name === 'withoutProxy';

function textsOf(read: (subject: Subject) => readonly string[], subjects: Subjects): string[] {
  const texts = new Set<string>();
  for (const subject of subjects.values()) for (const text of read(subject)) texts.add(text);
  return [...texts].filter((text) => text !== '').sort();
}
