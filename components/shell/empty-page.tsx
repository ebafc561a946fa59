import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import type { ReactNode } from 'react';
import styles from './shell.module.css';

export interface EmptyPageProps {
  title: string;
  text: string;
  action?: ReactNode;
  /** Something is under way that ends by itself. */
  busy?: boolean;
}

/** A page that has nothing to show and says why. */
export function EmptyPage({ title, text, action, busy = false }: EmptyPageProps) {
  return (
    <div className={styles.empty} aria-busy={busy}>
      {busy && <Spinner size="large" />}
      <Box variant="h1">{title}</Box>
      <Box variant="p" color="text-body-secondary">
        {text}
      </Box>
      {action}
    </div>
  );
}
