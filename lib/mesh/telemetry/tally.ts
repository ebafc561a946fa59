/** Readings gathered under what they are about, one account for each evidence source. */
import { combine } from './combine';
import type { EvidenceKind, Figures } from './measured';
import type { Observation } from './overlay';

/** The order in which sources are believed where both tell: CloudWatch counts every request, X-Ray samples. */
export const EVIDENCE: readonly EvidenceKind[] = ['cloudwatch', 'xray'];

interface Account {
  figures: Figures[];
  witnesses: Set<string>;
  /** What else the same traffic was put down to. */
  others?: Set<string>;
}

interface Said {
  evidence: EvidenceKind;
  witness: string;
  figures: Figures;
}

export class Tally<Key extends string> {
  private readonly accounts = new Map<Key, Partial<Record<EvidenceKind, Account>>>();

  /** Puts a reading down to `key`. `alternatives` are all keys it may as well be about, `key` among them. */
  add(key: Key, { evidence, witness, figures }: Said, alternatives: readonly Key[] = []): void {
    const accounts = this.accounts.get(key) ?? {};
    this.accounts.set(key, accounts);
    const account = (accounts[evidence] ??= { figures: [], witnesses: new Set() });
    account.figures.push(figures);
    account.witnesses.add(witness);
    if (alternatives.length < 2) return;
    const others = (account.others ??= new Set());
    for (const other of alternatives) if (other !== key) others.add(other);
  }

  keys(): Iterable<Key> {
    return this.accounts.keys();
  }

  figures(key: Key, evidence: EvidenceKind): Figures | undefined {
    const account = this.accounts.get(key)?.[evidence];
    return account && combine(account.figures);
  }

  witnesses(key: Key, evidence: EvidenceKind): string[] {
    return [...(this.accounts.get(key)?.[evidence]?.witnesses ?? [])];
  }

  /** What the same traffic was put down to besides `key`. */
  others(key: Key, evidence: EvidenceKind): ReadonlySet<string> {
    return this.accounts.get(key)?.[evidence]?.others ?? new Set();
  }

  /** One observation for each source that says something, the one to believe first. */
  observations(key: Key): Observation[] {
    return EVIDENCE.flatMap((evidence): Observation[] => {
      const figures = this.figures(key, evidence);
      if (figures === undefined) return [];
      const shared = this.others(key, evidence).size;
      const witnesses = this.witnesses(key, evidence);
      return [{ evidence, witnesses, figures, ...(shared > 0 ? { sharedWith: shared } : {}) }];
    });
  }
}
