'use client';
import Alert from '@cloudscape-design/components/alert';
import { useSpeech } from '@/lib/i18n/react';
import type { GroupImpact } from '@/lib/mesh/backends/groups';
import { nameOf } from '../names';
import backend from '../backends.module.css';

/** Names that are told before the rest is counted. */
const NAMED = 12;

/** Who uses the group, and which nodes the controller would hold back. */
export function HeldNodes({ impact: { users, held } }: { impact: GroupImpact }) {
  const { t, locale } = useSpeech();
  const names = (some: readonly string[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format([
      ...some.slice(0, NAMED),
      ...(some.length > NAMED ? [t('backends.pane.more', { count: some.length - NAMED })] : []),
    ]);
  const gone = held.filter(({ service }) => service === undefined).map(({ node }) => nameOf(node));
  const missing = held.flatMap(({ node, service }) =>
    service === undefined ? [] : [`${nameOf(node)} → ${nameOf(service)}`],
  );
  return (
    <>
      <p className={backend.muted}>
        {users.length === 0
          ? t('backends.groups.review.unused')
          : t('backends.groups.review.users', { count: users.length, names: names(users.map(nameOf)) })}
      </p>
      {gone.length > 0 && (
        <Alert type="warning">{t('backends.groups.review.held', { names: names(gone) })}</Alert>
      )}
      {missing.length > 0 && (
        <Alert type="warning">{t('backends.groups.review.heldFor', { names: names(missing) })}</Alert>
      )}
    </>
  );
}
