/** Reading manifests, and where in their files things stand. */
import 'server-only';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parseAllDocuments, type Document } from 'yaml';
import { z } from 'zod';
import { APP_MESH_GROUP } from '@/lib/providers/app-mesh/resources';
import type { ManifestObject } from '@/lib/providers/app-mesh/manifests';

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});
const ofAppMesh = z.looseObject({ apiVersion: z.string().startsWith(`${APP_MESH_GROUP}/`) });
const listOf = z.looseObject({ kind: z.literal('List'), items: z.array(z.unknown()) });

export interface Place {
  file: string;
  /** 1 is the first. */
  line: number;
}

export interface ReadManifests {
  objects: ManifestObject[];
  /** Where an object stands, or a part of it such as `spec.backends[1]`; undefined for one that is in no file. */
  placeOf(kind: string, namespace: string, name: string, path?: string): Place | undefined;
  /** Documents that cannot be read, and App Mesh objects without a name: what, and where. */
  problems: { place: Place; message: string }[];
}

/** Files below a path, in order; a path that is a file is itself. Throws for one that is not there. */
export function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const keysOf = (path: string): (string | number)[] =>
  path.split(/[.[\]]+/).flatMap((part) => (part === '' ? [] : [/^\d+$/.test(part) ? Number(part) : part]));

interface Known {
  file: string;
  document: Document;
  lines: LineCounter;
  root: (string | number)[];
}

/** The line of the deepest part of a path that is in the document. */
function lineOf({ document, lines, root }: Known, path: string): number {
  const keys = [...root, ...keysOf(path)];
  for (let depth = keys.length; depth >= 0; depth -= 1) {
    const node = depth === 0 ? document.contents : document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** Reads every YAML document of these files. */
export function readManifests(files: readonly string[]): ReadManifests {
  const objects: ManifestObject[] = [];
  const problems: ReadManifests['problems'] = [];
  const known = new Map<string, Known>();
  const take = (found: unknown, at: Omit<Known, 'root'>, root: Known['root']): void => {
    const list = listOf.safeParse(found);
    if (list.success) {
      list.data.items.forEach((item, i) => take(item, at, ['items', i]));
      return;
    }
    const parsed = manifest.safeParse(found);
    if (!parsed.success) {
      // Repositories hold other YAML as well: values of charts, kustomizations, rule files.
      if (!ofAppMesh.safeParse(found).success) return;
      const place = { file: at.file, line: lineOf({ ...at, root }, '') };
      problems.push({ place, message: 'this object has no metadata.name' });
      return;
    }
    const { kind, metadata } = parsed.data;
    objects.push(parsed.data);
    known.set(`${kind} ${metadata.namespace ?? 'default'}/${metadata.name}`, { ...at, root });
  };
  for (const file of files) {
    const lines = new LineCounter();
    for (const document of parseAllDocuments(readFileSync(file, 'utf8'), { lineCounter: lines })) {
      if (!('contents' in document)) continue;
      const [error] = document.errors;
      if (error !== undefined)
        problems.push({
          place: { file, line: error.linePos?.[0].line ?? 1 },
          message: error.message.split('\n')[0] ?? '',
        });
      else {
        const found: unknown = document.toJS(); // null for a document of comments alone
        if (found !== null) take(found, { file, document, lines }, []);
      }
    }
  }
  return {
    objects,
    problems,
    placeOf(kind, namespace, name, path = '') {
      const found = known.get(`${kind} ${namespace}/${name}`) ?? known.get(`${kind} default/${name}`);
      return found && { file: found.file, line: lineOf(found, path) };
    },
  };
}
