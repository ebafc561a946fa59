/** The OpenAPI document, generated from the route table and the zod contract. */
import 'server-only';
import { z } from 'zod';
import { problem } from '@/lib/api/problem';
import { streamEvent } from '@/lib/api/topology';
import type { ApiRoute } from './call';

/** Entities of the model are plain objects of their own kind; the contract does not spell out their fields. */
function schemaOf(type: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { unrepresentable: 'any', io });
  return schema;
}

const parameter = (name: string, place: 'path' | 'query', description?: string) => ({
  name,
  in: place,
  required: place === 'path',
  schema: { type: 'string' },
  ...(description === undefined ? {} : { description }),
});

function operation(route: ApiRoute): Record<string, unknown> {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) =>
    name === undefined ? [] : [name],
  );
  const media = route.media ?? 'application/json';
  const schema =
    route.answer !== undefined
      ? schemaOf(route.answer, 'output')
      : media === 'text/event-stream'
        ? { $ref: '#/components/schemas/StreamEvent' }
        : {};
  return {
    summary: route.summary,
    parameters: [
      ...names.map((name) => parameter(name, 'path')),
      ...Object.entries(route.query ?? {}).map(([name, text]) => parameter(name, 'query', text)),
    ],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }),
    responses: {
      200: { description: 'Done.', content: { [media]: { schema } } },
      default: {
        description: [
          'A problem.',
          ...(route.problems.length > 0 ? [`Codes: ${route.problems.join(', ')}.`] : []),
        ].join(' '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

/** The document of a route table, OpenAPI 3.1. */
export function openApiDocument(routes: readonly ApiRoute[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  return {
    openapi: '3.1.0',
    info: { title: 'meshdeck', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output'), StreamEvent: schemaOf(streamEvent, 'output') },
    },
  };
}
