/** `/_sandbox/traffic`: what really happened, for comparing with what telemetry says. */
import { Histogram } from './histogram';
import { requestsOf, type LinkTally, type Party, type Tally } from './tally';
import type { Span, Traffic } from './traffic';

interface Figures {
  requests: number;
  ok: number;
  error: number;
  fault: number;
  throttle: number;
  requestBytes: number;
  answerBytes: number;
  meanMs: number | null;
  p50Ms: number | null;
  p90Ms: number | null;
  p99Ms: number | null;
}

/** Of each mesh its edges, entities and routes, by their AWS names. */
export async function trafficReport(traffic: Traffic, span: Span): Promise<object> {
  const known = traffic.known(span);
  const meshes = [];
  for (const mesh of traffic.meshNames(span))
    meshes.push({ mesh, ...meshReport(await traffic.total(mesh, span)) });
  return { ...known, meshes };
}

function meshReport({ links, targets }: Tally): object {
  const tallies = [...links.values()];
  const routes = new Map<
    string,
    { router: string; route: string; requests: number; targets: Record<string, number> }
  >();
  for (const { router, route, node, requests } of targets.values()) {
    const key = JSON.stringify([router, route]);
    const entry = routes.get(key) ?? { router, route, requests: 0, targets: {} };
    entry.requests += requests;
    entry.targets[node] = requests;
    routes.set(key, entry);
  }
  return {
    edges: tallies.map((tally) => ({
      from: tally.from ?? null,
      service: tally.service ?? null,
      to: tally.to ?? null,
      protocol: tally.protocol,
      declared: tally.declared,
      unreached: tally.unreached,
      ...figures([tally]),
    })),
    entities: entities(tallies),
    routes: [...routes.values()],
  };
}

/** What came to each; what nobody handled has come to nobody, though its answer is among those of the edge. */
function entities(tallies: LinkTally[]): object[] {
  const groups = new Map<string, { party: Party; incoming: LinkTally[] }>();
  for (const tally of tallies) {
    if (!tally.to) continue;
    const key = `${tally.to.kind} ${tally.to.name}`;
    const group = groups.get(key) ?? { party: tally.to, incoming: [] };
    group.incoming.push(tally);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ party, incoming }) => {
    const unreached = incoming.reduce((sum, tally) => sum + tally.unreached, 0);
    const all = figures(incoming);
    return { ...party, ...all, requests: all.requests - unreached, fault: all.fault - unreached };
  });
}

function figures(tallies: LinkTally[]): Figures {
  const histogram = new Histogram();
  const sum = { ok: 0, error: 0, fault: 0, throttle: 0, requestBytes: 0, answerBytes: 0, sumMs: 0 };
  for (const tally of tallies) {
    for (const latencies of tally.latencies) histogram.addPacked(latencies);
    for (const field of Object.keys(sum) as (keyof typeof sum)[]) sum[field] += tally[field]; // its own fields
  }
  const requests = tallies.reduce((count, tally) => count + requestsOf(tally), 0);
  const { sumMs, ...counts } = sum;
  return {
    requests,
    ...counts,
    meanMs: requests > 0 ? sumMs / requests : null,
    p50Ms: histogram.quantileMs(0.5) ?? null,
    p90Ms: histogram.quantileMs(0.9) ?? null,
    p99Ms: histogram.quantileMs(0.99) ?? null,
  };
}
