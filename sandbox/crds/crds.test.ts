import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../kube/types';
import { ownCrds } from './index';

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const realFolder = `${shared}data/crds/`;
const fieldTable = `${shared}reference/app-mesh-crd-fields.tsv`;

/** Everything but descriptions and the generator's annotation, with lists that have no order sorted. */
function behaviour(node: unknown, key = ''): unknown {
  if (Array.isArray(node)) {
    const items = node.map((item) => behaviour(item));
    return key === 'required' || key === 'enum' ? items.sort() : items;
  }
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(
        ([name, value]) => !(name === 'description' && typeof value === 'string') && name !== 'annotations',
      )
      .map(([name, value]) => [name, behaviour(value, name)]),
  );
}

interface Schema {
  type?: string;
  format?: string;
  enum?: string[];
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  items?: Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

const bound = (label: string, limit: number | undefined): string[] =>
  limit === undefined ? [] : [`${label}=${limit}`];

function bounds(schema: Schema): string[] {
  return [
    ...(schema.enum === undefined ? [] : [`enum=${[...schema.enum].sort().join('|')}`]),
    ...bound('min', schema.minimum),
    ...bound('max', schema.maximum),
    ...bound('minLen', schema.minLength),
    ...bound('maxLen', schema.maxLength),
    ...bound('minItems', schema.minItems),
    ...bound('maxItems', schema.maxItems),
    ...(schema.format === undefined ? [] : [`format=${schema.format}`]),
  ];
}

/** One line per field below `spec` and `status`, in the words of the field table. */
function flatten(schema: Schema, path: string, required: boolean): string[] {
  const line = (name: string, type: string, facts: string[]) =>
    [name, type, required ? 'R' : '-', ...(facts.length > 0 ? [facts.join(' ')] : [])].join(' ');
  if (schema.properties?.['matchExpressions']) return [line(path, 'LabelSelector', [])];
  if (schema.additionalProperties) return [line(path, `map<string,${schema.additionalProperties.type}>`, [])];
  if (schema.type === 'array') {
    const items = schema.items ?? {};
    const inner = bounds(items);
    const type = `array of ${items.type}${inner.length > 0 ? ` {${inner.join(' ')}}` : ''}`;
    return [line(`${path}[]`, type, bounds(schema)), ...fields(items, `${path}[]`)];
  }
  return [line(path, schema.type ?? '', bounds(schema)), ...fields(schema, path)];
}

function fields(schema: Schema, path: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) =>
    flatten(child, path === '' ? name : `${path}.${name}`, schema.required?.includes(name) ?? false),
  );
}

const sortEnum = (line: string) =>
  line.replace(/enum=([^\s}]+)/, (_, values: string) => `enum=${values.split('|').sort().join('|')}`);

/** The table as kind → its lines. A heading `## Kind`, then tab-separated path, type, required, bounds. */
function tableByKind(): Map<string, string[]> {
  const kinds = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of readFileSync(fieldTable, 'utf8').split('\n')) {
    if (line.startsWith('## ')) kinds.set(line.slice(3).trim(), (current = []));
    else if (line.trim() !== '')
      current.push(
        sortEnum(
          line
            .trim()
            .split(/\s*\t\s*/)
            .join(' '),
        ),
      );
  }
  return kinds;
}

const byName = (crds: KubeObject[]) => new Map(crds.map((crd) => [crd.metadata.name, crd]));

describe('the project’s own CRDs', () => {
  it('define the seven kinds, all namespaced but Mesh, each with a status of its own', () => {
    const kinds = ownCrds().map((crd) => [crd['spec'].names.kind, crd['spec'].scope]);
    expect(kinds).toEqual([
      ['BackendGroup', 'Namespaced'],
      ['GatewayRoute', 'Namespaced'],
      ['Mesh', 'Cluster'],
      ['VirtualGateway', 'Namespaced'],
      ['VirtualNode', 'Namespaced'],
      ['VirtualRouter', 'Namespaced'],
      ['VirtualService', 'Namespaced'],
    ]);
    for (const crd of ownCrds()) {
      expect(crd['spec'].versions).toHaveLength(1);
      expect(crd['spec'].versions[0]).toMatchObject({ name: 'v1beta2', subresources: { status: {} } });
    }
  });

  it('hands out objects that share nothing', () => {
    const router = ownCrds().find((crd) => crd['spec'].names.kind === 'VirtualRouter');
    const route = router?.['spec'].versions[0].schema.openAPIV3Schema.properties.spec.properties.routes.items;
    route.properties.httpRoute.properties.match.properties.port.minimum = 7;
    expect(route.properties.tcpRoute.properties.match.properties.port.minimum).toBe(0);
  });

  describe.skipIf(!existsSync(realFolder))('beside the CRDs of the App Mesh controller', () => {
    const real = byName(
      existsSync(realFolder)
        ? readdirSync(realFolder).map((file) => parse(readFileSync(realFolder + file, 'utf8')))
        : [],
    );
    it.each(ownCrds().map((crd) => [crd.metadata.name, crd] as const))('%s behaves the same', (name, crd) => {
      expect(behaviour(crd)).toEqual(behaviour(real.get(name)));
    });
    it('none is missing', () => {
      expect([...byName(ownCrds()).keys()].sort()).toEqual([...real.keys()].sort());
    });
  });

  describe.skipIf(!existsSync(fieldTable))('beside the field table', () => {
    const table = existsSync(fieldTable) ? tableByKind() : new Map<string, string[]>();
    it.each(ownCrds().map((crd) => [String(crd['spec'].names.kind), crd] as const))(
      '%s has the same fields, types and bounds',
      (kind, crd) => {
        const { spec, status } = crd['spec'].versions[0].schema.openAPIV3Schema.properties;
        const lines = fields({ properties: { spec, status } }, '').sort();
        expect(lines).toEqual([...(table.get(kind) ?? [])].sort());
      },
    );
  });
});
