'use client';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import type { EntityKey } from '@/lib/mesh/keys';
import type { WeightsAnswer } from '@/lib/api/weights';
import { useSpeech } from '@/lib/i18n/react';
import type { HistoryEntry } from '@/lib/mesh/model';
import type { BlastRadius } from '@/lib/mesh/weights';
import type { WantedChange } from './change-request';
import { Confirmation } from './confirmation';
import type { Confirmed } from './confirmation';
import { CopyBlock } from './copy-block';
import { ReviewChange } from './review-change';
import { ReviewEffects } from './review-effects';
import { YamlDiffView } from './yaml-diff-view';
import styles from './review.module.css';

/** The longest reason the contract takes, in characters. */
const REASON_MAX = 500;

export interface ReviewBodyProps {
  /** Short names of the targets, in the route's order. */
  names: readonly string[];
  wanted: WantedChange;
  radius: BlastRadius;
  router: EntityKey;
  route: string;
  /** Whether the object keeps the change and its reason. */
  kept: boolean;
  /** What the cluster's dry run said; undefined until it did. */
  answer: WeightsAnswer | undefined;
  /** The recorded change that is taken back, in an undo. */
  undone: HistoryEntry | undefined;
  confirmed: Confirmed;
  onConfirm: (confirmed: Confirmed) => void;
  reason: string;
  onReason: (reason: string) => void;
}

/** The parts of a review, from what changes to why. */
export function ReviewBody(props: ReviewBodyProps) {
  const { names, wanted, radius, route, kept, answer, undone, confirmed, onConfirm, reason, onReason } =
    props;
  const { t } = useSpeech();
  return (
    <>
      {undone && (
        <p className={styles.note}>
          {t('traffic.review.undoReason', { at: new Date(undone.at), by: undone.by })}
        </p>
      )}
      <ReviewChange names={names} before={wanted.base.targets} after={wanted.targets} />
      {answer && (
        <>
          <Confirmation
            radius={radius}
            name={route}
            warnings={answer.warnings}
            confirmed={confirmed}
            onChange={onConfirm}
          />
          <div className={styles.part}>
            <h3>{t(kept ? 'traffic.review.diff' : 'traffic.review.diffOfRoute')}</h3>
            <YamlDiffView before={answer.yaml.before} after={answer.yaml.after} />
          </div>
          <div className={styles.part}>
            <ReviewEffects answer={answer} router={props.router} />
          </div>
          <div className={styles.part}>
            <h3>{t('traffic.review.kubectl')}</h3>
            <CopyBlock text={answer.kubectl} />
          </div>
          <FormField
            label={
              <>
                {t('traffic.review.reason')} <i>– {t('traffic.review.optional')}</i>
              </>
            }
            description={t(kept ? 'traffic.review.reasonHint' : 'traffic.review.reasonHintSession')}
          >
            <Input
              value={reason}
              onChange={({ detail }) => onReason(detail.value.slice(0, REASON_MAX))}
              autoComplete={false}
            />
          </FormField>
        </>
      )}
    </>
  );
}
