import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseAllDocuments } from 'yaml';
import type { KubeObject } from '../kube/types';

/**
 * Reads the Kubernetes objects of a YAML or JSON file, or of every such file below a folder (in the order of their
 * paths). Lists are expanded; of two objects with the same identity the later one counts, as after `kubectl apply`.
 * Throws an Error that names the file, line and column where a file cannot be read as Kubernetes objects.
 */
export function readManifests(path: string): KubeObject[] {
  if (!existsSync(path)) throw new Error(`There is no file or folder ${path} to read manifests from.`);
  const files = statSync(path).isDirectory() ? manifestFiles(path) : [path];
  if (files.length === 0) throw new Error(`The folder ${path} holds no *.yaml, *.yml or *.json file.`);
  const found = new Map<string, KubeObject>();
  for (const object of files.flatMap(readFile)) {
    const key = identity(object);
    found.delete(key);
    found.set(key, object);
  }
  return [...found.values()];
}

/** Objects in an order in which a cluster with the App Mesh webhooks accepts them one after the other. */
export function creationOrder(objects: readonly KubeObject[]): KubeObject[] {
  const rank = (object: KubeObject) => {
    const place = ORDER.findIndex((kinds) => kinds.includes(object.kind));
    return place === -1 ? UNLISTED : place;
  };
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

/**
 * A mesh must be there before its members are designated, a gateway before its routes; nodes come before the workloads
 * whose pods they select, or the pods would be refused or start without a proxy.
 */
const ORDER: readonly (readonly string[])[] = [
  ['Namespace'],
  ['CustomResourceDefinition'],
  ['ServiceAccount', 'Secret', 'ConfigMap', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  ['Mesh'],
  ['VirtualGateway'],
  ['BackendGroup'],
  ['VirtualNode'],
  ['VirtualRouter'],
  ['VirtualService'],
  ['GatewayRoute'],
  ['Service'],
  [],
  ['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'],
];
const UNLISTED = ORDER.findIndex((kinds) => kinds.length === 0);

function manifestFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (statSync(path).isDirectory()) return manifestFiles(path);
      return /\.(ya?ml|json)$/.test(entry.name) ? [path] : [];
    });
}

function readFile(file: string): KubeObject[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), { lineCounter, merge: true });
  if ('empty' in documents) return [];
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error)
      throw new Error(`${file}:${place(error.linePos?.[0])}: not valid YAML: ${firstLine(error.message)}`);
    const content: unknown = document.toJS({ maxAliasCount: -1 });
    if (content === null || content === undefined) return [];
    const where = `${file}:${place(lineCounter.linePos(document.contents?.range?.[0] ?? 0))}`;
    return objectsOf(content, where);
  });
}

function objectsOf(
  content: unknown,
  where: string,
  list?: { apiVersion: string; kind: string },
): KubeObject[] {
  const object = isRecord(content) ? { ...list, ...content } : {};
  const { apiVersion, kind, metadata, items } = object as Partial<Record<string, unknown>>;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    throw new Error(`${where}: not a Kubernetes object: apiVersion and kind are needed.`);
  }
  if (kind.endsWith('List') && Array.isArray(items)) {
    // A typed list's items may leave out their own kind; those of the plain `List` always carry it.
    const item = kind === 'List' ? undefined : { apiVersion, kind: kind.slice(0, -'List'.length) };
    return items.flatMap((entry) => objectsOf(entry, where, item));
  }
  if (!isRecord(metadata) || typeof metadata['name'] !== 'string') {
    throw new Error(`${where}: this ${kind} has no metadata.name.`);
  }
  return [{ ...object, apiVersion, kind, metadata: { ...metadata, name: metadata['name'] } }];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const place = (position: { line: number; col: number } | undefined) =>
  position ? `${position.line}:${position.col}` : '1:1';

/** The parser's message goes on with a copy of the offending lines; the place is in it twice then. */
const firstLine = (message: string) =>
  (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');

function identity(object: KubeObject): string {
  const group = object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '';
  return [group, object.kind, object.metadata.namespace ?? '', object.metadata.name].join('|');
}
