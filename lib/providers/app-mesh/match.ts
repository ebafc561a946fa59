/** Matches of routes and gateway routes as a flat list of conditions, all of which must hold. */
import type { MatchCondition } from '@/lib/mesh/model';
import type { MatchCr, NamedMatchCr } from './cr';

function named(on: MatchCondition['on'], match: NamedMatchCr): MatchCondition {
  const base = { on, name: match.name, ...(match.invert === true ? { negated: true } : {}) };
  const how = match.match;
  for (const operator of ['exact', 'prefix', 'suffix', 'regex'] as const) {
    const operand = how?.[operator];
    if (operand !== undefined && operand !== null) return { ...base, operator, operand };
  }
  if (how?.range) return { ...base, operator: 'range', operand: `${how.range.start}..${how.range.end}` };
  return { ...base, operator: 'present' };
}

/** The conditions of a match, in the order a reader wants them: path, host, method, then headers. */
export function matchConditions(match: MatchCr | null | undefined): MatchCondition[] {
  if (!match) return [];
  const conditions: MatchCondition[] = [];
  const add = (
    on: MatchCondition['on'],
    operator: MatchCondition['operator'],
    operand: string | number | null | undefined,
  ) => {
    if (operand !== undefined && operand !== null)
      conditions.push({ on, operator, operand: String(operand) });
  };
  add('hostname', 'exact', match.hostname?.exact);
  add('hostname', 'suffix', match.hostname?.suffix);
  add('prefix', 'prefix', match.prefix);
  add('path', 'exact', match.path?.exact);
  add('path', 'regex', match.path?.regex);
  if (match.serviceName !== undefined && match.serviceName !== null)
    add(
      'service',
      'exact',
      match.methodName ? `${match.serviceName}/${match.methodName}` : match.serviceName,
    );
  else if (match.methodName) add('service', 'exact', `/${match.methodName}`);
  add('method', 'exact', match.method);
  add('scheme', 'exact', match.scheme);
  for (const each of match.headers ?? []) conditions.push(named('header', each));
  for (const each of match.queryParameters ?? []) conditions.push(named('query', each));
  for (const each of match.metadata ?? []) conditions.push(named('metadata', each));
  add('port', 'exact', match.port);
  return conditions;
}
