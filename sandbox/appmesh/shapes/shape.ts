/** Shapes of the App Mesh API: what a part of a request has to look like. */

/**
 * Reads a part of a request. Gives it back without fields the shape does not have, which the service leaves out too.
 * Throws Misshapen. `at` is the path to the part, as `spec.listeners[0].portMapping`.
 */
export type Shape = (given: unknown, at: string) => unknown;

export class Misshapen extends Error {
  override name = 'Misshapen';
}

const refuse = (at: string, wants: string, given: unknown): never => {
  throw new Misshapen(`${at} must be ${wants}, not ${JSON.stringify(given)}.`);
};

export type Fields = Record<string, Shape>;

const isFields = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

const isGiven = (part: unknown) => part !== undefined && part !== null;

const range = (min: number, max: number) => (max === Infinity ? `at least ${min}` : `${min} to ${max}`);

/** A string of so many characters. */
export const text =
  (min: number, max: number): Shape =>
  (given, at) =>
    typeof given === 'string' && given.length >= min && given.length <= max
      ? given
      : refuse(at, `a string of ${range(min, max)} characters`, given);

/** A whole number. */
export const whole =
  (min: number, max = Infinity): Shape =>
  (given, at) =>
    typeof given === 'number' && Number.isInteger(given) && given >= min && given <= max
      ? given
      : refuse(at, `a whole number, ${range(min, max)}`, given);

export const flag: Shape = (given, at) =>
  typeof given === 'boolean' ? given : refuse(at, 'true or false', given);

export const oneOf =
  (...words: string[]): Shape =>
  (given, at) =>
    typeof given === 'string' && words.includes(given) ? given : refuse(at, words.join(' or '), given);

export const list =
  (entry: Shape, min = 0, max = Infinity): Shape =>
  (given, at) => {
    if (!Array.isArray(given)) return refuse(at, 'a list', given);
    if (given.length < min || given.length > max)
      throw new Misshapen(`${at} must have ${range(min, max)} entries, not ${given.length}.`);
    return given.map((each: unknown, index) => entry(each, `${at}[${index}]`));
  };

/** An object with fields that must be there, and others that may. A field set to null counts as left out. */
export const struct =
  (required: Fields, optional: Fields = {}): Shape =>
  (given, at) => {
    if (!isFields(given)) return refuse(at, 'an object', given);
    for (const field of Object.keys(required))
      if (!isGiven(given[field])) throw new Misshapen(`${at}.${field} is required.`);
    const shapes = { ...required, ...optional };
    return Object.fromEntries(
      Object.entries(given).flatMap(([field, part]) => {
        const shape = Object.hasOwn(shapes, field) ? shapes[field] : undefined;
        return shape && isGiven(part) ? [[field, shape(part, `${at}.${field}`)]] : [];
      }),
    );
  };

/** An object with exactly one of these fields. */
export const union = (members: Fields): Shape => {
  const read = struct({}, members);
  return (given, at) => {
    const set = isFields(given)
      ? Object.keys(members).filter((field) => Object.hasOwn(given, field) && isGiven(given[field]))
      : [];
    if (set.length > 1 || (isFields(given) && set.length === 0))
      throw new Misshapen(
        `${at} must have exactly one of ${Object.keys(members).join(', ')}, ${set.length === 0 ? 'not none' : `not ${set.join(' and ')}`}.`,
      );
    return read(given, at);
  };
};
