/** The parts of the API's answers that reading itself needs. The specs are read by the provider. */
import { z } from 'zod';
import type { ApiKind, ApiResource } from './types';

/** What every item of a list and every resource says of itself. */
const common = {
  arn: z.string(),
  version: z.number(),
  createdAt: z.date().optional().catch(undefined),
  lastUpdatedAt: z.date().optional().catch(undefined),
};

const NAME_FIELD: Record<ApiKind, string> = {
  virtualNode: 'virtualNodeName',
  virtualRouter: 'virtualRouterName',
  route: 'routeName',
  virtualService: 'virtualServiceName',
  virtualGateway: 'virtualGatewayName',
  gatewayRoute: 'gatewayRouteName',
};

const item = z.looseObject(common);
type Item = z.infer<typeof item>;

export interface Listed {
  name: string;
  arn: string;
  /** Changes whenever the resource does, also when it is made anew under its name. */
  listed: string;
}

const stampOf = ({ arn, version, createdAt, lastUpdatedAt }: Item) =>
  [arn, version, createdAt?.getTime() ?? '', lastUpdatedAt?.getTime() ?? ''].join('|');

/** Reads one item of a list; `undefined` where it is none. */
export function listedOf(kind: ApiKind, candidate: unknown): Listed | undefined {
  const parsed = item.safeParse(candidate);
  const name = parsed.data?.[NAME_FIELD[kind]];
  if (!parsed.success || typeof name !== 'string') return undefined;
  return { name, arn: parsed.data.arn, listed: stampOf(parsed.data) };
}

export const meshItem = item
  .extend({ meshName: z.string(), meshOwner: z.string().catch('') })
  .transform(({ meshName, meshOwner, ...rest }) => ({
    name: meshName,
    owner: meshOwner,
    arn: rest.arn,
    version: rest.version,
    listed: stampOf({ ...rest }),
  }));

const tagItem = z.looseObject({ key: z.string(), value: z.string().catch('') });

/** Reads one tag; `undefined` where it is none. */
export function tagOf(candidate: unknown): [key: string, content: string] | undefined {
  const parsed = tagItem.safeParse(candidate);
  return parsed.success ? [parsed.data.key, parsed.data.value] : undefined;
}

const described = z.looseObject({
  metadata: z.looseObject({ ...common, meshOwner: z.string().catch('') }),
});

/** ARN, version and owner out of a description; `undefined` where it has none. */
export function metadataOf(body: unknown): { arn: string; version: number; owner: string } | undefined {
  const parsed = described.safeParse(body);
  if (!parsed.success) return undefined;
  const { arn, version, meshOwner } = parsed.data.metadata;
  return { arn, version, owner: meshOwner };
}

/** The same data with times as ISO 8601 texts, so that it is plain. */
export function plain(part: unknown): unknown {
  if (part instanceof Date) return Number.isNaN(part.getTime()) ? undefined : part.toISOString();
  if (Array.isArray(part)) return part.map(plain);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([field, content]) => [field, plain(content)]));
}

/** A resource from its description; `undefined` where that has no metadata. */
export function resourceOf(
  kind: ApiKind,
  name: string,
  parent: string,
  body: unknown,
  listed?: string,
): ApiResource | undefined {
  const metadata = metadataOf(body);
  if (!metadata) return undefined;
  return {
    kind,
    name,
    ...(parent === '' ? {} : { parent }),
    arn: metadata.arn,
    version: metadata.version,
    body: plain(body),
    ...(listed === undefined ? {} : { listed }),
  };
}
