'use client';
import Button from '@cloudscape-design/components/button';
import { useSpeech } from '@/lib/i18n/react';
import type { Edit } from '@/lib/mesh/backends/edits';
import styles from './backends.module.css';

/** Several marked cells, and what may be done to them at once. */
export function SelectionBar({
  count,
  allow,
  revoke,
  writable,
  onEdits,
}: {
  count: number;
  allow: readonly Edit[];
  revoke: readonly Edit[];
  writable: true | string;
  onEdits: (edits: readonly Edit[]) => void;
}) {
  const { t } = useSpeech();
  const reason = writable === true ? {} : { disabledReason: writable };
  return (
    <div className={styles.bar}>
      <span>{t('backends.selection', { count })}</span>
      <span className={styles.buttons}>
        <Button disabled={allow.length === 0 || writable !== true} {...reason} onClick={() => onEdits(allow)}>
          {t('backends.selection.allow', { count: allow.length })}
        </Button>
        <Button
          disabled={revoke.length === 0 || writable !== true}
          {...reason}
          onClick={() => onEdits(revoke)}
        >
          {t('backends.selection.revoke', { count: revoke.length })}
        </Button>
      </span>
    </div>
  );
}
