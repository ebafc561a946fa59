/** Whether a request fits the match of a route. As Envoy does it, which is what a proxy of App Mesh is. */

export type Protocol = 'http' | 'http2' | 'grpc' | 'tcp';

/** The parts of a match; routes and gateway routes have them in common. */
export interface Matching {
  prefix?: string;
  path?: { exact?: string; regex?: string };
  port?: number;
  method?: string;
  scheme?: string;
  methodName?: string;
  serviceName?: string;
  hostname?: { exact?: string; suffix?: string };
  headers?: Named[];
  metadata?: Named[];
  queryParameters?: Named[];
}

export interface Named {
  name: string;
  invert?: boolean;
  match?: {
    exact?: string;
    prefix?: string;
    suffix?: string;
    regex?: string;
    range?: { start: number; end: number };
  };
}

/** A request, as far as routes look at it. */
export interface Visitor {
  protocol: Protocol;
  port: number | undefined;
  method: string;
  scheme: string;
  /** With the query; of gRPC `/service/method`. */
  path: string;
  host: string;
  /** Headers or metadata, by names in lower case. */
  headers: ReadonlyMap<string, string>;
}

export function fits(visitor: Visitor, match: Matching): boolean {
  const url = splitPath(visitor.path);
  const { port, method, scheme, headers = [], metadata = [], queryParameters = [] } = match;
  if (port !== undefined && visitor.port !== undefined && port !== visitor.port) return false;
  if (visitor.protocol === 'tcp') return true;
  if (!fitsHost(visitor.host.toLowerCase(), match.hostname)) return false;
  const own =
    visitor.protocol === 'grpc'
      ? fitsCall(url.path, match)
      : fitsPath(url.path, match) &&
        (method ?? visitor.method) === visitor.method &&
        (scheme ?? visitor.scheme) === visitor.scheme;
  return (
    own &&
    [...headers, ...metadata].every((each) =>
      fitsNamed(each, visitor.headers.get(each.name.toLowerCase())),
    ) &&
    queryParameters.every((each) => fitsNamed(each, url.parameter(each.name)))
  );
}

function splitPath(text: string): { path: string; parameter(name: string): string | undefined } {
  const whole = text.split('#', 1)[0] ?? '';
  const mark = whole.indexOf('?');
  const path = mark === -1 ? whole : whole.slice(0, mark);
  const pairs = mark === -1 ? [] : whole.slice(mark + 1).split('&');
  return {
    path,
    parameter(name) {
      const pair = pairs.find((each) => each === name || each.startsWith(`${name}=`));
      return pair?.slice(name.length + 1);
    },
  };
}

function fitsHost(host: string, { exact, suffix }: NonNullable<Matching['hostname']> = {}): boolean {
  if (exact !== undefined) return host === exact.toLowerCase();
  return suffix === undefined || (host !== '' && host.endsWith(suffix.toLowerCase()));
}

function fitsCall(path: string, { serviceName, methodName }: Matching): boolean {
  const [, service, method] = path.split('/');
  return (serviceName ?? service) === service && (methodName ?? method) === method;
}

function fitsPath(path: string, { prefix, path: whole }: Matching): boolean {
  if (prefix !== undefined && !path.startsWith(prefix)) return false;
  if (whole?.exact !== undefined && whole.exact !== path) return false;
  return whole?.regex === undefined || fitsRegex(whole.regex, path);
}

/** All of the text has to fit. An expression that is none fits nothing. */
function fitsRegex(source: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${source})$`).test(text);
  } catch {
    return false;
  }
}

/** A header that is not there meets nothing that is asked of its value, not even the opposite. */
function fitsNamed({ match, invert = false }: Named, given: string | undefined): boolean {
  if (!match) return (given !== undefined) !== invert;
  return given !== undefined && fitsValue(match, given) !== invert;
}

function fitsValue(
  { exact, prefix, suffix, regex, range }: NonNullable<Named['match']>,
  given: string,
): boolean {
  if (exact !== undefined) return given === exact;
  if (prefix !== undefined) return given.startsWith(prefix);
  if (suffix !== undefined) return given.endsWith(suffix);
  if (regex !== undefined) return fitsRegex(regex, given);
  if (!range) return true;
  const number = /^[-+]?[0-9]+$/.test(given) ? Number.parseInt(given, 10) : NaN;
  return number >= range.start && number < range.end;
}
