/** Shapes of what routes and gateway routes look at in a request. */
import { ANY_TEXT, SHORT_NAME } from './common';
import { flag, list, oneOf, struct, text, union, whole, type Fields } from './shape';

const HEADER_CONTENT = text(1, 255);
const METHOD = union({
  exact: HEADER_CONTENT,
  prefix: HEADER_CONTENT,
  suffix: HEADER_CONTENT,
  regex: HEADER_CONTENT,
  range: struct({ start: whole(-Infinity), end: whole(-Infinity) }),
});

/** Headers of http, metadata of grpc. */
export const HEADERS = list(struct({ name: SHORT_NAME }, { invert: flag, match: METHOD }), 1, 10);

export const HTTP_PATH = struct({}, { exact: text(1, 255), regex: text(1, 255) });

/** What both kinds of routes match of http and http2, but for the scheme and the host. */
export const HTTP_MATCH: Fields = {
  headers: HEADERS,
  method: oneOf('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'),
  path: HTTP_PATH,
  prefix: ANY_TEXT,
  queryParameters: list(struct({ name: ANY_TEXT }, { match: struct({}, { exact: ANY_TEXT }) }), 1, 10),
};
