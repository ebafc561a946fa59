/** What observed calls suggest for the whitelist. Suggestions are never applied: they become edits of a draft. */
import type { EntityKey } from '../keys';
import type { MeshNode } from '../model';
import type { SeenCall, SeenCalls } from './observed';
import { backendName, grantsOf, isAllowed, permission } from './whitelist';
import type { Whitelist } from './whitelist';

/** What the calls were looked for in: from when on anything was measured at all, where that is later than the window begins. */
export interface Coverage {
  fromMs: number;
  toMs: number;
}

/** high: counted, and often or long enough. medium: few, or a short look. low: sampled, or the service is a guess. */
export type Confidence = 'high' | 'medium' | 'low';

export interface Suggestion {
  kind: 'allow' | 'revoke';
  node: EntityKey;
  service: EntityKey;
  confidence: Confidence;
  call: SeenCall;
  /** The service is one of so many that may have carried the call. */
  among: number;
  /** So long it was looked for: an entry is silent at most since it is there. */
  days: number;
}

/** The same suggestion has the same id over time. */
export const suggestionId = ({ kind, node, service }: Suggestion): string => `${kind} ${node} ${service}`;

const DAY_MS = 86_400_000;
const RANK: Record<Confidence, number> = { high: 0, medium: 1, low: 2 };
/** Counted requests from which a call is no accident. */
const OFTEN = 100;

export const daysOf = ({ fromMs, toMs }: Coverage): number => (toMs - fromMs) / DAY_MS;

function confidenceInAllow({ sampled, requests, among }: SeenCall): Confidence {
  if (among > 1) return 'low';
  if (sampled) return requests >= OFTEN ? 'medium' : 'low';
  return requests >= OFTEN ? 'high' : 'medium';
}

/** When the console itself added an entry last, epoch milliseconds; what others wrote is not told. */
function allowedAtMs({ backendsHistory = [] }: MeshNode, name: string): number | undefined {
  const added = backendsHistory.find(
    ({ before = [], after = [] }) => after.includes(name) && !before.includes(name),
  );
  return added && Date.parse(added.at);
}

/** Since when an entry of a node could have been seen in use. */
function watchedFromMs(node: MeshNode, service: EntityKey, { fromMs }: Coverage): number {
  const entry = grantsOf(node).get(service)?.backend;
  const moments = [Date.parse(node.createdAt), (entry && allowedAtMs(node, backendName(entry))) ?? NaN];
  return Math.max(fromMs, ...moments.filter((each) => !Number.isNaN(each)));
}

/** Rare callers are the ones a short look loses: a week says more than a day, a day more than an hour. */
const confidenceInRevoke = (days: number): Confidence => (days >= 7 ? 'high' : days >= 1 ? 'medium' : 'low');

/**
 * Calls that were seen and are not allowed, and own entries of which those who would have seen calls saw none. Entries that
 * nobody watches, and what groups add, are never suggested for removal. The most certain first.
 */
export function suggestionsFor(list: Whitelist, calls: SeenCalls, coverage: Coverage): Suggestion[] {
  const found: Suggestion[] = [];
  for (const node of list.nodes.values()) {
    const grants = grantsOf(node);
    for (const [service, call] of calls.get(node.key) ?? []) {
      const told = permission(node, service, list.egress);
      const { among } = call;
      if (call.seen === 'yes' && told !== 'unknown' && (!isAllowed(told) || told === 'open')) {
        if (list.services.has(service))
          found.push({
            kind: 'allow',
            node: node.key,
            service,
            confidence: confidenceInAllow(call),
            call,
            among,
            days: daysOf(coverage),
          });
      } else if (call.seen === 'no' && (grants.get(service)?.entries ?? 0) > 0) {
        const { toMs } = coverage;
        const days = Math.max(0, daysOf({ fromMs: watchedFromMs(node, service, coverage), toMs }));
        found.push({
          kind: 'revoke',
          node: node.key,
          service,
          confidence: confidenceInRevoke(days),
          call,
          among,
          days,
        });
      }
    }
  }
  return found.sort(
    (a, b) =>
      RANK[a.confidence] - RANK[b.confidence] ||
      b.call.requests - a.call.requests ||
      (a.kind + a.node + a.service < b.kind + b.node + b.service ? -1 : 1),
  );
}
