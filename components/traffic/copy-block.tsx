'use client';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { useSpeech } from '@/lib/i18n/react';
import styles from './review.module.css';

/** A command or a piece of YAML to take along. */
export function CopyBlock({ text }: { text: string }) {
  const { t } = useSpeech();
  return (
    <div className={styles.command}>
      <code tabIndex={0}>{text}</code>
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel={t('traffic.review.copy')}
        copySuccessText={t('traffic.review.copied')}
        copyErrorText={t('traffic.review.copyFailed')}
      />
    </div>
  );
}
