'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef, useState } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import { spokenLabel } from '../spoken-label';
import { detailAt } from './detail';
import type { HoverStore } from './hover-store';
import type { Scene, SceneItem } from './scene';
import styles from './canvas.module.css';

/** What is under the pointer, in words, where it is too small to be read. */
export function Tooltip({ scene, hover }: { scene: Scene; hover: HoverStore }) {
  const { t, locale } = useSpeech();
  const store = useStoreApi();
  const element = useRef<HTMLDivElement>(null);
  const [item, setItem] = useState<SceneItem>();

  useEffect(() => {
    const look = () => {
      const far = detailAt(store.getState().transform[2]) !== 'cards';
      const id = far ? hover.get() : undefined;
      setItem(id === undefined ? undefined : scene.items[scene.indexOf.get(id) ?? -1]);
    };
    look();
    return hover.subscribe(look);
  }, [scene, hover, store]);

  useEffect(() => {
    const place = () => {
      if (!item || !element.current) return;
      const [x, y, zoom] = store.getState().transform;
      const { width } = store.getState();
      const left = (item.x + item.width) * zoom + x + 10;
      const room = width - element.current.offsetWidth - 8;
      element.current.style.transform = `translate(${Math.max(8, Math.min(left, room))}px, ${item.y * zoom + y}px)`;
    };
    place();
    return store.subscribe(place);
  }, [item, store]);

  if (!item) return null;
  return (
    <div ref={element} className={styles.tooltip} aria-hidden="true">
      <strong>{item.name}</strong>
      <span>
        {item.card
          ? spokenLabel(item.card, t, locale)
          : t('topology.namespace.cards', { count: item.mark?.keys.length ?? 0 })}
      </span>
    </div>
  );
}
