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

type Parsed = { ok: true; spec: AppMeshSpec } | { ok: false; message: string };

const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;
const FIELDS = ['endpoint', 'profile', 'name'] as const;
type Field = (typeof FIELDS)[number];

const isField = (word: string): word is Field => FIELDS.some((field) => field === word);

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

/** Reads one spec. `message` is a sentence that names what is wrong; it never repeats an address, which may hold a password. */
export function parseAppMeshSpec(text: string): Parsed {
  const [region = '', ...rest] = text.split(',').map((part) => part.trim());
  if (!REGION.test(region))
    return { ok: false, message: 'begins with a region, such as eu-west-1,endpoint=http://127.0.0.1:7443' };
  const given: Partial<Record<Field, string>> = {};
  for (const part of rest) {
    const at = part.indexOf('=');
    const field = part.slice(0, Math.max(0, at)).trim();
    const content = part.slice(at + 1).trim();
    if (!isField(field) || content === '')
      return { ok: false, message: 'takes endpoint=URL, profile=NAME and name=NAME after the region' };
    if (given[field] !== undefined) return { ok: false, message: `names ${field} twice` };
    given[field] = content;
  }
  const { endpoint, profile } = given;
  if (endpoint !== undefined && !isAddress(endpoint))
    return { ok: false, message: 'needs an http or https address without a user name as endpoint' };
  const name = given.name ?? (profile === undefined ? region : `${profile} ${region}`);
  return {
    ok: true,
    spec: {
      region,
      name,
      ...(endpoint === undefined ? {} : { endpoint: endpoint.replace(/\/$/, '') }),
      ...(profile === undefined ? {} : { profile }),
    },
  };
}

/** Reads specs separated by `;`. */
export function parseAppMeshSpecs(
  text: string,
): { ok: true; specs: AppMeshSpec[] } | { ok: false; message: string } {
  const specs: AppMeshSpec[] = [];
  for (const part of text.split(';').filter((each) => each.trim() !== '')) {
    const parsed = parseAppMeshSpec(part);
    if (!parsed.ok) return parsed;
    specs.push(parsed.spec);
  }
  return { ok: true, specs };
}
