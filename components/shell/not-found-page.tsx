'use client';
import Link from 'next/link';
import { useSpeech } from '@/lib/i18n/react';
import { EmptyPage } from './empty-page';
import styles from './shell.module.css';

/** An address that names nothing. */
export function NotFoundPage() {
  const { t } = useSpeech();
  return (
    <EmptyPage
      title={t('shell.notFound.title')}
      text={t('shell.notFound.text')}
      action={<Link href="/meshes">{t('shell.notFound.back')}</Link>}
    />
  );
}

/** A page that failed while it was drawn. */
export function FailedPage({ detail, onRetry }: { detail: string; onRetry: () => void }) {
  const { t } = useSpeech();
  return (
    <EmptyPage
      title={t('shell.error.title')}
      text={t('shell.error.text', { detail })}
      action={
        <button type="button" className={styles.control} onClick={onRetry}>
          {t('shell.error.retry')}
        </button>
      }
    />
  );
}
