'use client';
import Button from '@cloudscape-design/components/button';
import { useRouter } from 'next/navigation';
import { likeShiftPath } from '@/components/shell/addresses';
import type { ShownShift } from '@/lib/api/shifts';
import { useSpeech } from '@/lib/i18n/react';
import styles from './shifts.module.css';

/** What can follow a shift that has ended: the same once more, and after a success the way back. */
export function ShiftSequel({ source, shift }: { source: string; shift: ShownShift }) {
  const { t } = useSpeech();
  const router = useRouter();
  const succeeded = shift.status?.phase === 'Succeeded';
  const to = (swapped: boolean) => {
    const href = likeShiftPath(source, shift, swapped);
    return {
      href,
      onFollow: (event: CustomEvent) => {
        event.preventDefault();
        router.push(href);
      },
    };
  };
  return (
    <section className={styles.controls} aria-label={t('shifts.sequel')}>
      <p className={styles.muted}>{t(succeeded ? 'shifts.sequel.succeeded' : 'shifts.sequel.text')}</p>
      <div className={styles.buttons}>
        {succeeded && <Button {...to(true)}>{t('shifts.swapBack')}</Button>}
        <Button {...to(false)}>{t('shifts.again')}</Button>
      </div>
    </section>
  );
}
