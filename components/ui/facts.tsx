import type { ReactNode } from 'react';

/** What something is called and what it is, pair by pair. */
export type Fact = readonly [label: string, fact: ReactNode];

/** Facts as a list of terms, each once. */
export function Facts({ facts, className }: { facts: readonly Fact[]; className?: string | undefined }) {
  return (
    <dl className={className}>
      {facts.map(([label, fact]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
