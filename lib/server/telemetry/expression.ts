/** X-Ray filter expressions (X-Ray developer guide, "Use filter expressions"). */
import 'server-only';
import type { MeshModel } from '@/lib/mesh/model';
import { subjectsOfKey } from '@/lib/mesh/telemetry/subject';
import { fail, type Failure } from '../problem';

const STATUS: Readonly<Record<string, string>> = {
  ok: 'ok',
  error: 'error',
  throttle: 'throttle',
  fault: 'fault',
};

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** Names of a mesh's proxies as X-Ray knows them. */
const segmentName = ({ mesh }: MeshModel, awsName: string): string =>
  quoted(`${mesh.awsName}${mesh.owner === undefined ? '' : `@${mesh.owner}`}/${awsName}`);

/** Traces that an entity or edge takes part in; `undefined` where X-Ray has no word for it. */
function about(model: MeshModel, key: string): string | undefined {
  const parts = subjectsOfKey(model, key).flatMap(({ from, to }) => {
    const [caller, target] = [from?.awsName, to].map((name) =>
      name === undefined ? undefined : segmentName(model, name),
    );
    if (caller !== undefined && target !== undefined) return `edge(${caller}, ${target})`;
    const one = caller ?? target;
    return one === undefined ? [] : `service(${one})`;
  });
  const distinct = [...new Set(parts)];
  if (distinct.length === 0) return undefined;
  return distinct.length === 1 ? distinct[0] : `(${distinct.join(' OR ')})`;
}

/** All traces of the mesh: those that one of its gateways, or else nodes, takes part in. Without this, every mesh of the account. */
function ofMesh(model: MeshModel): string | undefined {
  const gateways = [...model.entities.values()].filter(({ kind }) => kind === 'gateway');
  const names = gateways.map(({ awsName }) => `service(${segmentName(model, awsName)})`);
  return names.length === 0 ? undefined : names.length === 1 ? names[0] : `(${names.join(' OR ')})`;
}

/**
 * `key`, `status`, `minMs`, `maxMs` and `filter` of a request as one expression. `filter` is passed on as it is, in
 * parentheses. E101 for what cannot be used.
 */
export function expressionOf(
  model: MeshModel,
  query: URLSearchParams,
): { ok: true; expression: string } | Failure {
  const parts: (string | undefined)[] = [];
  const key = query.get('key');
  if (key !== null) {
    const named = about(model, key);
    if (named === undefined) return bad('key', 'is nothing that takes part in traces');
    parts.push(named);
  }
  const status = query.get('status');
  if (status !== null) {
    if (!Object.hasOwn(STATUS, status)) return bad('status', `is one of ${Object.keys(STATUS).join(', ')}`);
    parts.push(STATUS[status]);
  }
  for (const [name, operator] of [
    ['minMs', '>='],
    ['maxMs', '<='],
  ] as const) {
    const text = query.get(name);
    if (text === null) continue;
    const ms = Number(text);
    if (!Number.isFinite(ms) || ms < 0) return bad(name, 'is a number of milliseconds');
    parts.push(`responsetime ${operator} ${ms / 1000}`);
  }
  const filter = query.get('filter')?.trim() ?? '';
  if (filter !== '') parts.push(`(${filter})`);
  if (key === null) parts.unshift(ofMesh(model));
  return { ok: true, expression: parts.filter((part) => part !== undefined).join(' AND ') };
}

const bad = (path: string, message: string): Failure =>
  fail('E101', { errors: [{ path, message }], values: { count: 1, first: `${path} ${message}` } });
