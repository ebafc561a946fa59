/** How a cell is put into words. */
import type { Translate } from '@/lib/i18n/translate';
import type { Cell } from '@/lib/mesh/backends/matrix';
import type { SeenCall } from '@/lib/mesh/backends/observed';

/**
 * What was seen of a call, as figures with their unit: counted ones per minute, sampled ones as what they are. `asked`: whether
 * anybody was asked about the caller.
 */
export function callText(call: SeenCall | undefined, t: Translate, asked = true): string {
  if (call === undefined || call.seen === 'unknown')
    return t(asked ? 'backends.call.unknown' : 'backends.call.notAsked');
  const { seen, perMinute, requests, bytesPerSecond } = call;
  if (seen === 'no') return t('backends.call.none');
  if (perMinute !== undefined && perMinute > 0) return t('backends.call.rate', { perMinute });
  if (requests > 0) return t('backends.call.sampled', { requests });
  if (bytesPerSecond !== undefined) return t('backends.call.bytes', { bytesPerSecond });
  return t('backends.call.seen');
}

/** Texts without values, kept: a screen full of cells says the same few things. */
const said = new WeakMap<Translate, Map<string, string>>();

function permissionText(permission: Cell['permission'], t: Translate): string {
  const known = said.get(t) ?? new Map<string, string>();
  said.set(t, known);
  const text = known.get(permission) ?? t(`backends.permission.${permission}`);
  known.set(permission, text);
  return text;
}

/** A cell by its ends, what allows it, what was seen, and what is drafted. */
export function cellText(
  { permission, call, edit }: Pick<Cell, 'permission' | 'call' | 'edit'>,
  { node, service }: { node: string; service: string },
  t: Translate,
  asked = true,
): string {
  const values = { node, service, permission: permissionText(permission, t), call: callText(call, t, asked) };
  return edit === undefined
    ? t('backends.cell', values)
    : t('backends.cell.drafted', { ...values, edit: t(`backends.edit.${edit}`) });
}

/** What client policy is in force for a backend: its own says first, then the node's defaults. */
export function tlsText(own: boolean | undefined, byDefault: boolean | undefined, t: Translate): string {
  if (own !== undefined) return t(own ? 'backends.pane.tls.own' : 'backends.pane.tls.off');
  if (byDefault !== undefined)
    return t(byDefault ? 'backends.pane.tls.default' : 'backends.pane.tls.defaultOff');
  return t('backends.pane.tls.none');
}

/** The sign of a cell; colour and border tell the same once more. */
export function signOf({ permission, state, edit }: Pick<Cell, 'permission' | 'state' | 'edit'>): string {
  if (edit !== undefined) return edit === 'allow' ? '+' : '−';
  switch (permission) {
    case 'direct':
      return state === 'used' ? '✓' : state === 'silent' ? '–' : '?';
    case 'group':
      return 'G';
    case 'wildcard':
      return '∗';
    case 'open':
      return '○';
    case 'unknown':
      return '?';
    case 'no':
      return state === 'undeclared' ? '!' : '';
  }
}
