'use client';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import { useSpeech } from '@/lib/i18n/react';
import { hidden } from '@/components/ui/hidden';
import { reasonText } from '@/components/ui/problem-text';
import styles from './screen.module.css';

const SKELETON_AFTER_MS = 300;
const SLOW_AFTER_MS = 15_000;

/** Nothing for 300 ms, then a skeleton; after 15 s a word about who is being waited for. */
export function Waiting({ source }: { source: string }) {
  const { t } = useSpeech();
  const [stage, setStage] = useState<'nothing' | 'skeleton' | 'slow'>('nothing');
  useEffect(() => {
    const skeleton = setTimeout(() => setStage('skeleton'), SKELETON_AFTER_MS);
    const slow = setTimeout(() => setStage('slow'), SLOW_AFTER_MS);
    return () => {
      clearTimeout(skeleton);
      clearTimeout(slow);
    };
  }, []);
  if (stage === 'nothing') return null;
  return (
    <div role="status">
      <p className={stage === 'slow' ? styles.narrowNote : hidden}>
        {stage === 'slow' ? t('topology.slow', { source }) : t('topology.loading')}
      </p>
      <div className={styles.skeleton} aria-hidden="true">
        {Array.from({ length: 12 }, (_, n) => (
          <div key={n} className={styles.bone} />
        ))}
      </div>
    </div>
  );
}

/** Why there is nothing to draw, and what to do about it. `undefined` when nothing is missing. */
export function emptyCause(
  stream: MeshStream,
  shown: number,
  total: number,
): 'failed' | 'noMesh' | 'noObjects' | 'filtered' | undefined {
  if (!stream.picture) {
    if (stream.connection.phase === 'failed') return 'failed';
    return stream.connection.phase === 'live' && !stream.meshPresent ? 'noMesh' : undefined;
  }
  if (!stream.meshPresent) return 'noMesh';
  if (total === 0) return 'noObjects';
  return shown === 0 ? 'filtered' : undefined;
}

export function Empty({
  cause,
  source,
  mesh,
  stream,
  text,
  total,
  onClear,
}: {
  cause: NonNullable<ReturnType<typeof emptyCause>>;
  source: string;
  mesh: string;
  stream: MeshStream;
  text: string;
  total: number;
  onClear: () => void;
}) {
  const { t } = useSpeech();
  switch (cause) {
    case 'failed':
      return (
        <Notice
          title={t('topology.empty.failed', { source })}
          detail={stream.connection.problem ? reasonText(stream.connection.problem, t) : ''}
          action={
            stream.connection.problem?.code === 'E301' ? (
              <Button href="/">{t('topology.empty.toMeshes')}</Button>
            ) : (
              <Button onClick={() => stream.connection.retryNow()}>{t('topology.empty.retry')}</Button>
            )
          }
        />
      );
    case 'noMesh':
      return (
        <Notice
          title={t('topology.empty.noMesh', { mesh })}
          detail={t('topology.empty.noMeshNext', { source })}
          action={<Button href="/">{t('topology.empty.toMeshes')}</Button>}
        />
      );
    case 'noObjects':
      return (
        <Notice
          title={t('topology.empty.noObjects')}
          detail={t('topology.empty.noObjectsNext', { mesh })}
          action={<Button href="/">{t('topology.empty.toMeshes')}</Button>}
        />
      );
    case 'filtered':
      return (
        <Notice
          title={t('topology.empty.filtered')}
          detail={t('topology.empty.filteredNext', { count: total, text })}
          action={<Button onClick={onClear}>{t('topology.searchClear')}</Button>}
        />
      );
  }
}

function Notice({ title, detail, action }: { title: string; detail: string; action: ReactNode }) {
  return (
    <div className={styles.empty}>
      <div>
        <Box variant="h2" padding={{ bottom: 's' }}>
          {title}
        </Box>
        <Box variant="p" color="text-body-secondary" padding={{ bottom: 'm' }}>
          {detail}
        </Box>
        {action}
      </div>
    </div>
  );
}
