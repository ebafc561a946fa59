'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { OwnerWarnings } from '@/components/traffic/confirm-parts';
import { ApplyButton, ReviewDialog } from '@/components/traffic/review-dialog';
import review from '@/components/traffic/review.module.css';
import { useReviewed } from '@/components/traffic/use-reviewed';
import { YamlDiffView } from '@/components/traffic/yaml-diff-view';
import { ProblemAlert } from '@/components/ui/problem-alert';
import type { EgressAnswer, EgressRequest } from '@/lib/api/egress';
import type { Problem } from '@/lib/api/problem';
import { egressRehearsalOptions, patchEgress } from '@/lib/client/patch-egress';
import { useSpeech } from '@/lib/i18n/react';
import type { EgressEffect, EgressImpact } from '@/lib/mesh/backends/egress';
import type { EgressType, Mesh } from '@/lib/mesh/model';
import { Acceptance } from './acceptance';
import { EgressEffects } from './egress-effects';
import { kustomization, Reason, TakeAlong, TypedName } from './review-parts';
import type { Backends } from './use-backends';
import { FindingChanges } from './writes';

const typeOf = ({ egress }: Mesh): EgressType => (egress === 'allow' ? 'ALLOW_ALL' : 'DROP_ALL');

/** Another egress filter as one change: what it does, the cluster's word, the mesh's name where it takes something away, and the way back. */
export function EgressReview({
  backends,
  mesh,
  type,
  effects,
  impact,
  onClose,
}: {
  backends: Backends;
  /** As it is live. */
  mesh: Mesh;
  type: EgressType;
  effects: readonly EgressEffect[];
  impact: EgressImpact;
  onClose: () => void;
}) {
  const { t } = useSpeech();
  // What is reviewed is what was seen when the review was opened; a change since then is a conflict.
  const [seen] = useState(() => {
    const { uid, resourceVersion } = mesh.ref;
    const change: EgressRequest = { type, expected: { uid, resourceVersion, type: typeOf(mesh) } };
    return { change, effects, impact, backends };
  });
  const [typed, setTyped] = useState('');
  const { source, mesh: name } = backends;
  const reviewed = useReviewed<EgressRequest, EgressAnswer>((change, said) =>
    patchEgress(source, name, { ...change, ...said }),
  );
  const { done, undos, sending } = reviewed;
  const undone = undos.at(-1);
  const rehearsal = useQuery({
    ...egressRehearsalOptions(source, name, seen.change),
    enabled: done === undefined,
  });
  const rehearsed = rehearsal.data?.ok ? rehearsal.data.answer : undefined;
  const problem = reviewed.failure ?? (rehearsal.data?.ok === false ? rehearsal.data.problem : undefined);
  const asksForName = seen.impact.confirmation === 'type';
  const mustAcknowledge = rehearsed?.warnings.some(({ code }) => code === 'owner-gitops') === true;
  const hindrance = (() => {
    if (rehearsed === undefined) return t('traffic.review.notChecked');
    const confirmed = (!asksForName || typed === name) && (!mustAcknowledge || reviewed.acknowledged);
    return confirmed ? undefined : t('backends.review.nameFirst');
  })();

  return (
    <ReviewDialog
      title={t('backends.egressReview', { mesh: name, type })}
      isDone={done !== undefined}
      leaveRef={reviewed.leave}
      sending={sending}
      busy={rehearsal.isFetching || sending}
      onClose={onClose}
      actions={
        done === undefined ? (
          <ApplyButton sending={sending} hindrance={hindrance} onApply={() => reviewed.apply(seen.change)} />
        ) : (
          undone === undefined && (
            <Button iconName="undo" loading={sending} onClick={() => reviewed.undo(undoOf(done))}>
              {t('backends.egressReview.undo')}
            </Button>
          )
        )
      }
    >
      {problem && <ProblemAlert problem={problem} />}
      {problem?.egressConflict && <Sides sides={problem.egressConflict} />}
      {done && (
        <Alert type="success">
          {t(undone === undefined ? 'backends.egressReview.done' : 'backends.egressReview.undone', {
            type: (undone ?? done).after,
          })}{' '}
          <Acceptance generation={(undone ?? done).mesh.generation} live={mesh} />
        </Alert>
      )}
      {!done && (
        <div className={review.part}>
          <h3>{t('backends.review.impact')}</h3>
          <EgressEffects {...seen} type={type} />
        </div>
      )}
      {!done && !rehearsed && !problem && (
        <StatusIndicator type="loading">{t('traffic.review.checking')}</StatusIndicator>
      )}
      {!done && rehearsed && (
        <>
          <div className={review.part}>
            <h3>{t('traffic.review.diff')}</h3>
            <YamlDiffView before={rehearsed.yaml.before} after={rehearsed.yaml.after} />
          </div>
          <FindingChanges {...rehearsed.findings} />
          <OwnerWarnings
            warnings={rehearsed.warnings}
            acknowledged={reviewed.acknowledged}
            onAcknowledge={reviewed.setAcknowledged}
          />
          {asksForName && (
            <TypedName
              label={t('backends.egressReview.confirm', {
                name,
                count: seen.effects.length,
                calls: seen.impact.breaks.length,
              })}
              name={name}
              typed={typed}
              onChange={setTyped}
            />
          )}
          <Reason
            kept={t('backends.egressReview.reasonHint')}
            reason={reviewed.reason}
            onChange={reviewed.setReason}
          />
          <TakeAlong
            hint={t('backends.egressReview.exportHint')}
            kubectl={rehearsed.kubectl}
            gitops={kustomization([rehearsed])}
          />
        </>
      )}
    </ReviewDialog>
  );
}

/** The exact opposite of what was written, while that still stands. */
const undoOf = ({ mesh: { uid, resourceVersion }, after, historyId = '' }: EgressAnswer): EgressRequest => ({
  undo: historyId,
  expected: { uid, resourceVersion, type: after },
});

/** What was seen, what stands now and what was wanted. */
function Sides({ sides }: { sides: NonNullable<Problem['egressConflict']> }) {
  const { t } = useSpeech();
  return (
    <table className={review.table}>
      <thead>
        <tr>
          {(['base', 'theirs', 'mine'] as const).map((side) => (
            <th key={side} scope="col">
              {t(`traffic.conflict.${side}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {(['base', 'theirs', 'mine'] as const).map((side) => (
            <td key={side}>{sides[side]}</td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}
