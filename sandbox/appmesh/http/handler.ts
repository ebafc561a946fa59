/** One request of the App Mesh API, from its operation to its answer. */
import { ApiError } from '../api-errors';
import type { InMemoryControlPlane } from '../control-plane';
import { aboveOf, ACCOUNT, collectionOf, type ResourceId } from '../resource-id';
import { listEntry, wholeResource } from './answers';
import { WORDS, type Call } from './operations';
import { pageOf } from './paging';
import type { Repeats } from './repeats';
import { listTags, tagResource, tagsFrom, untagResource } from './tags';

/** The most entries of one page, and as many as there are without a limit. */
const PAGE_MAX = 100;

export interface ApiState {
  api: InMemoryControlPlane;
  repeats: Repeats;
}

export interface ApiRequest {
  query: URLSearchParams;
  /** JSON; empty for operations without any. */
  body: string;
}

const bad = (message: string) => new ApiError('BadRequestException', message);

/** Carries an operation out. Refusals are thrown as ApiError. */
export function answer(state: ApiState, call: Call, request: ApiRequest): object {
  const { api } = state;
  const { query } = request;
  switch (call.action) {
    case 'tags':
      return listTags(api, query);
    case 'tag':
      return tagResource(api, query.get('resourceArn'), fields(request.body)['tags']);
    case 'untag':
      return untagResource(api, query.get('resourceArn'), fields(request.body)['tagKeys']);
    default:
      checkOwner(call.id, query);
  }
  const { id } = call;
  switch (call.action) {
    case 'list':
      return list(api, id, query);
    case 'describe':
      return wholeResource(api.need(id));
    case 'delete':
      return wholeResource(api.delete(id), 'DELETED');
    case 'create':
    case 'update':
      return write(state, call.operation, id, fields(request.body));
  }
}

/** Meshes that another account shares are not there, so neither is anything in them. */
function checkOwner({ mesh }: ResourceId, query: URLSearchParams): void {
  const owner = query.get('meshOwner');
  if (owner === null || owner === ACCOUNT) return;
  if (!/^\d{12}$/.test(owner)) throw bad(`meshOwner must be an account of 12 digits, not ${owner}.`);
  throw new ApiError('NotFoundException', `The mesh ${mesh} of the account ${owner} does not exist.`);
}

function list(api: InMemoryControlPlane, id: ResourceId, query: URLSearchParams): object {
  const above = aboveOf(id);
  if (above) api.need(above);
  const { entries, nextToken } = pageOf(api.list(id.kind, id.mesh, id.parent), {
    list: collectionOf(id),
    query,
    most: PAGE_MAX,
    place: ({ order }) => order,
  });
  return { [WORDS[id.kind].listField]: entries.map(listEntry), nextToken };
}

function write({ api, repeats }: ApiState, operation: string, at: ResourceId, body: Fields): object {
  const created = at.name === '';
  const name = created ? named(at, body) : at.name;
  const id = { ...at, name, ...(at.kind === 'mesh' && { mesh: name }) };
  const spec = specOf(id, body);
  const tags = created ? tagsFrom(body['tags']) : new Map<string, string>();
  return repeats.answer(tokenOf(body), { operation, id, spec, tags }, () =>
    wholeResource(created ? api.create(id, spec, tags) : api.update(id, spec)),
  );
}

function named({ kind }: ResourceId, body: Fields): string {
  const { nameField } = WORDS[kind];
  const name = body[nameField];
  if (typeof name !== 'string') throw bad(`${nameField} is required.`);
  return name;
}

/** Only a mesh may be made without. */
function specOf({ kind }: ResourceId, { spec }: Fields): Fields {
  if (isFields(spec)) return spec;
  if (kind === 'mesh' && (spec === undefined || spec === null)) return {};
  throw bad(spec === undefined || spec === null ? 'spec is required.' : 'spec must be an object.');
}

function tokenOf({ clientToken }: Fields): string | undefined {
  if (clientToken === undefined || clientToken === null) return undefined;
  if (typeof clientToken !== 'string' || clientToken === '')
    throw bad('clientToken must be a string that is not empty.');
  return clientToken;
}

type Fields = Record<string, unknown>;

const isFields = (given: unknown): given is Fields =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

function fields(body: string): Fields {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    throw bad('The body is not JSON.');
  }
  if (!isFields(given)) throw bad('The body must be a JSON object.');
  return given;
}
