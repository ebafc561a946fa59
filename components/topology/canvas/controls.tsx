'use client';
import { useReactFlow } from '@xyflow/react';
import { useSpeech } from '@/lib/i18n/react';
import type { MessageKey } from '@/lib/i18n/translate';
import styles from './canvas.module.css';

/** Strokes on a square of 20. */
const ICONS = {
  zoomIn: 'M10 4v12M4 10h12',
  zoomOut: 'M4 10h12',
  fit: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M7 8h6v4H7z',
  expand: 'M10 2v6M7 5l3-3 3 3M10 18v-6M7 15l3 3 3-3M3 10h14',
  collapse: 'M10 2v6M7 5l3 3 3-3M10 18v-6M7 15l3-3 3 3M3 10h14',
  tidy: 'M3 4h5v4H3zM3 12h5v4H3zM12 8h5v4h-5zM8 6h2v8H8M10 10h2',
} as const;

interface ControlsProps {
  onFit: () => void;
  onTidy: () => void;
  onExpandAll: () => void;
  onCollapseAll: () => void;
  /** Groups drawn as one mark, and groups drawn as boxes. */
  closed: number;
  open: number;
}

/** What can be done with the picture as a whole, in its corner. */
export function Controls({ onFit, onTidy, onExpandAll, onCollapseAll, closed, open }: ControlsProps) {
  const { t } = useSpeech();
  const { zoomIn, zoomOut } = useReactFlow();
  const button = (
    icon: keyof typeof ICONS,
    label: MessageKey,
    hint: MessageKey,
    run: () => void,
    idle = false,
  ) => (
    <button
      type="button"
      className={styles.control}
      aria-label={t(label)}
      title={t(hint)}
      aria-disabled={idle}
      onClick={() => {
        if (!idle) run();
      }}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <path d={ICONS[icon]} />
      </svg>
    </button>
  );
  return (
    <div className={styles.controls} role="group" aria-label={t('topology.controls')}>
      {button('zoomIn', 'topology.zoomIn', 'topology.zoomIn', () => void zoomIn())}
      {button('zoomOut', 'topology.zoomOut', 'topology.zoomOut', () => void zoomOut())}
      {button('fit', 'topology.fit', 'topology.fitHint', onFit)}
      {button('expand', 'topology.expandAll', 'topology.expandAllHint', onExpandAll, closed === 0)}
      {button('collapse', 'topology.collapseAll', 'topology.collapseAllHint', onCollapseAll, open === 0)}
      {button('tidy', 'topology.tidy', 'topology.tidyHint', onTidy)}
    </div>
  );
}
