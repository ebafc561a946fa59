'use client';
import { memo } from 'react';
import type { Malformed } from '@/lib/mesh/model';
import type { Unresolved } from '@/lib/mesh/topology';
import { useSpeech } from '@/lib/i18n/react';
import { CardFrame } from './card-frame';
import type { CardProps } from './card-frame';
import { PROBLEMS_SHOWN, ROW } from './card-size';
import styles from './card.module.css';

/** What a reference names and this mesh does not hold. */
export const UnresolvedCard = memo(function UnresolvedCard(props: CardProps & { unresolved: Unresolved }) {
  const { t } = useSpeech();
  const { cause, expected, arn } = props.unresolved;
  return (
    <CardFrame {...props}>
      <p
        className={styles.line}
        style={{ height: ROW.line }}
        title={arn ?? t('topology.card.expected', { kind: t(`topology.kind.${expected}`) })}
      >
        <span className={styles.cut}>{t(`topology.card.${cause}`)}</span>
      </p>
    </CardFrame>
  );
});

/** An object that could not be read, with the first things that are wrong. */
export const MalformedCard = memo(function MalformedCard(props: CardProps & { malformed: Malformed }) {
  return (
    <CardFrame {...props}>
      <ul className={styles.rows}>
        {props.malformed.problems.slice(0, PROBLEMS_SHOWN).map(({ path, message }) => (
          <li key={`${path} ${message}`} className={styles.row} style={{ height: ROW.problem }}>
            <span className={styles.cut} title={`${path}: ${message}`}>
              <code>{path}</code> {message}
            </span>
          </li>
        ))}
      </ul>
    </CardFrame>
  );
});
