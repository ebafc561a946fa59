'use client';
import type { ReactNode } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { EgressEffect, EgressImpact } from '@/lib/mesh/backends/egress';
import type { EgressType } from '@/lib/mesh/model';
import { CallList } from './impact-view';
import { nameOf } from './names';
import type { Backends } from './use-backends';
import styles from './backends.module.css';

/** Nodes that are named before the rest is counted; those with calls that break come first. */
const NAMED = 200;

/** What another filter does to the nodes of a mesh, one by one, and added up. */
export function EgressEffects({
  effects,
  impact,
  type,
  backends: { measured, watched },
  children,
}: {
  effects: readonly EgressEffect[];
  impact: EgressImpact;
  type: EgressType;
  backends: Pick<Backends, 'measured' | 'watched'>;
  /** What can be done about it; above the nodes, of which there may be many. */
  children?: ReactNode;
}) {
  const { t } = useSpeech();
  if (effects.length === 0)
    return (
      <>
        <p className={styles.lead}>{t('backends.whatif.none')}</p>
        {children}
      </>
    );
  const { breaks, opens, breaksPerMinute, opensPerMinute, untraced } = impact;
  return (
    <>
      <p className={styles.lead}>{t('backends.whatif.text', { nodes: effects.length, type })}</p>
      <ul className={styles.list}>
        {breaks.length > 0 && (
          <li className={styles.breaks}>
            {t('backends.draft.breaks', { count: breaks.length, perMinute: breaksPerMinute })}
          </li>
        )}
        {opens.length > 0 && (
          <li>{t('backends.whatif.sum.opens', { count: opens.length, perMinute: opensPerMinute })}</li>
        )}
        {type === 'DROP_ALL' && <li>{t('backends.whatif.outside')}</li>}
        {watched && untraced.length > 0 && (
          <li>{t('backends.whatif.sum.untraced', { count: untraced.length })}</li>
        )}
        <li className={styles.muted}>
          {watched && measured
            ? t('backends.whatif.window', {
                from: new Date(measured.window.fromMs),
                to: new Date(measured.window.toMs),
              })
            : t('backends.review.unmeasured')}
        </li>
      </ul>
      {children}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('backends.suggestions.node')}</th>
            <th scope="col">{t('backends.whatif.change')}</th>
          </tr>
        </thead>
        <tbody>
          {effects.slice(0, NAMED).map((effect) => (
            <tr key={effect.node}>
              <th scope="row">{nameOf(effect.node)}</th>
              <td>
                <Effect effect={effect} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {effects.length > NAMED && (
        <p className={styles.muted}>{t('backends.pane.more', { count: effects.length - NAMED })}</p>
      )}
    </>
  );
}

function Effect({ effect: { breaks, opens, traced } }: { effect: EgressEffect }) {
  const { t } = useSpeech();
  if (breaks.length + opens.length === 0)
    return (
      <span className={styles.muted}>{t(traced ? 'backends.whatif.quiet' : 'backends.whatif.untraced')}</span>
    );
  return (
    <>
      {breaks.length > 0 && (
        <>
          <span className={styles.breaks}>{t('backends.review.breaks')}</span>
          <CallList calls={breaks} />
        </>
      )}
      {opens.length > 0 && (
        <>
          {t('backends.review.opens')}
          <CallList calls={opens} />
        </>
      )}
    </>
  );
}
