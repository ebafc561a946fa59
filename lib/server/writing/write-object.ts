/** Writing one object by JSON Patch: read, guarded, rehearsed, written; and again where something that does not concern it came in between. */
import 'server-only';
import type { ClusterClient } from '@/lib/kubernetes';
import type { JsonPatchOp, RawObject } from '@/lib/providers/app-mesh';
import type { Log } from '../log';
import { fail, type Failure } from '../problem';
import { asRawObject, type ObjectAddress, type WrittenKind } from './objects';
import { ATTEMPTS, sendPatch } from './send-patch';

/** A change that every guard let through: the patch for exactly the object that was read, and the id it has in the history. */
export interface Guarded {
  patch: JsonPatchOp[];
  historyId: string;
}

export interface ObjectWriting<Live extends { raw: RawObject }, Change extends Guarded, Answer> {
  cluster: ClusterClient;
  kind: WrittenKind;
  address: ObjectAddress;
  dryRun: boolean;
  signal: AbortSignal;
  /** Fields that the kind does not have are refused, in place of being left out without a word. */
  strict?: boolean;
  /** Told of what went wrong without the change having failed. */
  log: Pick<Log, 'error'>;
  read(): Promise<(Live & { ok: true }) | Failure>;
  /** Checks what the caller saw, and everything that must hold. Asked again, of the object as it is then, when it has moved. */
  guard(live: Live): { ok: true; change: Change } | Failure;
  describe(change: Change, after: RawObject, outcome: 'dryRun' | 'applied'): Answer;
  /** What is said where the object never stands still. */
  conflict(live: Live): Failure;
}

type Written<Answer> = { ok: true; answer: Answer } | Failure;

/**
 * The answer to a write that was taken. From here on the change stands, whatever it looks like: where what came back cannot be
 * described, what was rehearsed is, and where neither can, the outcome is called unknown (E505) and never a failure.
 */
function described<Live extends { raw: RawObject }, Change extends Guarded, Answer>(
  { describe, log }: ObjectWriting<Live, Change, Answer>,
  change: Change,
  written: unknown,
  rehearsed: unknown,
): Written<Answer> {
  let message = '';
  for (const object of [written, rehearsed])
    try {
      return { ok: true, answer: describe(change, asRawObject(object), 'applied') };
    } catch (error) {
      const { historyId } = change;
      log.error({ err: error, historyId }, 'a change that was written could not be described');
      message = error instanceof Error ? error.message : String(error);
    }
  return fail('E505', { values: { message } });
}

async function attempt<Live extends { raw: RawObject }, Change extends Guarded, Answer>(
  writing: ObjectWriting<Live, Change, Answer>,
  live: Live,
): Promise<Written<Answer> | 'again'> {
  const { cluster, kind, address, signal, strict, read } = writing;
  const guarded = writing.guard(live);
  if (!guarded.ok) return guarded;
  const { change } = guarded;
  const { resourceVersion } = live.raw.metadata;
  // The guards looked at this very object and at no other.
  const version: JsonPatchOp = { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion };
  const send = (dryRun: boolean) =>
    sendPatch({
      ...{ cluster, kind, address, dryRun, signal, strict },
      patch: [version, ...change.patch],
      async hasMoved() {
        const now = await read();
        return now.ok && now.raw.metadata.resourceVersion !== resourceVersion;
      },
    });
  const rehearsed = await send(true);
  if (rehearsed === 'again' || !rehearsed.ok) return rehearsed;
  if (writing.dryRun)
    return { ok: true, answer: writing.describe(change, asRawObject(rehearsed.body), 'dryRun') };
  const written = await send(false);
  if (written === 'again' || !written.ok) return written;
  return described(writing, change, written.body, rehearsed.body);
}

/** Nothing is written unless every step before held. Failures: those of `read` and `guard`, E202, E409, E410, E501…E505. */
export async function writeObject<Live extends { raw: RawObject }, Change extends Guarded, Answer>(
  writing: ObjectWriting<Live, Change, Answer>,
): Promise<Written<Answer>> {
  for (let tries = 1; ; tries += 1) {
    const live = await writing.read();
    if (!live.ok) return live;
    const outcome = await attempt(writing, live);
    if (outcome !== 'again') return outcome;
    if (tries >= ATTEMPTS) return writing.conflict(live);
  }
}
