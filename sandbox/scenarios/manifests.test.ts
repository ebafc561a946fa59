import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { creationOrder, readManifests } from './manifests';

const samples = fileURLToPath(new URL('../../../shared/data/samples/', import.meta.url));

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'manifests-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const configMap = (name: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n${more}`;
const names = (path: string) => readManifests(path).map((object) => object.metadata.name);

describe('readManifests', () => {
  it('reads every document of a file, skipping empty ones', () => {
    expect(
      names(file('a.yaml', `---\n${configMap('a')}---\n# nothing\n---\n${configMap('b')}---\n`)),
    ).toEqual(['a', 'b']);
  });

  it('reads a folder and its folders, YAML and JSON, and leaves other files alone', () => {
    file('b/c.yml', configMap('c'));
    file('a.yaml', configMap('a'));
    file('z.json', '{\n\t"apiVersion": "v1",\n\t"kind": "ConfigMap",\n\t"metadata": {"name": "z"}\n}');
    file('README.md', '# not: [a manifest');
    file('.hidden/x.yaml', 'not: [a manifest');
    expect(names(folder)).toEqual(['a', 'c', 'z']);
  });

  it('expands lists, also those whose items leave out their kind', () => {
    file(
      'a.yaml',
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: s}}\n',
    );
    file('b.yaml', 'apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: d}\n');
    expect(readManifests(folder)).toEqual([
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' } },
    ]);
  });

  it('resolves anchors and merge keys', () => {
    const text = `${configMap('a')}data: &base { x: "1" }\nbinaryData: { <<: *base, y: "2" }\n`;
    expect(readManifests(file('a.yaml', text))[0]).toMatchObject({ binaryData: { x: '1', y: '2' } });
  });

  it('keeps the later of two objects with one identity', () => {
    file('1.yaml', configMap('a', 'data: {v: "1"}\n') + '---\n' + configMap('b'));
    file('2.yaml', configMap('a', 'data: {v: "2"}\n'));
    expect(readManifests(folder)).toEqual([
      expect.objectContaining({ metadata: { name: 'b' } }),
      expect.objectContaining({ metadata: { name: 'a' }, data: { v: '2' } }),
    ]);
  });

  it('names file, line and column of what is not YAML', () => {
    const path = file('bad.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n bad: [1\n');
    expect(() => readManifests(path)).toThrow(new RegExp(`^${path}:5:1: not valid YAML: .+[^:\n]$`));
  });

  it('says where a later document of a file is no Kubernetes object', () => {
    const path = file('bad.yaml', `${configMap('a')}---\n\n  replicas: 3\n`);
    expect(() => readManifests(path)).toThrow(
      `${path}:6:3: not a Kubernetes object: apiVersion and kind are needed.`,
    );
  });

  it.each([
    ['kind: ConfigMap\napiVersion: v1\n', 'this ConfigMap has no metadata.name.'],
    ['just text\n', 'not a Kubernetes object'],
    ['- a\n- b\n', 'not a Kubernetes object'],
  ])('refuses %j', (text, message) => {
    expect(() => readManifests(file('bad.yaml', text))).toThrow(message);
  });

  it('says that a path does not exist, or holds nothing to read', () => {
    expect(() => readManifests(join(folder, 'nowhere'))).toThrow('There is no file or folder');
    expect(() => readManifests(folder)).toThrow('holds no *.yaml, *.yml or *.json file');
  });

  describe.skipIf(!existsSync(samples))('on the published App Mesh examples', () => {
    const files = existsSync(samples) ? readdirSync(samples) : [];
    it.each(files)('%s', (name) => {
      const objects = readManifests(samples + name);
      const kinds = new Set(objects.map((object) => object.kind));
      expect([...kinds]).toEqual(
        expect.arrayContaining(['Namespace', 'Mesh', 'VirtualNode', 'VirtualService']),
      );
    });
    it('reads the whole folder at once', () => {
      expect(readManifests(samples).length).toBeGreaterThan(300);
    });
  });
});

describe('creationOrder', () => {
  it('puts what others need first and workloads last, keeping the rest as it was', () => {
    const object = (kind: string, name: string) => ({ apiVersion: 'x/v1', kind, metadata: { name } });
    const ordered = creationOrder([
      object('Deployment', 'd'),
      object('Ingress', 'i'),
      object('GatewayRoute', 'g'),
      object('VirtualNode', 'n2'),
      object('VirtualNode', 'n1'),
      object('VirtualGateway', 'v'),
      object('Mesh', 'm'),
      object('CustomResourceDefinition', 'c'),
      object('Namespace', 'ns'),
    ]);
    expect(ordered.map((o) => o.metadata.name)).toEqual(['ns', 'c', 'm', 'v', 'n2', 'n1', 'g', 'i', 'd']);
  });
});
