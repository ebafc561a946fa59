/** Expressions as text, always in the same words: parsing what is printed gives the same expression. */
import type { Operand, Query } from './syntax';
import { asWord, inQuotes } from './tokens';
import { fieldOf } from './fields';

const UNITS = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'm'],
] as const;

function printAge(seconds: number): string {
  const [size, unit] = (seconds > 0 && UNITS.find(([whole]) => seconds % whole === 0)) || ([1, 's'] as const);
  return `${seconds / size}${unit}`;
}

/** A number as it is read: never in the form 1e21. */
const printNumber = (number: number): string =>
  Number.isInteger(number) && Math.abs(number) < 1e15
    ? String(number)
    : number.toFixed(6).replace(/\.?0+$/, '');

/** An operand as it is written. */
export function printOperand(operand: Operand): string {
  switch (operand.as) {
    case 'text':
      return asWord(operand.text);
    case 'pattern':
      return `/${operand.source}/`;
    case 'number':
      return printNumber(operand.number);
    case 'severity':
      return operand.severity;
    case 'age':
      return printAge(operand.seconds);
    case 'field':
      return operand.field;
  }
}

/** A word that would be read as a field or a part of a test goes in quotes. */
const printWord = (text: string): string =>
  fieldOf(text) !== undefined || /^(?:routes|label\.)$/i.test(text) ? inQuotes(text) : asWord(text);

/** The canonical text of a query. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'all':
      return '';
    case 'word':
      return printWord(query.text);
    case 'flag':
      return query.field;
    case 'test': {
      const operands = query.operands.map(printOperand).join(', ');
      const list = query.operator === 'in' || query.operator === 'not in';
      return `${query.field} ${query.operator} ${list ? `(${operands})` : operands}`;
    }
    case 'not':
      return `not ${inside(query.of)}`;
    case 'and':
      return query.of.map((part) => (part.kind === 'or' ? inside(part) : printQuery(part))).join(' and ');
    case 'or':
      return query.of.map(printQuery).join(' or ');
  }
}

const inside = (query: Query): string =>
  query.kind === 'and' || query.kind === 'or' ? `(${printQuery(query)})` : printQuery(query);
