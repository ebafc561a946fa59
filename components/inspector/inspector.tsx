'use client';
import { FindingList } from '@/components/findings/finding-list';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { TopologyNode } from '@/lib/mesh/topology';
import { ObjectText } from './object-text';
import { Related } from './related';
import { Routes } from './routes';
import { Summary } from './summary';
import styles from './inspector.module.css';

/** Everything known about one object of the mesh. */
export function Inspector({
  source,
  stream,
  selected,
  route,
  onSelect,
}: {
  source: string;
  stream: MeshStream;
  selected: EntityKey;
  route: string | undefined;
  onSelect: (key: EntityKey | undefined, route?: string) => void;
}) {
  const { t } = useSpeech();
  const live = stream.picture?.nodes.get(selected);
  const node: TopologyNode | undefined = live ?? stream.ghosts.get(selected)?.node;
  const findings = stream.picture?.findings.filter((each) => each.subject === selected) ?? [];
  return (
    <div className={styles.inspector}>
      <header className={styles.head}>
        <div>
          <p className={styles.kind}>
            {node && ('ref' in node ? node.ref.kind : t(`topology.kind.${node.kind}`))}
          </p>
          <h2>{node ? nameOf(node) : selected}</h2>
        </div>
        <button
          type="button"
          className={styles.close}
          aria-label={t('inspector.close')}
          onClick={() => onSelect(undefined)}
        >
          ✕
        </button>
      </header>
      {!live && <p className={styles.note}>{t('inspector.gone')}</p>}
      {node?.kind === 'unresolved' && (
        <p className={styles.note}>
          {t(node.cause === 'unread' ? 'inspector.unread' : 'inspector.unresolved')}
        </p>
      )}
      {node?.kind === 'router' && (
        <Routes router={node} route={route} source={source} stream={stream} onSelect={onSelect} />
      )}
      {findings.length > 0 && (
        <section>
          <h3>{t('inspector.findings')}</h3>
          <FindingList findings={findings} about={selected} onSelect={onSelect} />
        </section>
      )}
      {node && 'acceptance' in node && <Summary node={node} />}
      {stream.picture && <Related picture={stream.picture} of={selected} onSelect={onSelect} />}
      {node && 'ref' in node && live && <ObjectText source={source} node={node} key={node.ref.uid} />}
    </div>
  );
}

const nameOf = (node: TopologyNode) => ('ref' in node ? node.ref.name : node.name);
