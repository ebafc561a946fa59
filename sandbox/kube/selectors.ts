/** Label and field selectors, as query strings and as LabelSelector objects. */
import type { KubeObject } from './types';
import { StatusError } from './types';

export type Predicate = (object: KubeObject) => boolean;

const badRequest = (message: string) => new StatusError(400, 'BadRequest', message);

/** Splits at commas that stand outside parentheses. */
function clauses(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

type LabelTest = (labels: Record<string, string>) => boolean;

function labelClause(clause: string): LabelTest {
  const set = /^([^\s!=]+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(clause);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const members = list.split(',').map((member) => member.trim());
    return operator === 'in'
      ? (labels) => labels[key] !== undefined && members.includes(labels[key])
      : (labels) => labels[key] === undefined || !members.includes(labels[key]);
  }
  const equality = /^([^\s!=]+)\s*(==|=|!=)\s*([^\s!=]*)$/.exec(clause);
  if (equality) {
    const [, key = '', operator, wanted = ''] = equality;
    return operator === '!=' ? (labels) => labels[key] !== wanted : (labels) => labels[key] === wanted;
  }
  const presence = /^(!?)\s*([A-Za-z0-9._/-]+)$/.exec(clause);
  if (presence) {
    const [, not, key = ''] = presence;
    return (labels) => (labels[key] === undefined) === (not === '!');
  }
  throw badRequest(`unable to parse requirement: ${clause}`);
}

/** Parses `labelSelector=`; throws 400 on what cannot be read. */
export function labelSelector(text: string): Predicate {
  const tests = clauses(text).map(labelClause);
  return (object) => tests.every((test) => test(object.metadata.labels ?? {}));
}

/** Parses `fieldSelector=`; any scalar field by its path. */
export function fieldSelector(text: string): Predicate {
  const tests = clauses(text).map((clause) => {
    const parsed = /^([A-Za-z0-9_.[\]/-]+)(==|=|!=)(.*)$/.exec(clause);
    if (!parsed) throw badRequest(`invalid selector: '${clause}'; can't understand '${clause}'`);
    const [, path = '', operator, wanted = ''] = parsed;
    return (object: KubeObject) => {
      const found = path.split('.').reduce<unknown>(
        (at, step) =>
          // Free-form walk: anything that is not an object has no fields.
          typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined,
        object,
      );
      return (String(found ?? '') === wanted) === (operator !== '!=');
    };
  });
  return (object) => tests.every((test) => test(object));
}

export interface LabelSelectorObject {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** Whether a LabelSelector object matches. An absent selector matches nothing, an empty one everything. */
export function matchesSelector(
  selector: LabelSelectorObject | undefined,
  labels: Record<string, string> | undefined,
): boolean {
  if (selector === undefined) return false;
  const have = labels ?? {};
  if (Object.entries(selector.matchLabels ?? {}).some(([key, wanted]) => have[key] !== wanted)) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const actual = have[key];
    if (operator === 'Exists') return actual !== undefined;
    if (operator === 'DoesNotExist') return actual === undefined;
    if (operator === 'In') return actual !== undefined && values.includes(actual);
    return actual === undefined || !values.includes(actual);
  });
}
