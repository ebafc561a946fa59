/** A check as people and CI systems read it: text, JSON, SARIF 2.1.0, JUnit XML. */
import 'server-only';
import type { Checked, Result } from './evaluate';

export const FORMATS = ['text', 'json', 'sarif', 'junit'] as const;
export type Format = (typeof FORMATS)[number];

const where = ({ place, node }: Result): string =>
  place === undefined ? node : `${place.file}:${place.line}${node === '' ? '' : ` ${node}`}`;

function text({ results, meshes }: Checked): string {
  const lines = results.map((each) =>
    [
      each.severity.padEnd(7),
      each.rule.padEnd(16),
      [where(each), each.message].filter(Boolean).join(': '),
    ].join(' '),
  );
  const count = (severity: Result['severity']) => {
    const { length } = results.filter((each) => each.severity === severity);
    return `${length} ${severity}${length === 1 ? '' : 's'}`;
  };
  const looked = meshes.map(({ name, nodes, services }) => `${name} (${nodes} nodes, ${services} services)`);
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    `Looked at ${looked.join(', ') || 'no mesh'}: ${count('error')}, ${count('warning')}.`,
    '',
  ].join('\n');
}

/** Rules by what is known of them; a finding is a rule as well. */
function ruleIds({ rules, results }: Checked): { id: string; text: string }[] {
  const others = [...new Set(results.map(({ rule }) => rule))].filter((id) =>
    rules.every((each) => each.id !== id),
  );
  return [...rules, ...others.map((id) => ({ id, text: `meshdeck finding ${id}` }))];
}

/** SARIF 2.1.0 (OASIS): a result has the line of its manifest, or, of a cluster, the name of the object alone. */
function sarif(checked: Checked): string {
  const results = checked.results.map((each) => {
    const { place, node, path, mesh } = each;
    const logical =
      node === '' ? [] : [{ fullyQualifiedName: `${mesh}/VirtualNode/${node}#${path}`, kind: 'object' }];
    return {
      ruleId: each.rule,
      level: each.severity,
      message: { text: each.message },
      locations: [
        {
          ...(place === undefined
            ? {}
            : {
                physicalLocation: {
                  artifactLocation: { uri: place.file.replaceAll('\\', '/') },
                  region: { startLine: place.line },
                },
              }),
          logicalLocations: logical,
        },
      ],
    };
  });
  const driver = {
    name: 'meshdeck',
    rules: ruleIds(checked).map(({ id, text: says }) => ({ id, shortDescription: { text: says } })),
  };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const escaped = (raw: string): string =>
  raw
    .replace(/[<>&"']/g, (sign) => `&#${sign.codePointAt(0)};`)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ''); // eslint-disable-line no-control-regex -- XML 1.0 has no such characters

/** JUnit XML: a test case for each rule, failed where an error breaks it; warnings are said and fail nothing. */
function junit(checked: Checked): string {
  const cases = ruleIds(checked).map(({ id, text: says }) => {
    const own = checked.results.filter(({ rule }) => rule === id);
    const said = (some: readonly Result[]) =>
      escaped(some.map((each) => [where(each), each.message].filter(Boolean).join(': ')).join('\n'));
    const errors = own.filter(({ severity }) => severity === 'error');
    const warnings = own.filter(({ severity }) => severity === 'warning');
    const inside = [
      errors.length > 0
        ? `<failure message="${escaped(`${errors.length} broken`)}">${said(errors)}</failure>`
        : '',
      warnings.length > 0 ? `<system-out>${said(warnings)}</system-out>` : '',
    ].join('');
    return {
      failed: errors.length > 0,
      xml: `    <testcase classname="meshdeck.backends" name="${escaped(`${id}: ${says}`)}">${inside}</testcase>`,
    };
  });
  const failures = cases.filter(({ failed }) => failed).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failures}">`,
    `  <testsuite name="meshdeck check" tests="${cases.length}" failures="${failures}">`,
    ...cases.map(({ xml }) => xml),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** The report in one of the formats. */
export function report(checked: Checked, format: Format): string {
  switch (format) {
    case 'text':
      return text(checked);
    case 'json':
      return `${JSON.stringify(checked, null, 2)}\n`;
    case 'sarif':
      return sarif(checked);
    case 'junit':
      return junit(checked);
  }
}
