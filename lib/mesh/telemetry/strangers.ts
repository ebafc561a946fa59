/** What was seen and has no place in the picture, in one list. */
import type { EvidenceKind, Measured, ProxyName, Stranger } from './measured';
import type { Names } from './names';

/** The evidence's own word for a proxy. */
const typeOf = (evidence: EvidenceKind, { kind }: ProxyName): string =>
  evidence === 'xray' ? 'AWS::AppMesh::Proxy' : kind === 'node' ? 'VirtualNode' : 'VirtualGateway';

interface Unheld {
  stranger: Stranger;
  received?: number | undefined;
  sentTo: number;
  sent: number;
}

/**
 * Strangers of all sources, those of the same name merged, and the proxies that were measured and that no object of the mesh
 * stands for: deleted since, or of another cluster. Most requests first.
 */
export function strangersIn(measured: readonly Measured[], names: Names): Stranger[] {
  const strangers = new Map<string, Stranger>();
  const unheld = new Map<string, Unheld>();
  const calledBy = (stranger: Stranger, callers: readonly string[]) => {
    for (const caller of callers) if (!stranger.calledBy.includes(caller)) stranger.calledBy.push(caller);
  };
  const unheldOf = (evidence: EvidenceKind, proxy: ProxyName): Unheld | undefined => {
    if (names.proxy(proxy) !== undefined) return undefined;
    const type = typeOf(evidence, proxy);
    const name = `${evidence}|${type}|${proxy.awsName}`;
    const known = unheld.get(name) ?? {
      stranger: { name: proxy.awsName, type, evidence, requests: 0, calledBy: [] },
      sentTo: 0,
      sent: 0,
    };
    unheld.set(name, known);
    return known;
  };

  for (const { strangers: list, proxies, calls } of measured) {
    for (const each of list) {
      const name = `${each.evidence}|${each.type}|${each.name}`;
      const known = strangers.get(name);
      if (known) {
        known.requests += each.requests;
        calledBy(known, each.calledBy);
      } else strangers.set(name, { ...each, calledBy: [...each.calledBy] });
    }
    for (const { evidence, proxy, figures } of proxies) {
      const found = unheldOf(evidence, proxy);
      if (found) found.received = (found.received ?? 0) + figures.requests;
    }
    for (const { evidence, from, to, figures } of calls) {
      const caller = unheldOf(evidence, from);
      if (caller) caller.sent += figures.requests;
      const called = unheldOf(evidence, { kind: 'node', awsName: to });
      if (!called) continue;
      called.sentTo += figures.requests;
      calledBy(called.stranger, [from.awsName]);
    }
  }
  for (const [name, { stranger, received, sentTo, sent }] of unheld) {
    const known = strangers.get(name);
    if (known) calledBy(known, stranger.calledBy);
    else strangers.set(name, { ...stranger, requests: received ?? (sentTo || sent) });
  }
  const list = [...strangers.values()];
  for (const each of list) each.calledBy.sort();
  return list.sort((a, b) => b.requests - a.requests || (a.name < b.name ? -1 : 1));
}
