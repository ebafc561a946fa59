/** `REGION[,endpoint=URL][,profile=NAME][,name=NAME]`: one App Mesh API to read, as flags and the environment spell it. */

export interface AppMeshSpec {
  region: string;
  /** Where the API is; left out for AWS's own, or what AWS_ENDPOINT_URL_APP_MESH says. */
  endpoint?: string;
  /** Profile of the AWS configuration whose credentials are used. */
  profile?: string;
  /** What the source is called on screen. */
  name: string;
  /** For an endpoint of ours alone; others take theirs from the SDK's chain. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

type Parsed<T> = { ok: true; spec: T } | { ok: false; message: string };

const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

/**
 * Reads `REGION[,field=TEXT]…`. `message` is a clause that names what is wrong; it never repeats an address, which may hold a
 * password. An `endpoint` must be an address.
 */
export function parseRegional<F extends string>(
  text: string,
  fields: readonly F[],
  taken: string,
): Parsed<{ region: string; given: Partial<Record<F, string>> }> {
  const [region = '', ...rest] = text.split(',').map((part) => part.trim());
  if (!REGION.test(region))
    return { ok: false, message: 'begins with a region, such as eu-west-1,endpoint=http://127.0.0.1:7443' };
  const given: Partial<Record<string, string>> = {};
  for (const part of rest) {
    const at = part.indexOf('=');
    const field = part.slice(0, Math.max(0, at)).trim();
    const content = part.slice(at + 1).trim();
    if (!fields.some((known) => known === field) || content === '')
      return { ok: false, message: `takes ${taken} after the region` };
    if (given[field] !== undefined) return { ok: false, message: `names ${field} twice` };
    given[field] = content;
  }
  const { endpoint } = given;
  if (endpoint !== undefined && !isAddress(endpoint))
    return { ok: false, message: 'needs an http or https address without a user name as endpoint' };
  return { ok: true, spec: { region, given: given as Partial<Record<F, string>> } }; // only fields of F were taken
}

/** An address without the slash at its end. */
export const bare = (endpoint: string): string => endpoint.replace(/\/$/, '');

/** Reads one spec. */
export function parseAppMeshSpec(text: string): Parsed<AppMeshSpec> {
  const parsed = parseRegional(
    text,
    ['endpoint', 'profile', 'name'],
    'endpoint=URL, profile=NAME and name=NAME',
  );
  if (!parsed.ok) return parsed;
  const { region, given } = parsed.spec;
  const { endpoint, profile } = given;
  const name = given.name ?? (profile === undefined ? region : `${profile} ${region}`);
  return {
    ok: true,
    spec: {
      region,
      name,
      ...(endpoint === undefined ? {} : { endpoint: bare(endpoint) }),
      ...(profile === undefined ? {} : { profile }),
    },
  };
}

/** Reads specs separated by `;`, each by `parse`. */
export function parseSpecs<T>(
  text: string,
  parse: (each: string) => Parsed<T>,
): { ok: true; specs: T[] } | { ok: false; message: string } {
  const specs: T[] = [];
  for (const part of text.split(';').filter((each) => each.trim() !== '')) {
    const parsed = parse(part);
    if (!parsed.ok) return parsed;
    specs.push(parsed.spec);
  }
  return { ok: true, specs };
}
