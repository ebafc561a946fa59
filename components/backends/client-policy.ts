/** A client policy as a form: what a person sets of it, and the policy again with nothing else of it changed. Pure. */

export type TrustKind = 'acm' | 'file' | 'sds';

/** Fields as they are typed. Lists are separated by commas. */
export interface PolicyForm {
  tls: boolean;
  enforce: boolean;
  ports: string;
  trust: TrustKind;
  /** ARNs of certificate authorities, the path of a chain, or the name of a secret. */
  trusted: string;
  /** Subject alternative names that are accepted; all where there is none. */
  names: string;
  /** The caller's own certificate, for mutual TLS. */
  certificate: 'none' | 'file' | 'sds';
  chain: string;
  privateKey: string;
  secret: string;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (found: unknown): Fields =>
  typeof found === 'object' && found !== null && !Array.isArray(found) ? { ...found } : {};
const at = (found: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((part, key) => fieldsOf(part)[key], found);
const textOf = (found: unknown): string => (typeof found === 'string' ? found : '');
const listText = (found: unknown): string => (Array.isArray(found) ? found.map(String).join(', ') : '');
/** What is between the commas. */
export const items = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** What a policy says, as a form shows it. */
export function formOf(policy: unknown): PolicyForm {
  const tls = at(policy, 'tls');
  const trust = at(tls, 'validation', 'trust');
  const kind: TrustKind = 'acm' in fieldsOf(trust) ? 'acm' : 'sds' in fieldsOf(trust) ? 'sds' : 'file';
  const own = fieldsOf(at(tls, 'certificate'));
  return {
    tls: tls !== undefined && tls !== null,
    // The API enforces TLS unless the policy says otherwise.
    enforce: at(tls, 'enforce') !== false,
    ports: listText(at(tls, 'ports')),
    trust: kind,
    trusted:
      kind === 'acm'
        ? listText(at(trust, 'acm', 'certificateAuthorityARNs'))
        : textOf(kind === 'file' ? at(trust, 'file', 'certificateChain') : at(trust, 'sds', 'secretName')),
    names: listText(at(tls, 'validation', 'subjectAlternativeNames', 'match', 'exact')),
    certificate: 'file' in own ? 'file' : 'sds' in own ? 'sds' : 'none',
    chain: textOf(at(own, 'file', 'certificateChain')),
    privateKey: textOf(at(own, 'file', 'privateKey')),
    secret: textOf(at(own, 'sds', 'secretName')),
  };
}

/** One kind of trust; where it was of that kind before, with what else it said. */
function trustOf({ trust, trusted }: PolicyForm, before: unknown): Fields {
  const rest = fieldsOf(at(before, trust));
  switch (trust) {
    case 'acm':
      return { acm: { ...rest, certificateAuthorityARNs: items(trusted) } };
    case 'file':
      return { file: { ...rest, certificateChain: trusted } };
    case 'sds':
      return { sds: { ...rest, secretName: trusted } };
  }
}

function certificateOf(form: PolicyForm, before: unknown): Fields | undefined {
  const { certificate, chain, privateKey, secret } = form;
  switch (certificate) {
    case 'none':
      return undefined;
    case 'file':
      return { file: { ...fieldsOf(at(before, 'file')), certificateChain: chain, privateKey } };
    case 'sds':
      return { sds: { ...fieldsOf(at(before, 'sds')), secretName: secret } };
  }
}

function namesOf(text: string, before: unknown): Fields | undefined {
  const names = items(text);
  const match = fieldsOf(at(before, 'match'));
  return names.length === 0 ? undefined : { ...fieldsOf(before), match: { ...match, exact: names } };
}

/** A port as it is written; what is none stays as it was typed, for the rules to tell. */
export const portsOf = (text: string): (number | string)[] =>
  items(text).map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** Fields without those that are undefined. */
const given = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, content]) => content !== undefined));

/**
 * The policy with what the form says; fields the form does not know stay. `undefined` for none at all: what is left then is nothing
 * but TLS that was taken away.
 */
export function policyWith(policy: unknown, form: PolicyForm): Fields | undefined {
  const before = fieldsOf(policy);
  if (!form.tls) {
    const { tls: _, ...rest } = before;
    return Object.keys(rest).length === 0 ? undefined : rest;
  }
  const tls = fieldsOf(before['tls']);
  const validation = fieldsOf(tls['validation']);
  const was = formOf(policy);
  // What the form did not change is not written anew: it may say more than the form can show.
  const changed = (...keys: (keyof PolicyForm)[]): boolean =>
    !was.tls || keys.some((key) => form[key] !== was[key]);
  const ports = portsOf(form.ports);
  return {
    ...before,
    tls: given({
      ...tls,
      // What is so without being said stays unsaid.
      enforce: form.enforce && !('enforce' in tls) ? undefined : form.enforce,
      ...(changed('ports') ? { ports: ports.length === 0 ? undefined : ports } : {}),
      ...(changed('certificate', 'chain', 'privateKey', 'secret')
        ? { certificate: certificateOf(form, tls['certificate']) }
        : {}),
      validation: given({
        ...validation,
        ...(changed('trust', 'trusted') ? { trust: trustOf(form, validation['trust']) } : {}),
        ...(changed('names')
          ? { subjectAlternativeNames: namesOf(form.names, validation['subjectAlternativeNames']) }
          : {}),
      }),
    }),
  };
}
