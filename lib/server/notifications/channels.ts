/**
 * The channels that shifts may tell, as a file of the operator's names them. Addresses and secrets stand in files or variables beside
 * it and are read when something is sent, so that they can be renewed while everything runs. See docs/notifications.md.
 */
import 'server-only';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';

/** A text that may be secret: where it stands. */
const place = z.union([
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ env: z.string().min(1) }),
]);
type Place = z.infer<typeof place>;

const common = {
  name: z
    .string()
    .max(63)
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'is lower case letters, digits and -'),
  /** Slack's address is a secret as a whole; others may stand here. */
  url: z.union([z.string(), place]),
  /** Namespaces whose shifts may tell it; left out, all. */
  namespaces: z.array(z.string()).min(1).optional(),
  /** It may lead to addresses of a private network or of this machine, and without TLS. */
  private: z.boolean().default(false),
};

const channel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), secret: place, ...common }),
  z.strictObject({ kind: z.literal('slack'), ...common }),
]);
export type Channel = z.infer<typeof channel> & {
  /** Of the file; relative paths begin there. */
  folder: string;
};

const file = z.strictObject({ channels: z.array(channel) });

/** Reads the file; none without one. `message` names what is wrong, and nothing that the file holds. */
export function readChannels(
  path: string | undefined,
): { ok: true; channels: Channel[] } | { ok: false; message: string } {
  if (path === undefined) return { ok: true, channels: [] };
  const wrong = (message: string) => ({ ok: false as const, message: `MESHDECK_CHANNELS: ${message}` });
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return wrong(error instanceof SyntaxError ? 'the file is no JSON' : 'the file cannot be read');
  }
  const parsed = file.safeParse(written);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return wrong(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unusable'}`);
  }
  const channels = parsed.data.channels.map((each) => ({ ...each, folder: dirname(resolve(path)) }));
  const twice = channels.find(({ name }, i) => channels.findIndex((other) => other.name === name) !== i);
  return twice ? wrong(`there are two channels ${twice.name}`) : { ok: true, channels };
}

/** The text at its place, without blanks around it; `undefined` where there is none. */
export function readPlace(at: Place | string, folder: string): string | undefined {
  if (typeof at === 'string') return at;
  let found: string | undefined;
  try {
    found = 'file' in at ? readFileSync(resolve(folder, at.file), 'utf8') : process.env[at.env];
  } catch {
    return undefined;
  }
  const text = found?.trim();
  return text === '' ? undefined : text;
}
