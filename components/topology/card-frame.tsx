'use client';
import type { ReactNode } from 'react';
import { FindingBadge } from '@/components/findings/finding-badge';
import { ChangedSign } from '@/components/activity/changed-sign';
import { CardFigures } from '@/components/telemetry/overlay/card-figures';
import { useChangedAt } from '@/lib/client/use-changes';
import { useTold } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import { cardSize, HEAD, nameOf } from './card-size';
import { healthOf } from './health';
import { KindIcon, ToneIcon } from './kind-icon';
import type { ShownCard } from './shown-graph';
import styles from './card.module.css';

export interface CardProps {
  card: ShownCard;
  selected: boolean;
}

interface FrameProps extends CardProps {
  children: ReactNode;
}

/** What all cards share: heading, kind, finding badge, health, selection, ghost. */
export function CardFrame({ card, selected, children }: FrameProps) {
  const { t } = useSpeech();
  const { node, goneAt } = card;
  const gone = goneAt !== undefined;
  const mark = useChangedAt(node.key);
  const health = healthOf(node, gone);
  const healthText = t(`topology.health.${health.message}`, health.values);
  const classes = [styles.card, selected && styles.selected, gone && styles.gone];
  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      data-kind={node.kind}
      data-tone={health.tone}
      data-changed={mark?.level}
      data-compared={mark?.compared}
      data-dimmed={card.dimmed === true || undefined}
      style={{ ...cardSize(node), ['--head' as string]: `${HEAD}px` }}
    >
      <header className={styles.head}>
        <span className={styles.icon}>
          <KindIcon kind={node.kind} size={18} />
        </span>
        <span className={styles.title}>
          <span className={styles.name} title={nameOf(node)}>
            {nameOf(node)}
          </span>
          <span className={styles.kind}>
            <CardFigures of={node.key} kind={t(`topology.kind.${node.kind}`)} />
          </span>
        </span>
        <span className={styles.signs}>
          {mark && <ChangedSign mark={mark} />}
          <Findings card={card} />
          {gone ? (
            <span className={styles.goneSign} title={t('topology.card.goneTitle')}>
              {t('topology.card.gone')}
            </span>
          ) : (
            <span
              className={styles.tone}
              data-tone={health.tone}
              title={healthText}
              role="img"
              aria-label={healthText}
            >
              <ToneIcon tone={health.tone} />
            </span>
          )}
        </span>
      </header>
      {children}
    </article>
  );
}

/** What is found in the mesh and what measuring found, in one badge. */
function Findings({ card: { node, findings } }: { card: ShownCard }) {
  const measured = useTold(node.key)?.findings ?? [];
  const all = measured.length === 0 ? findings : [...findings, ...measured];
  return all.length > 0 ? <FindingBadge findings={all} /> : null;
}
