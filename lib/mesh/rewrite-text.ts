/** What a gateway route rewrites, as the short technical text in which the model holds it: written and read in one place. */

/** Left out: as App Mesh does it by itself. */
export interface Rewrites {
  /** What stands in the place of the matched prefix; `false`: the prefix stays. */
  prefix?: string | false;
  /** What stands in the place of the whole path. */
  path?: string;
  /** `false`: the host name stays. */
  hostname?: false;
}

const PREFIX = 'prefix → ';
const PATH = 'path → ';
const DEFAULT_PREFIX = 'default prefix ';
const DEFAULT_HOST = 'default host ';

/** The texts of what is written in an object. */
export function rewriteTexts(written: {
  prefix?: string | null | undefined;
  defaultPrefix?: string | null | undefined;
  path?: string | null | undefined;
  defaultHost?: string | null | undefined;
}): string[] {
  const parts = [
    [PREFIX, written.prefix],
    [DEFAULT_PREFIX, written.defaultPrefix],
    [PATH, written.path],
    [DEFAULT_HOST, written.defaultHost],
  ] as const;
  return parts.flatMap(([label, text]) => (text ? [`${label}${text}`] : []));
}

/** What the texts of a gateway route come to. */
export function rewritesOf(texts: readonly string[]): Rewrites {
  const rewrites: Rewrites = {};
  for (const text of texts) {
    if (text.startsWith(PREFIX)) rewrites.prefix = text.slice(PREFIX.length);
    else if (text.startsWith(PATH)) rewrites.path = text.slice(PATH.length);
    else if (text === `${DEFAULT_PREFIX}DISABLED`) rewrites.prefix = false;
    else if (text === `${DEFAULT_HOST}DISABLED`) rewrites.hostname = false;
  }
  return rewrites;
}
