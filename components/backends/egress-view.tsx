'use client';
import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { accessReason } from '@/components/traffic/writability';
import { accessOptions } from '@/lib/client/queries';
import { useSpeech } from '@/lib/i18n/react';
import { editOf, withEdits } from '@/lib/mesh/backends/edits';
import type { Edit } from '@/lib/mesh/backends/edits';
import { egressEffects, egressImpact } from '@/lib/mesh/backends/egress';
import type { Mesh } from '@/lib/mesh/model';
import { Acceptance } from './acceptance';
import { EgressEffects } from './egress-effects';
import { EgressReview } from './egress-review';
import type { Backends } from './use-backends';
import { editable, isOfApi } from './writable';
import styles from './backends.module.css';

/** What the other egress filter would change, node by node, and the way to it. */
export function EgressView({
  backends,
  mesh,
  writable,
}: {
  backends: Backends;
  mesh: Mesh;
  writable: true | string;
}) {
  const { t } = useSpeech();
  const { source, list, calls, traced, draft, setDraft } = backends;
  const [reviewing, setReviewing] = useState<'ALLOW_ALL' | 'DROP_ALL'>();
  const to = list.egress === 'deny' ? 'allow' : 'deny';
  const type = to === 'allow' ? 'ALLOW_ALL' : 'DROP_ALL';
  const effects = useMemo(() => egressEffects(list, calls, traced, to), [list, calls, traced, to]);
  const impact = useMemo(() => egressImpact(effects), [effects]);
  const ofApi = isOfApi(mesh);
  const access = useQuery({ ...accessOptions(source, ''), enabled: !ofApi });
  const denied = accessReason(access.data, '', 'meshes');
  const reason = ofApi
    ? t('backends.reason.apiMesh')
    : writable !== true
      ? writable
      : denied && t('backends.reason.meshes', { words: String(denied.values?.['words'] ?? 'none') });
  // What breaks today's callers is what they would have to list.
  const missing = impact.breaks.flatMap(({ node, service }): Edit[] => {
    const entity = list.nodes.get(node);
    const open = entity !== undefined && editable(list, entity, service, 'allow', t) === true;
    return open && editOf(draft, node, service) === undefined ? [{ node, service, kind: 'allow' }] : [];
  });
  return (
    <div className={styles.scroll}>
      <section className={styles.section} aria-label={t('backends.whatif', { type })}>
        <h2>
          {t(`backends.egress.now.${list.egress}`)}{' '}
          <Acceptance generation={mesh.ref.generation} live={mesh} />
        </h2>
        <p className={styles.muted}>{t(`backends.egress.${list.egress}`)}</p>
        <h3>{t('backends.whatif', { type })}</h3>
        <EgressEffects effects={effects} impact={impact} type={type} backends={backends}>
          <div className={styles.buttons}>
            {impact.breaks.length > 0 && (
              <Button
                disabled={missing.length === 0}
                disabledReason={t('backends.whatif.addNone')}
                onClick={() => setDraft(withEdits(draft, list, missing))}
              >
                {t('backends.whatif.add', { count: missing.length })}
              </Button>
            )}
            <Button
              variant="primary"
              disabled={reason !== undefined}
              disabledReason={reason ?? ''}
              onClick={() => setReviewing(type)}
            >
              {t('backends.whatif.review', { type })}
            </Button>
          </div>
          {reason !== undefined && <p className={styles.muted}>{reason}</p>}
        </EgressEffects>
      </section>
      {reviewing !== undefined && (
        <EgressReview
          {...{ backends, mesh, effects, impact }}
          // Once it is written the other one is another; the review goes on with the one it was opened for.
          type={reviewing}
          onClose={() => setReviewing(undefined)}
        />
      )}
    </div>
  );
}
