import type { MatchCondition } from '@/lib/mesh/model';
import { conditionText } from './match-text';
import styles from './match-list.module.css';

/** The conditions of a match, each on its own; all of them must hold. `*` matches everything. */
export function MatchList({ match }: { match: readonly MatchCondition[] }) {
  const texts = match.length === 0 ? ['*'] : match.map(conditionText);
  return (
    <ul className={styles.list}>
      {texts.map((text, n) => (
        <li key={n}>
          <code>{text}</code>
        </li>
      ))}
    </ul>
  );
}
