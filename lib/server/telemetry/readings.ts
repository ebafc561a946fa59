/** What one evidence source measured, read once for everybody who looks. */
import 'server-only';
import type { Measured, ProxyName } from '@/lib/mesh/telemetry/measured';
import type { EvidenceReader, Trouble } from '@/lib/telemetry/types';
import type { Ledger } from './ledger';
import type { AskedWindow } from './window';

export interface Reading {
  /** Absent where nothing was ever learned. */
  measured?: Measured | undefined;
  troubles: Trouble[];
  /** Epoch milliseconds of the last reading that learned something. */
  readAtMs?: number | undefined;
}

export interface MeshName {
  mesh: string;
  owner?: string | undefined;
}

export interface Readings {
  /** Reads what nobody has asked for yet in this window; everything else is known. */
  of(mesh: MeshName, window: AskedWindow, proxies: readonly ProxyName[]): Promise<Reading>;
}

interface Slot {
  asked: Set<string>;
  reading: Reading;
  /** Readings of one slot follow each other. */
  running: Promise<void>;
  failedAtMs?: number | undefined;
}

/** Windows kept; the oldest goes first. */
const KEPT = 48;
const ANSWER_WITHIN_MS = 25_000;

const nameOf = ({ kind, awsName }: ProxyName): string => `${kind} ${awsName}`;

const together = (a: Measured | undefined, b: Measured): Measured =>
  a === undefined
    ? b
    : {
        proxies: [...a.proxies, ...b.proxies],
        calls: [...a.calls, ...b.calls],
        strangers: [...a.strangers, ...b.strangers],
      };

export interface ReadingsOptions {
  ledger: Ledger;
  now(): number;
  /** Aborted when the console ends. */
  ending: AbortSignal;
}

/** Shared readings. X-Ray answers for a whole account in one go, so that its scope is asked once; CloudWatch proxy by proxy. */
export function createReadings(reader: EvidenceReader, { ledger, now, ending }: ReadingsOptions): Readings {
  const slots = new Map<string, Slot>();
  const lastGood = new Map<string, Reading>();

  function slotOf(key: string): Slot {
    const known = slots.get(key);
    if (known) return known;
    const slot: Slot = { asked: new Set(), reading: { troubles: [] }, running: Promise.resolve() };
    slots.set(key, slot);
    const [oldest] = slots.keys();
    if (slots.size > KEPT && oldest !== undefined) slots.delete(oldest);
    return slot;
  }

  async function read(slot: Slot, mesh: MeshName, window: AskedWindow, proxies: ProxyName[]): Promise<void> {
    const signal = AbortSignal.any([ending, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const { result, troubles, spent } = await reader.measure({ ...mesh, proxies }, window, signal);
    ledger.add(reader.kind, spent);
    const before = slot.reading;
    slot.reading =
      result === undefined
        ? { ...before, troubles }
        : { measured: together(before.measured, result), troubles, readAtMs: now() };
    if (result === undefined) slot.failedAtMs = now();
  }

  /** Of an own name for each window that moves on: what it showed last is shown while nothing new can be had. */
  const goodName = (mesh: MeshName, window: AskedWindow): string | undefined =>
    window.live ? `${mesh.mesh} ${mesh.owner ?? ''} ${window.toMs - window.fromMs}` : undefined;

  return {
    async of(mesh, window, proxies) {
      const slot = slotOf(`${mesh.mesh} ${mesh.owner ?? ''} ${window.key}`);
      if (!window.live && slot.failedAtMs !== undefined && now() - slot.failedAtMs > ledger.everyMs()) {
        slot.asked.clear();
        slot.failedAtMs = undefined;
      }
      const whole = reader.kind === 'xray';
      const lacking =
        whole && slot.asked.size > 0 ? [] : proxies.filter((each) => !slot.asked.has(nameOf(each)));
      if (lacking.length > 0) {
        lacking.forEach((each) => slot.asked.add(nameOf(each)));
        slot.running = slot.running.then(() => read(slot, mesh, window, lacking));
      }
      await slot.running;
      const name = goodName(mesh, window);
      if (name === undefined) return slot.reading;
      if (slot.reading.measured !== undefined) {
        lastGood.set(name, slot.reading);
        return slot.reading;
      }
      const good = lastGood.get(name);
      return good === undefined ? slot.reading : { ...good, troubles: slot.reading.troubles };
    },
  };
}
