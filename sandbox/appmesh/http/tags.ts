/** The tags of resources, over the App Mesh API. */
import { ApiError } from '../api-errors';
import type { InMemoryControlPlane, Tags } from '../control-plane';
import { idFromArn, type ResourceId } from '../resource-id';
import { pageOf } from './paging';
import { list, Misshapen, struct, text, type Shape } from '../shapes/shape';

/** On one resource, and in one answer. */
const MOST_TAGS = 50;
const KEY = text(1, 128);
const TAG_LIST = list(struct({ key: KEY, value: text(0, 256) }), 0, MOST_TAGS);
const KEY_LIST = list(KEY, 0, MOST_TAGS);

const bad = (message: string) => new ApiError('BadRequestException', message);

function shaped(shape: Shape, given: unknown, at: string): unknown {
  try {
    return shape(given, at);
  } catch (error) {
    if (error instanceof Misshapen) throw bad(error.message);
    throw error;
  }
}

/** Reads `tags` of a request. Throws BadRequestException. */
export function tagsFrom(given: unknown): Tags {
  const tags = shaped(TAG_LIST, given ?? [], 'tags') as { key: string; value: string }[]; // as the shape says
  if (tags.some(({ key }) => key.startsWith('aws:')))
    throw bad('Keys of tags that begin with aws: are reserved.');
  return new Map(tags.map(({ key, value }) => [key, value]));
}

/** Adds tags, and replaces those with the same key. */
export function tagResource(api: InMemoryControlPlane, arn: string | null, given: unknown): object {
  const id = meant(arn);
  const tags = new Map([...api.need(id).tags, ...tagsFrom(given)]);
  if (tags.size > MOST_TAGS)
    throw new ApiError('TooManyTagsException', `A resource has at most ${MOST_TAGS} tags.`);
  api.retag(id, tags);
  return {};
}

export function untagResource(api: InMemoryControlPlane, arn: string | null, given: unknown): object {
  const id = meant(arn);
  const keys = shaped(KEY_LIST, given, 'tagKeys') as string[]; // as the shape says
  const tags = new Map(api.need(id).tags);
  for (const key of keys) tags.delete(key);
  api.retag(id, tags);
  return {};
}

export function listTags(api: InMemoryControlPlane, query: URLSearchParams): object {
  const arn = query.get('resourceArn');
  const tags = [...api.need(meant(arn)).tags].map(([key, value], place) => ({ key, value, place }));
  const { entries, nextToken } = pageOf(tags, {
    list: `tags ${arn}`,
    query,
    most: MOST_TAGS,
    place: ({ place }) => place,
  });
  return { tags: entries.map(({ key, value }) => ({ key, value })), nextToken };
}

function meant(arn: string | null): ResourceId {
  if (arn === null || !arn.startsWith('arn:')) throw bad('resourceArn must be the ARN of a resource.');
  const id = idFromArn(arn);
  if (!id) throw new ApiError('NotFoundException', `The resource ${arn} does not exist.`);
  return id;
}
