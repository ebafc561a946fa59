import type { ReactNode } from 'react';
import styles from './shell.module.css';

/** A page that has nothing to show and says why. */
export function EmptyPage({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <h1>{title}</h1>
      <p>{text}</p>
      {action}
    </div>
  );
}
