'use client';
import { useSpeech } from '@/lib/i18n/react';
import { BACKENDS_MAX } from '@/lib/mesh/backends/impact';
import type { AffectedCall, Impact } from '@/lib/mesh/backends/impact';
import type { EntityKey } from '@/lib/mesh/keys';
import { callText } from './cell-text';
import { nameOf } from './names';
import type { Backends } from './use-backends';
import styles from './backends.module.css';

/** Calls that are named before the rest is counted. */
const NAMED = 12;

/** Observed calls, one a line. */
export function CallList({ calls }: { calls: readonly AffectedCall[] }) {
  const { t } = useSpeech();
  return (
    <ul className={styles.list}>
      {calls.slice(0, NAMED).map(({ node, service, call }) => (
        <li key={`${node} ${service}`}>
          {t('backends.review.call', {
            node: nameOf(node),
            service: nameOf(service),
            call: callText(call, t),
          })}
        </li>
      ))}
      {calls.length > NAMED && <li>{t('backends.pane.more', { count: calls.length - NAMED })}</li>}
    </ul>
  );
}

/** What a draft does to observed calls, and everything about it that is worth a word before it is applied. */
export function ImpactView({ impact, backends }: { impact: Impact; backends: Backends }) {
  const { t, locale } = useSpeech();
  const { breaks, opens, unseen, rules, tls, quota, duplicates, unresolvable, nobody, emptied } = impact;
  const { measured, watched } = backends;
  const names = (keys: readonly EntityKey[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(keys.slice(0, NAMED).map(nameOf));
  const notes = [
    ...rules.map(({ node, to }) => t(`backends.review.rule.${to}`, { node: nameOf(node) })),
    ...tls.map(({ node, service, kind, targets }) =>
      t(`backends.review.tls.${kind}`, {
        node: nameOf(node),
        service: nameOf(service),
        targets: names(targets),
      }),
    ),
    ...quota.map(({ node, count }) =>
      t('backends.review.quota', { node: nameOf(node), count, max: BACKENDS_MAX }),
    ),
    ...duplicates.map(({ node, service, group }) =>
      t('backends.review.duplicate', {
        node: nameOf(node),
        service: nameOf(service),
        group: group === undefined ? nameOf(node) : nameOf(group),
      }),
    ),
    ...unresolvable.map((service) => t('backends.review.unresolvable', { service: nameOf(service) })),
    ...nobody.map((service) => t('backends.review.nobody', { service: nameOf(service) })),
    ...emptied.map((node) => t('backends.review.emptied', { node: nameOf(node) })),
  ];
  return (
    <div>
      <h3>{t('backends.review.impact')}</h3>
      {!watched && <p className={styles.muted}>{t('backends.review.unmeasured')}</p>}
      {watched && measured && breaks.length + opens.length === 0 && (
        <p className={styles.muted}>
          {t('backends.review.quiet', {
            from: new Date(measured.window.fromMs),
            to: new Date(measured.window.toMs),
          })}
        </p>
      )}
      {breaks.length > 0 && (
        <>
          <strong className={styles.breaks}>{t('backends.review.breaks')}</strong>
          <CallList calls={breaks} />
        </>
      )}
      {opens.length > 0 && (
        <>
          <strong>{t('backends.review.opens')}</strong>
          <CallList calls={opens} />
        </>
      )}
      {unseen.length > 0 && (
        <p className={styles.muted}>
          {t('backends.review.unseen', {
            count: unseen.length,
            names: new Intl.ListFormat(locale).format(
              unseen.slice(0, NAMED).map(({ node, service }) => `${nameOf(node)} → ${nameOf(service)}`),
            ),
          })}
        </p>
      )}
      {notes.length > 0 && (
        <ul className={styles.list}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
