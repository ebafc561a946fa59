'use client';
import Button from '@cloudscape-design/components/button';
import Popover from '@cloudscape-design/components/popover';
import { useSpeech } from '@/lib/i18n/react';
import { OverlayLegend } from '@/components/telemetry/overlay/overlay-legend';
import { KindIcon } from './kind-icon';
import { CARD_KINDS } from './kinds';
import graphStyles from './graph.module.css';
import styles from './screen.module.css';

const EDGES = ['gateway-route', 'provider', 'route-target', 'backend', 'member', 'runs', 'zero'] as const;
const KEYS = [
  ['/', 'search'],
  ['f', 'fit'],
  ['← → ↑ ↓', 'arrows'],
  ['Enter', 'enter'],
  ['Esc', 'escape'],
] as const;

/** What the signs of the graph mean. */
export function Legend() {
  const { t } = useSpeech();
  return (
    <Popover
      header={t('topology.legend')}
      size="large"
      position="bottom"
      triggerType="custom"
      dismissButton
      content={
        <div className={styles.legend}>
          <h4>{t('topology.legend.cards')}</h4>
          <ul>
            {CARD_KINDS.map((kind) => (
              <li key={kind}>
                <span className={styles.legendSign} data-kind={kind}>
                  <KindIcon kind={kind} />
                </span>
                {t(`topology.kind.${kind}`)}
              </li>
            ))}
          </ul>
          <h4>{t('topology.legend.edges')}</h4>
          <ul>
            {EDGES.map((kind) => (
              <li key={kind}>
                <svg className={styles.legendSign} width="34" height="8" aria-hidden="true">
                  <g
                    className={[graphStyles.edge, kind === 'zero' && graphStyles.zero]
                      .filter(Boolean)
                      .join(' ')}
                    data-kind={kind}
                  >
                    <path d="M0 4h34" strokeWidth={kind === 'route-target' ? 3 : 2} />
                  </g>
                </svg>
                {t(`topology.legend.edge.${kind}`)}
              </li>
            ))}
          </ul>
          <OverlayLegend />
          <h4>{t('topology.legend.keys')}</h4>
          <ul>
            {KEYS.map(([key, meaning]) => (
              <li key={key}>
                <kbd>{key}</kbd> {t(`topology.legend.key.${meaning}`)}
              </li>
            ))}
          </ul>
        </div>
      }
    >
      <Button iconName="status-info">{t('topology.legend')}</Button>
    </Popover>
  );
}
