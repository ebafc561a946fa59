/** The list of all routes. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { routesAnswer } from '@/lib/api/routes';
import type { RoutesAnswer } from '@/lib/api/routes';
import { fetchTagged } from './request';
import type { Tagged } from './request';

/** How soon the list is asked for again while the page is seen. */
const EVERY_MS = 3_000;

/** The last answer to each expression, handed out again for as long as the server says that it stands. */
const held = new Map<string, Tagged<RoutesAnswer>>();
/** Expressions that are remembered. */
const HELD_MOST = 8;

/**
 * The routes that an expression of the find language finds, '' for all. Looked at again every 3 s while the page is seen; an
 * answer that still stands costs a few bytes and is the same object.
 */
export const routesOptions = (text: string) =>
  queryOptions({
    queryKey: ['routes', text],
    queryFn: async ({ signal }) => {
      const path = text === '' ? '/api/v1/routes' : `/api/v1/routes?q=${encodeURIComponent(text)}`;
      const tagged = await fetchTagged(path, routesAnswer, held.get(text), signal);
      held.delete(text);
      held.set(text, tagged);
      for (const oldest of held.keys()) if (held.size > HELD_MOST) held.delete(oldest);
      return tagged.answer;
    },
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
