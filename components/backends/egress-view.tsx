'use client';
import { useMemo } from 'react';
import { CopyBlock } from '@/components/traffic/copy-block';
import { useSpeech } from '@/lib/i18n/react';
import { egressEffects } from '@/lib/mesh/backends/egress';
import { CallList } from './impact-view';
import { nameOf } from './names';
import type { Backends } from './use-backends';
import styles from './backends.module.css';

/** What the other egress filter would change, node by node. It is said, and not done. */
export function EgressView({ backends, meshName }: { backends: Backends; meshName: string }) {
  const { t } = useSpeech();
  const { list, calls } = backends;
  const to = list.egress === 'deny' ? 'allow' : 'deny';
  const filter = to === 'allow' ? 'ALLOW_ALL' : 'DROP_ALL';
  const effects = useMemo(() => egressEffects(list, calls, to), [list, calls, to]);
  const patch = JSON.stringify({ spec: { egressFilter: { type: filter } } });
  return (
    <div className={styles.scroll}>
      <section className={styles.section} aria-label={t('backends.whatif', { filter })}>
        <h2>{t('backends.whatif', { filter })}</h2>
        <p className={styles.muted}>{t(`backends.egress.${list.egress}`)}</p>
        {effects.length === 0 ? (
          <p>{t('backends.whatif.none')}</p>
        ) : (
          <>
            <p>{t('backends.whatif.text', { nodes: effects.length, filter })}</p>
            <table className={styles.table}>
              <tbody>
                {effects.map(({ node, breaks, opens }) => (
                  <tr key={node}>
                    <th scope="row">{nameOf(node)}</th>
                    <td>
                      {breaks.length + opens.length === 0 && (
                        <span className={styles.muted}>{t('backends.whatif.quiet')}</span>
                      )}
                      {breaks.length > 0 && (
                        <>
                          <span className={styles.breaks}>{t('backends.whatif.breaks')}</span>
                          <CallList calls={breaks} />
                        </>
                      )}
                      {opens.length > 0 && (
                        <>
                          {t('backends.whatif.opens')}
                          <CallList calls={opens} />
                        </>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
        <p className={styles.muted}>{t('backends.whatif.how')}</p>
        <CopyBlock text={`kubectl patch meshes.appmesh.k8s.aws ${meshName} --type=merge -p '${patch}'`} />
      </section>
    </div>
  );
}
