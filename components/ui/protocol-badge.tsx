import type { Protocol } from '@/lib/mesh/model';
import styles from './protocol-badge.module.css';

/** The protocol as the CRD writes it; `?` for a route body that is not known. */
export function ProtocolBadge({ protocol }: { protocol: Protocol | 'unknown' }) {
  return (
    <span className={styles.protocol} data-protocol={protocol}>
      {protocol === 'unknown' ? '?' : protocol}
    </span>
  );
}
