'use client';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Connection } from '@/lib/client/connection';
import { useSpeech } from '@/lib/i18n/react';
import { CONNECTION_LOOK } from './connection-look';
import { connectionWords } from './connection-words';
import type { SourceMeshes } from './mesh-rows';
import styles from './source-parts.module.css';

/** Sources that hold no mesh, each with the reason: what is wrong with it, or that it is empty. */
export function SourceLines({ sources }: { sources: readonly SourceMeshes[] }) {
  const { t } = useSpeech();
  return (
    <ul className={styles.parts} aria-label={t('shell.meshes.without')}>
      {sources.map(({ source, connection }) => (
        <li key={source.id} className={styles.part}>
          <span className={styles.name}>
            {source.name} <span className={styles.kind}>{t(`shell.parts.kind.${source.kind}`)}</span>
          </span>
          <StatusIndicator type={CONNECTION_LOOK[lookOf(connection)]}>
            {connection.phase === 'live' ? t('shell.meshes.empty') : connectionWords(connection, t)}
          </StatusIndicator>
          {connection.problem && <span className={styles.detail}>{connection.problem.detail}</span>}
        </li>
      ))}
    </ul>
  );
}

const lookOf = ({ phase, problem }: Pick<Connection, 'phase' | 'problem'>): Connection['phase'] =>
  phase === 'connecting' && problem !== undefined ? 'reconnecting' : phase;
