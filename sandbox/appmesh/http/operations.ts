/** Request paths of the App Mesh API as its operations. */
import { ApiError } from '../api-errors';
import type { ApiKind, ResourceId } from '../resource-id';

interface KindWords {
  /** As operations name one and many. */
  one: string;
  many: string;
  /** Field with the name of a resource; for a router or gateway also the field its children name it in. */
  nameField: string;
  /** Field of the list in the answer to List. */
  listField: string;
}

export const WORDS: Record<ApiKind, KindWords> = {
  mesh: { one: 'Mesh', many: 'Meshes', nameField: 'meshName', listField: 'meshes' },
  virtualNode: words('VirtualNode'),
  virtualRouter: words('VirtualRouter'),
  virtualService: words('VirtualService'),
  virtualGateway: words('VirtualGateway'),
  route: words('Route'),
  gatewayRoute: words('GatewayRoute'),
};

function words(one: string): KindWords {
  const camel = one.charAt(0).toLowerCase() + one.slice(1);
  return { one, many: `${one}s`, nameField: `${camel}Name`, listField: `${camel}s` };
}

const TAG_OPERATIONS = { tag: 'TagResource', untag: 'UntagResource', tags: 'ListTagsForResource' } as const;

/** All 38, by name. */
export const OPERATIONS: readonly string[] = [
  ...Object.values(WORDS).flatMap(({ one, many }) => [
    ...['Create', 'Describe', 'Update', 'Delete'].map((verb) => verb + one),
    `List${many}`,
  ]),
  ...Object.values(TAG_OPERATIONS),
];

/** `id` of a collection has an empty name. */
export type Call = { operation: string } & (
  | { action: 'create' | 'list' | 'describe' | 'update' | 'delete'; id: ResourceId }
  | { action: 'tag' | 'untag' | 'tags' }
);

const COLLECTIONS: Partial<Record<string, ApiKind>> = {
  virtualNodes: 'virtualNode',
  virtualRouters: 'virtualRouter',
  virtualServices: 'virtualService',
  virtualGateways: 'virtualGateway',
};
/** Routes hang below the singular of their parent. */
const CHILDREN: Partial<Record<string, ApiKind>> = {
  'virtualRouter routes': 'route',
  'virtualGateway gatewayRoutes': 'gatewayRoute',
};

const BASE = '/v20190125/';

export const isAppMeshPath = (path: string) => path.startsWith(BASE);

/** Finds the operation of a request. Throws UnknownOperationException when there is none. `path` is still encoded. */
export function callOf(method: string, path: string): Call {
  const steps = decoded(path);
  const [first = ''] = steps;
  if (isTagStep(first) && steps.length === 1 && method === (first === 'tags' ? 'GET' : 'PUT'))
    return { operation: TAG_OPERATIONS[first], action: first };
  const id = first === 'meshes' && !steps.slice(1).includes('') ? resourceAt(steps.slice(1)) : undefined;
  const action = id && actionOf(method, id.name === '');
  if (!id || !action)
    throw new ApiError('UnknownOperationException', `There is no operation ${method} ${path}.`);
  const { one, many } = WORDS[id.kind];
  const verb = action.charAt(0).toUpperCase() + action.slice(1);
  return { operation: action === 'list' ? `List${many}` : verb + one, action, id };
}

const isTagStep = (step: string): step is keyof typeof TAG_OPERATIONS => Object.hasOwn(TAG_OPERATIONS, step);

function decoded(path: string): string[] {
  try {
    return path.slice(BASE.length).split('/').map(decodeURIComponent);
  } catch {
    throw new ApiError('BadRequestException', `The path ${path} is not percent-encoded as it should be.`);
  }
}

/** What the steps after `meshes` mean. */
function resourceAt(steps: string[]): ResourceId | undefined {
  const [mesh = '', collection, second, third, fourth] = steps;
  if (steps.length <= 1) return { kind: 'mesh', mesh, name: mesh };
  const kind = COLLECTIONS[collection ?? ''];
  if (kind && steps.length <= 3) return { kind, mesh, name: second ?? '' };
  const child = CHILDREN[`${collection} ${third}`];
  if (child && second !== undefined && steps.length <= 5)
    return { kind: child, mesh, parent: second, name: fourth ?? '' };
  return undefined;
}

function actionOf(method: string, collection: boolean) {
  switch (method) {
    case 'GET':
      return collection ? 'list' : 'describe';
    case 'PUT':
      return collection ? 'create' : 'update';
    case 'DELETE':
      return collection ? undefined : 'delete';
    default:
      return undefined;
  }
}
