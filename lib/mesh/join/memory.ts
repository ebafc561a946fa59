/**
 * What one joining leaves for the next. The cluster is watched and the API is polled, so that a reading of the API may be
 * older than the object it is held against: what is concluded from a difference must not be older than its cause.
 */
import type { EntityKey } from '../keys';
import type { Acceptance, Entity, Mesh } from '../model';
import type { AwsIndex } from './names';

interface Standing {
  uid: string;
  generation: number;
  acceptance: Acceptance;
  /** ISO 8601; `undefined`: it stood so when first seen. */
  since: string | undefined;
}

export class Memory {
  private readonly standings = new Map<EntityKey, Standing>();
  /** When a declared thing was found gone, by index. */
  private readonly gone = new Map<AwsIndex, string>();

  constructor(
    private before: Memory | undefined,
    private readonly declared: ReadonlyMap<AwsIndex, EntityKey>,
    private readonly now: Date | undefined,
  ) {
    if (!before) return;
    for (const [index, since] of before.gone) if (!declared.has(index)) this.gone.set(index, since);
    for (const index of before.declared.keys())
      if (!declared.has(index) && now) this.gone.set(index, now.toISOString());
  }

  /** Whether a reading that began at `readAt` is newer than the present standing of an object. To be asked once of each. */
  isNewerThan({ key, ref, acceptance }: Entity | Mesh, readAt: string | undefined): boolean {
    const known = this.before?.standings.get(key);
    const same =
      known?.uid === ref.uid && known.generation === ref.generation && known.acceptance === acceptance;
    const standing: Standing = same
      ? known
      : {
          uid: ref.uid,
          generation: ref.generation,
          acceptance,
          since: this.before ? this.now?.toISOString() : undefined,
        };
    this.standings.set(key, standing);
    const { since } = standing;
    return since === undefined || readAt === undefined || readAt > since;
  }

  /** Whether an object of this name was there and went after the reading began. */
  isLeftOver(index: AwsIndex, readAt: string | undefined): boolean {
    const since = this.gone.get(index);
    return since !== undefined && readAt !== undefined && readAt <= since;
  }

  /** To be called when all was asked: only one joining is remembered, not all that went before. */
  close(): this {
    this.before = undefined;
    return this;
  }
}
