/** The find language as data: what an expression means, and what can be wrong with one. */
import type { Finding } from '../finding';

export type Severity = Finding['severity'];
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~' | 'in' | 'not in';

/** What a field is compared with. Text is kept as written; upper and lower case never matter. */
export type Operand =
  | { as: 'text'; text: string }
  /** Source of a regular expression, without its slashes. */
  | { as: 'pattern'; source: string }
  | { as: 'number'; number: number }
  | { as: 'severity'; severity: Severity }
  | { as: 'age'; seconds: number }
  /** Another number field of the same object. */
  | { as: 'field'; field: string };

export type Query =
  /** Everything: an empty expression. Only ever the whole of a query. */
  | { kind: 'all' }
  /** Found somewhere in kind, namespace, name or host name. */
  | { kind: 'word'; text: string }
  /** A property that stands alone, such as `idle`; `label.team` alone asks whether there is such a label. */
  | { kind: 'flag'; field: string }
  /** `in` and `not in` have any number of operands, all others exactly one. */
  | { kind: 'test'; field: string; operator: Operator; operands: readonly Operand[] }
  | { kind: 'not'; of: Query }
  /** At least two; none of them is of the same kind (`a and (b and c)` is `a and b and c`). */
  | { kind: 'and' | 'or'; of: readonly Query[] };

/** What is wrong with an expression, and where. `at` and `length` count UTF-16 units, as the text's own positions do. */
export interface QueryError {
  at: number;
  length: number;
  /** Key of the sentence, with its values. */
  message: QueryErrorKey;
  values: Record<string, string | number>;
  /** What could stand there, where that can be listed. */
  expected: string[];
}

export type QueryErrorKey =
  | 'find.error.long'
  | 'find.error.deep'
  | 'find.error.quote'
  | 'find.error.patternOpen'
  | 'find.error.pattern'
  | 'find.error.patternLarge'
  | 'find.error.termMissing'
  | 'find.error.unexpected'
  | 'find.error.open'
  | 'find.error.close'
  | 'find.error.field'
  | 'find.error.operator'
  | 'find.error.operandMissing'
  | 'find.error.list'
  | 'find.error.number'
  | 'find.error.severity'
  | 'find.error.age';

/** Longest expression that is read, in UTF-16 units; it also bounds what a request can cost. */
export const LONGEST_QUERY = 1_000;

/** Joins parts with `and` or `or`; one part stays as it is, and parts of the same kind are taken apart. */
export function joined(kind: 'and' | 'or', parts: readonly Query[]): Query {
  const of = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind, of };
}
