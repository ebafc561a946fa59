/** What is wrong with the whitelists of some meshes: rules that are broken, rules that guard nothing, and references that lead nowhere. */
import 'server-only';
import { createTranslate } from '@/lib/i18n/translate';
import { whitelistOf } from '@/lib/mesh/backends/whitelist';
import { idleRules, violationsOf, type PolicyRule, type Violation } from '@/lib/mesh/backends/policy';
import { findFindings } from '@/lib/mesh/findings';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshModel } from '@/lib/mesh/model';
import type { Place } from './manifest-files';

/** One thing that is wrong. */
export interface Result {
  /** Id of the rule, or code of the finding. */
  rule: string;
  severity: 'error' | 'warning';
  message: string;
  mesh: string;
  /** The VirtualNode it is about, as namespace/name; '' for a rule as a whole. */
  node: string;
  /** Where in the object. */
  path: string;
  place?: Place | undefined;
}

export interface Checked {
  results: Result[];
  /** Rules that were asked, with what each says. */
  rules: { id: string; text: string }[];
  meshes: { name: string; nodes: number; services: number }[];
}

const nameOf = (key: EntityKey): string => {
  const { namespace = '', name = key } = parseEntityKey(key) ?? {};
  return namespace === '' ? name : `${namespace}/${name}`;
};

const HOW: Record<string, string> = {
  direct: 'by an entry of its backends',
  group: 'by a backend group',
  wildcard: 'by the backend group *',
  open: 'because it lists nothing and the mesh allows all',
};

function sentence({ rule, node, service, by, hops, first }: Violation): string {
  const over = hops > 1 ? ` over ${nameOf(first)}, ${hops} calls away,` : '';
  const may = `${nameOf(node)} may reach ${nameOf(service)}${over} ${HOW[by] ?? ''}`.trim();
  const forbidden = rule.kind === 'deny' ? 'which the rule denies' : `which only ${rule.from.join(', ')} may`;
  return `${may}, ${forbidden}${rule.because === undefined ? '' : `: ${rule.because}`}.`;
}

/** What a rule says, in a line. */
export function ruleText({ kind, from, to, transitive }: PolicyRule): string {
  const others = transitive ? ', not over others either' : '';
  return kind === 'deny'
    ? `${from.join(', ')} may not reach ${to.join(', ')}${others}`
    : `only ${from.join(', ')} may reach ${to.join(', ')}${others}`;
}

const english = createTranslate('en');

/** References of the backends of nodes that lead nowhere: the controller holds back the whole node for one of them. */
function referencesOf(model: MeshModel, now: Date, placeOf: PlaceOf): Result[] {
  return findFindings(model, now).flatMap((finding): Result[] => {
    const { code, severity, subject, details, path = '' } = finding;
    const inList = /^spec\.backend(s|Groups)\b/.test(path);
    if (!inList || !code.startsWith('MD1') || severity === 'info') return [];
    const { namespace = '', name = '' } = parseEntityKey(subject) ?? {};
    return [
      {
        rule: code,
        severity,
        message: english(`finding.${code}.message`, details),
        mesh: model.mesh.ref.name,
        node: nameOf(subject),
        path,
        place: placeOf(namespace, name, path),
      },
    ];
  });
}

type PlaceOf = (namespace: string, name: string, path: string) => Place | undefined;

/** Asks every rule of every mesh. A rule that names nothing in any of them is a warning: it guards nothing. */
export function evaluate(
  models: readonly MeshModel[],
  rules: readonly PolicyRule[],
  now: Date,
  placeOf: PlaceOf = () => undefined,
): Checked {
  const results: Result[] = [];
  const lists = models.map((model) => ({ model, list: whitelistOf(model.mesh, model.entities.values()) }));
  for (const { model, list } of lists) {
    for (const violation of violationsOf(list, rules)) {
      const { rule, node, path } = violation;
      const { namespace = '', name = '' } = parseEntityKey(node) ?? {};
      results.push({
        rule: rule.id,
        severity: rule.severity,
        message: sentence(violation),
        mesh: model.mesh.ref.name,
        node: nameOf(node),
        path,
        place: placeOf(namespace, name, path),
      });
    }
    results.push(...referencesOf(model, now, placeOf));
  }
  const idle = rules.filter((rule) => lists.every(({ list }) => idleRules(list, [rule]).length > 0));
  for (const { id, from, to } of idle)
    results.push({
      rule: id,
      severity: 'warning',
      message: `The rule guards nothing: no VirtualNode is named ${from.join(', ')}, or no VirtualService ${to.join(', ')}.`,
      mesh: '',
      node: '',
      path: '',
    });
  return {
    results,
    rules: rules.map((rule) => ({ id: rule.id, text: ruleText(rule) })),
    meshes: lists.map(({ model, list }) => ({
      name: model.mesh.ref.name,
      nodes: list.nodes.size,
      services: list.services.size,
    })),
  };
}
