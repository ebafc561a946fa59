/** Making findings: one id for the same trouble over time. */
import type { Finding, FindingCode } from '../finding';
import type { EntityKey } from '../keys';
import type { Target } from '../model';

const SEVERITY: Record<FindingCode, Finding['severity']> = {
  MD101: 'error',
  MD102: 'error',
  MD103: 'error',
  MD104: 'error',
  MD105: 'warning',
  MD106: 'error',
  MD107: 'warning',
  MD110: 'error',
  MD201: 'warning',
  MD202: 'error',
  MD203: 'error',
  MD204: 'warning',
  MD205: 'warning',
  MD206: 'warning',
  MD303: 'info',
  MD305: 'info',
  MD306: 'warning',
  MD307: 'warning',
  MD308: 'warning',
  MD309: 'warning',
  MD310: 'error',
  MD311: 'info',
  MD401: 'warning',
  MD402: 'warning',
  MD501: 'error',
  MD502: 'warning',
  MD503: 'warning',
  MD510: 'warning',
  MD511: 'warning',
  MD512: 'info',
  MD601: 'warning',
  MD602: 'warning',
  MD603: 'warning',
  MD604: 'warning',
  MD605: 'warning',
  MD610: 'info',
};

export interface Trouble {
  /** Where it is worse, or less bad, than the code usually is. */
  severity?: Finding['severity'];
  /** Tells apart several findings of one code on one subject: a path or a name. */
  at?: string;
  related?: EntityKey[];
  details?: Finding['details'];
  path?: string;
}

/** Builds a finding; its id is code, subject and where. */
export function finding(code: FindingCode, subject: EntityKey, trouble: Trouble = {}): Finding {
  return {
    id: [code, subject, ...(trouble.at === undefined ? [] : [trouble.at])].join('|'),
    code,
    severity: trouble.severity ?? SEVERITY[code],
    subject,
    related: trouble.related ?? [],
    details: trouble.details ?? {},
    ...(trouble.path === undefined ? {} : { path: trouble.path }),
  };
}

/** How a text names what a reference leads to; a thing of an App Mesh API has no namespace. */
export const targetName = ({ namespace, name }: Pick<Target, 'namespace' | 'name'>): string =>
  namespace === '' ? name : `${namespace}/${name}`;
