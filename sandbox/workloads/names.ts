/** Names and hashes in the form Kubernetes gives them. */

/** Kubernetes' alphabet for generated names: no vowels, so no words. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** JSON with sorted keys: the same template has the same text. */
function canonical(part: unknown): string {
  if (Array.isArray(part)) return `[${part.map(canonical).join(',')}]`;
  if (typeof part !== 'object' || part === null) return JSON.stringify(part) ?? 'null';
  const entries = Object.entries(part)
    .filter(([, content]) => content !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([field, content]) => `${JSON.stringify(field)}:${canonical(content)}`).join(',')}}`;
}

function fnv32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

const spell = (digits: string) =>
  [...digits].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length]).join('');

/** `pod-template-hash` of a pod template. */
export const templateHash = (template: unknown) => spell(String(fnv32(canonical(template))));

/** Five characters for the name of the n-th pod of a ReplicaSet: the same in every run. */
export function podSuffix(replicaSet: string, n: number): string {
  let left = fnv32(`${replicaSet}/${n}`);
  let suffix = '';
  for (let i = 0; i < 5; i++) {
    suffix += ALPHABET[left % ALPHABET.length];
    left = Math.floor(left / ALPHABET.length);
  }
  return suffix;
}
