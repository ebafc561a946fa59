'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { Translate } from '@/lib/i18n/translate';
import type { Ownership } from '@/lib/mesh/model';
import { OWNER_NAMES, ownerCommand, ownerLevel } from '@/lib/mesh/ownership';
import type { OwnerLevel } from '@/lib/mesh/ownership';
import styles from './owner-mark.module.css';

/** Lines of 1.6 in a square of 16: a box, an arrow that turns back, a lock. */
const PATHS: Record<Exclude<OwnerLevel, 'free'>, string> = {
  note: 'M2 5l6-3 6 3v6l-6 3-6-3zM2 5l6 3 6-3M8 8v6',
  acknowledge: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3.2H9.8',
  blocked: 'M3 7h10v7H3zM5 7V5a3 3 0 0 1 6 0v2',
};

/** What the owner of a router means for its weights, in one sentence; `undefined` where nobody owns it. */
export function ownerText(owner: Ownership, namespace: string, t: Translate): string | undefined {
  if (owner.manager === 'none') return undefined;
  const values = { owner: OWNER_NAMES[owner.manager], name: owner.name ?? '' };
  switch (ownerLevel(owner)) {
    case 'free':
      return undefined;
    case 'note':
      return t('traffic.review.warning.owner-helm', values);
    case 'acknowledge':
      return t('traffic.review.warning.owner-gitops', values);
    case 'blocked':
      return t('traffic.reason.owned', { ...values, look: ownerCommand(owner, namespace) ?? 'none' });
  }
}

/** Who else writes a router, by sign and name. Nothing where nobody does. */
export function OwnerMark({
  owner,
  namespace,
  plain = false,
}: {
  owner: Ownership;
  /** Of the router. */
  namespace: string;
  /** The sign alone, where there is no room for a name; the sentence is its label. */
  plain?: boolean;
}) {
  const { t } = useSpeech();
  const level = ownerLevel(owner);
  const text = ownerText(owner, namespace, t);
  if (owner.manager === 'none' || level === 'free' || text === undefined) return null;
  return (
    <span
      className={styles.mark}
      data-level={level}
      title={text}
      {...(plain ? { role: 'img', 'aria-label': text } : {})}
    >
      <svg width="13" height="13" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path
          d={PATHS[level]}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {!plain && <span className={styles.name}>{`${OWNER_NAMES[owner.manager]} ${owner.name ?? ''}`}</span>}
    </span>
  );
}
