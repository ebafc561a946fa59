'use client';
import Button from '@cloudscape-design/components/button';
import type { ButtonProps } from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode, Ref } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import styles from './review.module.css';

/** The frame of every review: nothing is written until its button is pressed, and a write under way is not looked away from. */
export function ReviewDialog({
  title,
  isDone = false,
  sending,
  busy,
  leave,
  leaveRef,
  actions,
  onClose,
  children,
}: {
  title: string;
  /** It was written: that nothing is yet is no longer true. */
  isDone?: boolean;
  sending: boolean;
  /** Something is asked of the cluster. */
  busy: boolean;
  /** What leaving is called where it is not closing. */
  leave?: string;
  leaveRef?: Ref<ButtonProps.Ref>;
  /** Beside the button that leaves. */
  actions: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useSpeech();
  const close = t('traffic.review.close');
  return (
    <Modal
      visible
      size="large"
      header={title}
      closeAriaLabel={close}
      // A write that is under way cannot be taken back by looking away; its outcome is told here.
      onDismiss={() => {
        if (!sending) onClose();
      }}
      footer={
        <div className={styles.footer}>
          <span className={styles.note}>{isDone ? '' : t('traffic.review.nothing')}</span>
          <SpaceBetween direction="horizontal" size="xs">
            <Button ref={leaveRef ?? null} variant="link" disabled={sending} onClick={onClose}>
              {leave ?? close}
            </Button>
            {actions}
          </SpaceBetween>
        </div>
      }
    >
      <div className={styles.sheet} aria-busy={busy}>
        {children}
      </div>
    </Modal>
  );
}

/** Writes what is reviewed, or says what is missing for that. */
export function ApplyButton({
  sending,
  hindrance,
  label,
  onApply,
}: {
  sending: boolean;
  hindrance: string | undefined;
  /** Where it is not called applying. */
  label?: string;
  onApply: () => void;
}) {
  const { t } = useSpeech();
  return (
    <Button
      variant="primary"
      loading={sending}
      disabled={hindrance !== undefined}
      disabledReason={hindrance ?? ''}
      onClick={onApply}
    >
      {label ?? t('traffic.review.apply')}
    </Button>
  );
}
