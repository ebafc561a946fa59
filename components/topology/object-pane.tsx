'use client';
import { FindingBadge } from '@/components/findings/finding-badge';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { hidden } from '@/components/ui/hidden';
import { nameOf, namespaceOf } from './card-size';
import { KindIcon } from './kind-icon';
import { CARD_KINDS } from './kinds';
import type { ShownCard } from './shown-graph';
import styles from './object-pane.module.css';

export interface ObjectPaneProps {
  cards: readonly ShownCard[];
  selected: EntityKey | undefined;
  onChoose: (key: EntityKey) => void;
}

/** The objects of the mesh beside the graph, by namespace and kind. */
export function ObjectPane({ cards, selected, onChoose }: ObjectPaneProps) {
  const { t } = useSpeech();
  const sorted = [...cards].sort(
    (a, b) =>
      namespaceOf(a.node).localeCompare(namespaceOf(b.node)) ||
      CARD_KINDS.indexOf(a.node.kind) - CARD_KINDS.indexOf(b.node.kind) ||
      nameOf(a.node).localeCompare(nameOf(b.node)),
  );
  const namespaces = [...new Set(sorted.map(({ node }) => namespaceOf(node)))];
  return (
    <nav className={styles.pane} aria-label={t('topology.list.caption')}>
      {namespaces.map((namespace) => (
        <section key={namespace}>
          <h3>{namespace || t('topology.list.nothing')}</h3>
          <ul>
            {sorted
              .filter(({ node }) => namespaceOf(node) === namespace)
              .map(({ node, findings, goneAt }) => (
                <li key={node.key}>
                  <button
                    type="button"
                    className={styles.item}
                    data-kind={node.kind}
                    data-gone={goneAt === undefined ? undefined : ''}
                    aria-current={node.key === selected || undefined}
                    title={`${t(`topology.kind.${node.kind}`)} ${nameOf(node)}`}
                    onClick={() => onChoose(node.key)}
                  >
                    <span className={styles.icon}>
                      <KindIcon kind={node.kind} size={14} />
                    </span>
                    <span className={hidden}>{t(`topology.kind.${node.kind}`)} </span>
                    <span className={styles.name}>{nameOf(node)}</span>
                    {findings.length > 0 && <FindingBadge findings={findings} />}
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
