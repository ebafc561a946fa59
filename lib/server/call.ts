/** The shape of an API route: what it is called, what it takes and answers, and the function behind it. */
import 'server-only';
import type { z } from 'zod';
import type { ProblemCode } from '@/lib/api/problem';
import type { MeshConsole } from './console';
import { fail, type Failure } from './problem';
import type { MeshSource } from './source';

/** One request on its way through a route. */
export interface Call {
  console: MeshConsole;
  request: Request;
  /** Decoded path parameters by name. */
  params: Readonly<Record<string, string>>;
}

/** A JSON body, a response of another kind, or a failure. */
export type Outcome = { ok: true; json: unknown } | { ok: true; response: Response } | Failure;

export interface ApiRoute {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Template such as `/api/v1/sources/{source}`. */
  path: string;
  summary: string;
  query?: Readonly<Record<string, string>>;
  body?: z.ZodType;
  /** `undefined` for routes that do not answer JSON; `media` then names what they do. */
  answer?: z.ZodType;
  media?: string;
  problems: readonly ProblemCode[];
  handle(call: Call): Outcome | Promise<Outcome>;
}

/** A path parameter; '' where the template does not name it. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** The source a call names, or E301. */
export function sourceOf(call: Call): { ok: true; source: MeshSource } | Failure {
  const id = param(call, 'source');
  const source = call.console.sources.find((candidate) => candidate.id === id);
  return source === undefined ? fail('E301', { values: { source: id } }) : { ok: true, source };
}

/**
 * The picture of the mesh a call names. Failures: E301; E501 or E503 while nothing has been read yet; E302 for a mesh that
 * is not there.
 */
export function pictureOf(call: Call) {
  const found = sourceOf(call);
  if (!found.ok) return found;
  const { source } = found;
  const mesh = param(call, 'mesh');
  const picture = source.hub.picture(mesh);
  if (picture?.present === true) return { ok: true as const, source, answer: picture.answer };
  // Meshes of an API are read one after the other: one that is listed may not have been its turn yet.
  const pending = source.kind === 'appmesh' && source.isPending(mesh);
  return source.hub.ready() && !pending
    ? fail('E302', { values: { source: source.id, mesh } })
    : notReady(source);
}

/** Why a source has no picture yet: its own problem where it has one, else E503. */
export function notReady(source: MeshSource): Failure {
  const { problem } = source.state();
  if (problem?.code === 'E501') {
    const { server, region } = source.describe();
    const party = source.kind === 'appmesh' ? 'api' : 'cluster';
    return fail('E501', { values: { party, server: server || (region ?? ''), message: problem.detail } });
  }
  return fail('E503', { values: { source: source.id }, retryAfterS: 1 });
}
