/** One mesh: its picture, its findings, its stream. */
import 'server-only';
import { param, pictureOf, sourceOf, type Call, type Outcome } from '../call';
import { findIn } from '../find';
import { openStream, STREAM_HEADERS } from '../stream';

/** GET /api/v1/sources/{source}/meshes/{mesh}/topology; with `q`, the part of it that an expression finds. */
export function getTopology(call: Call): Outcome {
  const found = pictureOf(call);
  if (!found.ok) return found;
  const parts = found.source.parts(param(call, 'mesh'));
  const text = new URL(call.request.url).searchParams.get('q');
  if (text === null) return { ok: true, json: { ...found.answer, parts } };
  const part = findIn(found.answer, text, Date.now());
  return part.ok ? { ok: true, json: { ...part.answer, parts } } : part;
}

/** GET /api/v1/sources/{source}/meshes/{mesh}/findings */
export function listFindings(call: Call): Outcome {
  const found = pictureOf(call);
  return found.ok
    ? { ok: true, json: { findings: found.answer.findings, revision: found.answer.revision } }
    : found;
}

/**
 * GET /api/v1/sources/{source}/meshes/{mesh}/stream. A mesh that is not there is no failure here: its stream says so and
 * shows it once it appears, so that a page left open needs no reload.
 */
export function getStream(call: Call): Outcome {
  const found = sourceOf(call);
  if (!found.ok) return found;
  const { request, console } = call;
  console.metrics.streamOpened();
  const leave = found.source.attend();
  const stream = openStream(
    found.source,
    param(call, 'mesh'),
    request.headers.get('last-event-id'),
    AbortSignal.any([request.signal, console.ending]),
    () => {
      console.metrics.streamClosed();
      leave();
    },
  );
  return { ok: true, response: new Response(stream, { headers: STREAM_HEADERS }) };
}
