'use client';
import Link from 'next/link';
import { control } from '@/components/ui/control';
import { useSpeech } from '@/lib/i18n/react';
import { EmptyPage } from './empty-page';

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
        <button type="button" className={control} onClick={onRetry}>
          {t('shell.error.retry')}
        </button>
      }
    />
  );
}
