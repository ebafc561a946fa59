/** What the clusters permit, remembered for a while so that a list can tell of it without asking for each row. */
import 'server-only';
import { reviewAccess } from '@/lib/kubernetes';
import type { MeshSource } from './source';

/** How long an answer of a cluster counts. */
const FRESH_MS = 60_000;

interface Entry {
  askedAtMs: number;
  /** The cluster's words where it does not permit it; `undefined` where it does, or has not answered. */
  denied?: string | undefined;
}

export interface AccessBook {
  /**
   * Why routers of a namespace cannot be patched, in the cluster's words ('none' without any). What is not known stops nobody: it
   * is asked for in the background, and the next reader knows.
   */
  denied(source: MeshSource, namespace: string): string | undefined;
  /** Another number whenever an answer was another. */
  version(): number;
}

export function createAccessBook(now: () => number = Date.now): AccessBook {
  const entries = new Map<string, Entry>();
  let version = 0;

  async function ask(source: MeshSource, namespace: string, entry: Entry): Promise<void> {
    if (source.kind !== 'kubernetes' || source.cluster === undefined) return;
    const question = { verb: 'patch', group: 'appmesh.k8s.aws', resource: 'virtualrouters', namespace };
    const review = await reviewAccess(source.cluster, question);
    if (!review.ok) return;
    const denied = review.allowed ? undefined : (review.reason ?? 'none');
    if (denied !== entry.denied) version += 1;
    entry.denied = denied;
  }

  return {
    denied(source, namespace) {
      const place = `${source.id} ${namespace}`;
      const known = entries.get(place);
      if (known !== undefined && now() - known.askedAtMs < FRESH_MS) return known.denied;
      const entry = { askedAtMs: now(), denied: known?.denied };
      entries.set(place, entry);
      void ask(source, namespace, entry).catch(() => undefined);
      return entry.denied;
    },
    version: () => version,
  };
}
