/** What zod found wrong with an object, in the words a finding shows. */
import type { ZodError } from 'zod';
import type { Malformed } from '@/lib/mesh/model';

const pathText = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );

/** Field paths, as in `spec.routes[0].priority`, each with what is wrong there. */
export const problemsOf = (error: ZodError): Malformed['problems'] =>
  error.issues.map(({ path, message }) => ({ path: pathText(path), message }));
