/**
 * What a VirtualNode may say of backends, by the schema of the CRD and the words of its documentation: told with the place and
 * the rule, before a cluster is asked. Fields that are not named here are left to the cluster.
 */
import { isFields } from '../plain';

export type SpecRule =
  /** A field of another kind than this: list, fields, text, number or yes/no. */
  | 'list'
  | 'fields'
  | 'text'
  | 'boolean'
  /** Nothing there. */
  | 'required'
  /** Exactly one of `names`. */
  | 'one'
  /** None of the fields that are edited here. */
  | 'foreign'
  | 'port'
  /** An ARN that names no VirtualService. */
  | 'arn'
  /** Longer than `most` characters, or more than `most` of them. */
  | 'long'
  | 'many'
  /** The same as an entry before it. */
  | 'twice';

export interface SpecIssue {
  path: (string | number)[];
  rule: SpecRule;
  /** Names to choose from, or the one that stands twice. */
  names?: string | undefined;
  most?: number | undefined;
}

export const SPEC_FIELDS = ['backends', 'backendGroups', 'backendDefaults'] as const;

type Path = SpecIssue['path'];
type Report = (path: Path, rule: SpecRule, more?: Pick<SpecIssue, 'names' | 'most'>) => void;

const absent = (found: unknown): found is null | undefined => found === undefined || found === null;

/** Source: the controller reads `mesh/<mesh>[@owner]/<type>/<name>`, with or without what makes it an ARN. */
const SERVICE_ARN = /^(?:arn:[^/]*:)?mesh\/[^/]+\/virtualService\/[^/]+$/;
const PATH_MOST = 255;
const AUTHORITIES_MOST = 3;

function checkText(found: unknown, path: Path, report: Report, most?: number): void {
  if (absent(found) || found === '') report(path, 'required');
  else if (typeof found !== 'string') report(path, 'text');
  else if (most !== undefined && found.length > most) report(path, 'long', { most });
}

/** Fields that must be there; reports where they are not. */
function fieldsAt(found: unknown, path: Path, report: Report): Readonly<Record<string, unknown>> | undefined {
  if (isFields(found)) return found;
  report(path, absent(found) ? 'required' : 'fields');
  return undefined;
}

function checkList(
  found: unknown,
  path: Path,
  report: Report,
  each: (item: unknown, path: Path) => void,
): void {
  if (absent(found)) return;
  if (Array.isArray(found)) found.forEach((item: unknown, at) => each(item, [...path, at]));
  else report(path, 'list');
}

/** The only one of these that is there; reports where it is not the only one. */
function onlyOf(
  fields: Readonly<Record<string, unknown>>,
  names: readonly string[],
  path: Path,
  report: Report,
): string | undefined {
  const there = names.filter((name) => !absent(fields[name]));
  if (there.length === 1) return there[0];
  report(path, 'one', { names: names.join(', ') });
  return undefined;
}

function checkTrust(found: unknown, path: Path, report: Report): void {
  const trust = fieldsAt(found, path, report);
  const kind = trust && onlyOf(trust, ['acm', 'file', 'sds'], path, report);
  if (trust === undefined || kind === undefined) return;
  const at = [...path, kind];
  const body = fieldsAt(trust[kind], at, report);
  if (body === undefined) return;
  if (kind === 'file') checkText(body['certificateChain'], [...at, 'certificateChain'], report, PATH_MOST);
  else if (kind === 'sds') checkText(body['secretName'], [...at, 'secretName'], report);
  else {
    const arns = body['certificateAuthorityARNs'];
    const place = [...at, 'certificateAuthorityARNs'];
    if (absent(arns) || (Array.isArray(arns) && arns.length === 0)) report(place, 'required');
    else if (Array.isArray(arns) && arns.length > AUTHORITIES_MOST)
      report(place, 'many', { most: AUTHORITIES_MOST });
    checkList(arns, place, report, (arn, one) => checkText(arn, one, report));
  }
}

function checkCertificate(found: unknown, path: Path, report: Report): void {
  if (absent(found)) return;
  const certificate = fieldsAt(found, path, report);
  const kind = certificate && onlyOf(certificate, ['file', 'sds'], path, report);
  if (certificate === undefined || kind === undefined) return;
  const at = [...path, kind];
  const body = fieldsAt(certificate[kind], at, report);
  if (body === undefined) return;
  if (kind === 'sds') checkText(body['secretName'], [...at, 'secretName'], report);
  else
    for (const name of ['certificateChain', 'privateKey'])
      checkText(body[name], [...at, name], report, PATH_MOST);
}

function checkPolicy(found: unknown, path: Path, report: Report): void {
  if (absent(found)) return;
  const policy = fieldsAt(found, path, report);
  if (policy === undefined || absent(policy['tls'])) return;
  const at = [...path, 'tls'];
  const tls = fieldsAt(policy['tls'], at, report);
  if (tls === undefined) return;
  if (!absent(tls['enforce']) && typeof tls['enforce'] !== 'boolean') report([...at, 'enforce'], 'boolean');
  checkList(tls['ports'], [...at, 'ports'], report, (port, place) => {
    if (!Number.isInteger(port) || Number(port) < 1 || Number(port) > 65_535) report(place, 'port');
  });
  checkCertificate(tls['certificate'], [...at, 'certificate'], report);
  const validation = fieldsAt(tls['validation'], [...at, 'validation'], report);
  if (validation === undefined) return;
  checkTrust(validation['trust'], [...at, 'validation', 'trust'], report);
  const names = validation['subjectAlternativeNames'];
  if (absent(names)) return;
  const place = [...at, 'validation', 'subjectAlternativeNames'];
  const match = fieldsAt(fieldsAt(names, place, report)?.['match'], [...place, 'match'], report);
  if (match === undefined) return;
  const exact = [...place, 'match', 'exact'];
  if (absent(match['exact'])) report(exact, 'required');
  checkList(match['exact'], exact, report, (name, one) => checkText(name, one, report));
}

function checkReference(found: unknown, path: Path, report: Report): void {
  const reference = fieldsAt(found, path, report);
  if (reference === undefined) return;
  checkText(reference['name'], [...path, 'name'], report);
  const { namespace } = reference;
  if (!absent(namespace) && typeof namespace !== 'string') report([...path, 'namespace'], 'text');
}

function checkEntry(found: unknown, path: Path, report: Report): void {
  const at = [...path, 'virtualService'];
  const entry = fieldsAt(found, path, report);
  const service = entry && fieldsAt(entry['virtualService'], at, report);
  if (service === undefined) return;
  const kind = onlyOf(service, ['virtualServiceRef', 'virtualServiceARN'], at, report);
  if (kind === 'virtualServiceRef') checkReference(service[kind], [...at, kind], report);
  else if (kind === 'virtualServiceARN') {
    const arn = service[kind];
    if (typeof arn === 'string' && arn !== '' && !SERVICE_ARN.test(arn)) report([...at, kind], 'arn');
    else checkText(arn, [...at, kind], report);
  }
  checkPolicy(service['clientPolicy'], [...at, 'clientPolicy'], report);
}

/** How requests and the history name an entry of a node in `namespace`; '' for one that names nothing. */
export function entryName(entry: unknown, namespace: string): string {
  const service = isFields(entry) ? entry['virtualService'] : undefined;
  if (!isFields(service)) return '';
  const { virtualServiceARN: arn, virtualServiceRef: ref } = service;
  if (typeof arn === 'string' && arn !== '') return arn;
  return isFields(ref) && typeof ref['name'] === 'string' && ref['name'] !== ''
    ? referenceName(ref, namespace)
    : '';
}

/** A reference as `namespace/name`, as seen from `namespace`. */
export function referenceName(ref: unknown, namespace: string): string {
  if (!isFields(ref)) return '';
  const given = ref['namespace'];
  return `${typeof given === 'string' && given !== '' ? given : namespace}/${String(ref['name'] ?? '')}`;
}

/** What of these fields breaks a rule, in their order. `namespace`: that of the node, where entries without one are to be told apart. */
export function specIssues(spec: unknown, namespace?: string): SpecIssue[] {
  const issues: SpecIssue[] = [];
  const report: Report = (path, rule, more = {}) => issues.push({ path, rule, ...more });
  const fields = fieldsAt(spec, [], report);
  if (fields === undefined) return issues;
  for (const name of Object.keys(fields))
    if (!SPEC_FIELDS.some((known) => known === name))
      report([name], 'foreign', { names: SPEC_FIELDS.join(', ') });
  const known = new Set<string>();
  const once = (name: string, path: Path) => {
    if (name !== '' && known.has(name)) report(path, 'twice', { names: name });
    known.add(name);
  };
  checkList(fields['backends'], ['backends'], report, (entry, path) => {
    checkEntry(entry, path, report);
    if (namespace !== undefined) once(entryName(entry, namespace), path);
  });
  known.clear();
  checkList(fields['backendGroups'], ['backendGroups'], report, (group, path) => {
    checkReference(group, path, report);
    if (namespace !== undefined) once(referenceName(group, namespace), path);
  });
  const defaults = fields['backendDefaults'];
  if (!absent(defaults)) {
    const body = fieldsAt(defaults, ['backendDefaults'], report);
    if (body !== undefined) checkPolicy(body['clientPolicy'], ['backendDefaults', 'clientPolicy'], report);
  }
  return issues;
}

/** A path as a reader writes it: `backends[1].virtualService`. */
export const specPath = (path: SpecIssue['path']): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
