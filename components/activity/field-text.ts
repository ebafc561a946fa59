/** Plain data of a change as one short line of technical text. */

const LONGEST = 140;

const isPlain = (content: unknown): content is string | number | boolean =>
  typeof content === 'string' || typeof content === 'number' || typeof content === 'boolean';

/**
 * Text as it stands, small records as `weight 5, port 8080`, all else as JSON; undefined where there is nothing. Cut off where it is
 * long: `whole` then holds all of it.
 */
export function plainText(content: unknown): { text: string; whole: string | undefined } | undefined {
  if (content === undefined || content === null || content === '') return undefined;
  const full = fullText(content);
  return full.length > LONGEST
    ? { text: `${full.slice(0, LONGEST)}…`, whole: full }
    : { text: full, whole: undefined };
}

function fullText(content: unknown): string {
  if (isPlain(content)) return String(content);
  if (Array.isArray(content))
    return content.every(isPlain) ? content.join(', ') || '[]' : JSON.stringify(content);
  const fields = Object.entries(content ?? {});
  return fields.length > 0 && fields.length <= 3 && fields.every(([, each]) => isPlain(each))
    ? fields.map(([name, each]) => `${name} ${String(each)}`).join(', ')
    : JSON.stringify(content);
}
