/** The search expression: which series are meant. */
import type { Series } from './catalogue';
import { invalid } from './requests';

type Match = (series: Series) => boolean;

/**
 * `Namespace="ns" Mesh="m" MetricName="x"`, a dimension's value or `("a" OR "b")`, words that are part of any name or value,
 * and in front of it all `{Namespace,Dimension,…}`, which wants exactly these dimensions. Conditions side by side must all
 * hold. Throws ValidationError for anything else.
 */
export function searchFor(terms: string): Match {
  const tests: Match[] = [];
  let rest = terms.trim();
  const schema = /^\{([^}]*)\}/.exec(rest);
  if (schema) {
    const [namespace, ...names] = (schema[1] ?? '').split(',').map((part) => unquoted(part.trim()));
    const wanted = [...names].sort().join();
    tests.push(
      (series) =>
        series.namespace === namespace &&
        series.dimensions
          .map(([name]) => name)
          .sort()
          .join() === wanted,
    );
    rest = rest.slice(schema[0].length);
  }
  const term =
    /\s*(?:AND\s+)?(?:("[^"]*"|[\w.:/-]+)\s*=\s*(\([^)]*\)|"[^"]*"|[\w.:/-]+)|("[^"]*"|[\w.:/-]+))/y;
  for (rest = rest.trim(); term.lastIndex < rest.length;) {
    const found = term.exec(rest);
    if (!found) throw invalid(`Invalid search expression: ${terms}`);
    const [, name, value, word] = found;
    if (word !== undefined) tests.push(mentions(unquoted(word)));
    else if (name !== undefined && value !== undefined)
      tests.push(holds(unquoted(name), alternatives(value)));
  }
  return (series) => tests.every((test) => test(series));
}

const unquoted = (text: string) => text.replace(/^"(.*)"$/, '$1');

const alternatives = (value: string): string[] =>
  value.startsWith('(')
    ? value
        .slice(1, -1)
        .split(/\s+OR\s+/i)
        .map((each) => unquoted(each.trim()))
    : [unquoted(value)];

function holds(name: string, values: string[]): Match {
  if (name === 'Namespace') return ({ namespace }) => values.includes(namespace);
  if (name === 'MetricName') return (series) => values.includes(series.name);
  return ({ dimensions }) => dimensions.some(([key, value]) => key === name && values.includes(value));
}

const mentions =
  (word: string): Match =>
  ({ namespace, name, dimensions }) => {
    const wanted = word.toLowerCase();
    return [namespace, name, ...dimensions.flat()].some((text) => text.toLowerCase().includes(wanted));
  };
