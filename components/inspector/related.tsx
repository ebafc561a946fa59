'use client';
import type { Picture } from '@/lib/client/picture';
import { useSpeech } from '@/lib/i18n/react';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import styles from './inspector.module.css';

function Name({ of }: { of: EntityKey }) {
  const { t } = useSpeech();
  const parsed = parseEntityKey(of);
  if (!parsed) return of;
  const { kind, namespace, name } = parsed;
  return (
    <>
      {(kind === 'gateway' || kind === 'service' || kind === 'router' || kind === 'node') && (
        <span className={styles.linkKind}>{t(`topology.kind.${kind}`)}</span>
      )}
      {namespace === '' ? name : `${namespace}/${name}`}
    </>
  );
}

/** Who sends to an object, and where it sends: each a step along an edge. */
export function Related({
  picture,
  of,
  onSelect,
}: {
  picture: Picture;
  of: EntityKey;
  onSelect: (key: EntityKey) => void;
}) {
  const { t } = useSpeech();
  const edges = [...picture.edges.values()];
  const callers = [...new Set(edges.filter((edge) => edge.target === of).map((edge) => edge.source))].sort();
  const targets = [...new Set(edges.filter((edge) => edge.source === of).map((edge) => edge.target))].sort();
  const list = (keys: readonly EntityKey[]) =>
    keys.length === 0 ? (
      <p className={styles.note}>{t('inspector.none')}</p>
    ) : (
      <ul className={styles.links}>
        {keys.map((key) => (
          <li key={key}>
            <button type="button" className={styles.link} onClick={() => onSelect(key)}>
              <Name of={key} />
            </button>
          </li>
        ))}
      </ul>
    );
  return (
    <section>
      <h3>{t('inspector.callers')}</h3>
      {list(callers)}
      <h3>{t('inspector.targets')}</h3>
      {list(targets)}
    </section>
  );
}
