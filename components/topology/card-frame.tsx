'use client';
import { Handle, Position, useStore } from '@xyflow/react';
import type { ReactFlowState } from '@xyflow/react';
import type { ReactNode } from 'react';
import { FindingBadge } from '@/components/findings/finding-badge';
import { useSpeech } from '@/lib/i18n/react';
import { cardSize, HEAD, nameOf, rowY } from './card-size';
import { healthOf } from './health';
import { KindIcon, ToneIcon } from './kind-icon';
import type { ShownCard } from './shown-graph';
import styles from './card.module.css';

/** Below this zoom a card's text cannot be read; a plain mark with its name in large letters takes its place. */
const FAR = 0.38;
const isFar = (state: ReactFlowState) => state.transform[2] < FAR;

/** Whether the canvas is zoomed out too far for text. Changes only when the limit is crossed. */
export function useFar(): boolean {
  return useStore(isFar);
}

export interface CardProps {
  card: ShownCard;
  selected: boolean;
}

interface FrameProps extends CardProps {
  /** Rows with edges of their own. */
  rows?: readonly string[];
  children: ReactNode;
}

/** What all cards share: heading, kind, finding badge, health, handles, selection, ghost. */
export function CardFrame({ card, selected, rows = [], children }: FrameProps) {
  const { t } = useSpeech();
  const far = useFar();
  const { node, goneAt } = card;
  const gone = goneAt !== undefined;
  const health = healthOf(node, gone);
  const healthText = t(`topology.health.${health.message}`, health.values);
  const classes = [styles.card, selected && styles.selected, gone && styles.gone, far && styles.far];
  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      data-kind={node.kind}
      data-tone={health.tone}
      data-dimmed={card.dimmed === true || undefined}
      style={{ ...cardSize(node), ['--head' as string]: `${HEAD}px` }}
    >
      <Handle
        type="target"
        position={Position.Left}
        id="in"
        isConnectable={false}
        style={{ top: HEAD / 2 }}
      />
      <header className={styles.head}>
        <span className={styles.icon}>
          <KindIcon kind={node.kind} size={far ? 36 : 18} />
        </span>
        <span className={styles.title}>
          <span className={styles.name} title={nameOf(node)}>
            {nameOf(node)}
          </span>
          {!far && <span className={styles.kind}>{t(`topology.kind.${node.kind}`)}</span>}
        </span>
        <span className={styles.signs}>
          {card.findings.length > 0 && <FindingBadge findings={card.findings} />}
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
      {!far && children}
      {rows.length === 0 ? (
        <Handle
          type="source"
          position={Position.Right}
          id="out"
          isConnectable={false}
          style={{ top: HEAD / 2 }}
        />
      ) : (
        rows.map((row) => (
          <Handle
            key={row}
            type="source"
            position={Position.Right}
            id={`row:${row}`}
            isConnectable={false}
            style={{ top: rowY(node, row) }}
          />
        ))
      )}
    </article>
  );
}
