/** Readings gathered under what they are about, one account for each evidence source. */
import { combine } from './combine';
import type { EvidenceKind, Figures } from './measured';
import type { Observation } from './overlay';

/** The order in which sources are believed where both tell: CloudWatch counts every request, X-Ray samples. */
export const EVIDENCE: readonly EvidenceKind[] = ['cloudwatch', 'xray'];

interface Said {
  evidence: EvidenceKind;
  witness: string;
  figures: Figures;
}

interface Account {
  said: Said[];
  /** What else the same traffic was put down to. */
  others?: Set<string>;
}

const NONE: ReadonlySet<string> = new Set();
const figuresOf = ({ figures }: Said): Figures => figures;

export class Tally<Key extends string> {
  private readonly accounts: Record<EvidenceKind, Map<Key, Account>> = {
    cloudwatch: new Map(),
    xray: new Map(),
  };

  /** Puts a reading down to `key`. `alternatives` are all keys it may as well be about, `key` among them. */
  add(key: Key, reading: Said, alternatives: readonly Key[] = []): void {
    const accounts = this.accounts[reading.evidence];
    let account = accounts.get(key);
    if (account) account.said.push(reading);
    else accounts.set(key, (account = { said: [reading] }));
    if (alternatives.length < 2) return;
    const others = (account.others ??= new Set());
    for (const other of alternatives) if (other !== key) others.add(other);
  }

  figures(key: Key, evidence: EvidenceKind): Figures | undefined {
    const account = this.accounts[evidence].get(key);
    return account && combine(account.said.map(figuresOf));
  }

  witnesses(key: Key, evidence: EvidenceKind): string[] {
    const said = this.accounts[evidence].get(key)?.said ?? [];
    return [...new Set(said.map(({ witness }) => witness))];
  }

  /** What the same traffic was put down to besides `key`. */
  others(key: Key, evidence: EvidenceKind): ReadonlySet<string> {
    return this.accounts[evidence].get(key)?.others ?? NONE;
  }

  /** One observation for each source that says something, the one to believe first. */
  observations(key: Key): Observation[] {
    const observations: Observation[] = [];
    for (const evidence of EVIDENCE) {
      const account = this.accounts[evidence].get(key);
      const [first] = account?.said ?? [];
      if (account === undefined || first === undefined) continue;
      const alone = account.said.length === 1;
      const figures = alone ? first.figures : combine(account.said.map(figuresOf));
      const witnesses = alone ? [first.witness] : this.witnesses(key, evidence);
      const shared = account.others?.size ?? 0;
      observations.push({ evidence, witnesses, figures, ...(shared > 0 ? { sharedWith: shared } : {}) });
    }
    return observations;
  }
}
