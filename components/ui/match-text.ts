import type { MatchCondition } from '@/lib/mesh/model';

const SIGNS: Record<MatchCondition['operator'], string> = {
  exact: '=',
  prefix: '^=',
  suffix: '$=',
  regex: '~',
  range: '∈',
  present: '?',
};

/**
 * A route's match as short technical text, the same in every language: `/cart*`, `GET`, `x-canary = yes`,
 * `!x-user`. Conditions are joined by ` & `; without any, `*` matches everything.
 */
export function matchText(match: readonly MatchCondition[]): string {
  return match.length === 0 ? '*' : match.map(conditionText).join(' & ');
}

/** One condition of a match in the same words. */
export function conditionText(condition: MatchCondition): string {
  const operand = condition.operand ?? '';
  const not = condition.negated === true ? '!' : '';
  switch (condition.on) {
    case 'prefix':
      return `${not}${operand}*`;
    case 'path':
      return `${not}${condition.operator === 'regex' ? '~ ' : ''}${operand}`;
    case 'method':
    case 'service':
      return `${not}${operand}`;
    case 'port':
      return `${not}:${operand}`;
    case 'scheme':
      return `${not}${operand}://`;
    case 'hostname':
      return `${not}${condition.operator === 'suffix' ? '*' : ''}${operand}`;
    case 'query':
      return named(`?${condition.name ?? ''}`);
    case 'header':
    case 'metadata':
      return named(condition.name ?? '');
  }

  function named(name: string): string {
    if (condition.operator === 'present') return `${not}${name}`;
    return `${not}${name} ${SIGNS[condition.operator]} ${operand}`;
  }
}
