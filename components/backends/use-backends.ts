'use client';
/** The whitelist of a mesh as the screen holds it: the live lists, what was seen, the draft, and what it would do. */
import { useEffect, useMemo } from 'react';
import type { TelemetryAnswer } from '@/lib/api/telemetry';
import { useBackendsDraft } from '@/lib/client/backends-drafts';
import { ASK_ALL, groupsToAsk } from '@/lib/client/telemetry-view';
import type { TelemetryWindow } from '@/lib/client/telemetry-window';
import { useSettled } from '@/lib/client/use-settled';
import { useTelemetry } from '@/lib/client/use-telemetry';
import type { TelemetryState } from '@/lib/client/use-telemetry';
import type { Picture } from '@/lib/client/picture';
import { NO_DRAFT, rebased, withoutDone } from '@/lib/mesh/backends/edits';
import type { Draft } from '@/lib/mesh/backends/edits';
import { impactOf } from '@/lib/mesh/backends/impact';
import type { Impact } from '@/lib/mesh/backends/impact';
import { fits } from '@/lib/mesh/backends/matrix';
import { NO_CALLS, seenCalls, tracedNodes } from '@/lib/mesh/backends/observed';
import type { SeenCalls } from '@/lib/mesh/backends/observed';
import type { EntityKey } from '@/lib/mesh/keys';
import { whitelistOf } from '@/lib/mesh/backends/whitelist';
import type { Whitelist } from '@/lib/mesh/backends/whitelist';

/** How long a filter stands before others are asked about. */
const SETTLE_MS = 500;

export interface Backends {
  source: string;
  mesh: string;
  list: Whitelist;
  calls: SeenCalls;
  /** Nodes of whose calls a sample was seen, listed or not. */
  traced: ReadonlySet<EntityKey>;
  /** Namespaces whose proxies are asked about, and how many there are; `undefined` where all are. */
  asked: { namespaces: ReadonlySet<string>; of: number } | undefined;
  measured: TelemetryAnswer | undefined;
  /** Something measures: silence may mean something. */
  watched: boolean;
  telemetry: TelemetryState;
  draft: Draft;
  setDraft: (next: Draft) => void;
  impact: Impact;
}

/** Reads everything the screen shows; the draft is laid on what is live now, so that edits that came true are gone from it. */
export function useBackends(
  source: string,
  mesh: string,
  picture: Picture | undefined,
  window: TelemetryWindow,
  /** Whether measurements are asked for at once, or only for the sake of a draft. */
  asking: 'always' | 'drafted' = 'always',
  /** In a large mesh, the nodes whose namespaces are asked about: part of `namespace/name`. */
  nodeText = '',
): Backends | undefined {
  const list = useMemo(
    () => picture && whitelistOf(picture.mesh, [...picture.nodes.values(), ...picture.groups.values()]),
    [picture],
  );
  const proxies = list?.nodes.size ?? 0;
  const [stored, setDraft] = useBackendsDraft(source, mesh);
  const draft = useMemo(() => (list === undefined ? NO_DRAFT : rebased(stored, list)), [stored, list]);
  useEffect(() => {
    // What came true is done: if somebody takes it back later, the draft must not ask for it again.
    if (list !== undefined) setDraft(withoutDone(stored, list));
  }, [stored, list, setDraft]);
  const settled = useSettled(nodeText, nodeText, SETTLE_MS);
  const asked = useMemo(() => {
    if (list === undefined || proxies < ASK_ALL) return undefined;
    const refs = [...list.nodes.values()].map(({ ref }) => ref);
    const shown = refs.filter((ref) => fits(settled, ref));
    // A filter that leaves nothing is no choice of namespaces.
    const from = (shown.length > 0 ? shown : refs).map(({ namespace }) => namespace);
    const groups = groupsToAsk(proxies, from)?.groups ?? [];
    return { namespaces: new Set(groups), of: new Set(refs.map(({ namespace }) => namespace)).size };
  }, [list, proxies, settled]);
  const groups = useMemo(() => asked && [...asked.namespaces], [asked]);
  const telemetry = useTelemetry({
    source,
    mesh,
    window: list === undefined || (asking === 'drafted' && draft.size === 0) ? undefined : window,
    groups,
    held: false,
  });
  const measured = telemetry.answer;
  const calls = useMemo<SeenCalls>(
    () => (list === undefined ? NO_CALLS : seenCalls(list, measured?.telemetry)),
    [list, measured],
  );
  const traced = useMemo(() => tracedNodes(measured?.telemetry), [measured]);
  const impact = useMemo(
    () => (list === undefined ? undefined : impactOf(list, draft, calls)),
    [list, draft, calls],
  );
  const watched = measured?.evidence.some(({ phase }) => phase === 'ok' || phase === 'partial') ?? false;
  return useMemo(
    () =>
      list === undefined || impact === undefined
        ? undefined
        : { source, mesh, list, calls, traced, asked, measured, watched, telemetry, draft, setDraft, impact },
    [source, mesh, list, calls, traced, asked, measured, watched, telemetry, draft, setDraft, impact],
  );
}
