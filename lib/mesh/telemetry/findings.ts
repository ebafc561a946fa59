/** MD6xx: what measurements say is wrong. */
import type { Finding } from '../finding';
import { finding, targetName } from '../findings/make';
import { parseEntityKey } from '../keys';
import type { EntityKey } from '../keys';
import type { Entity, MeshModel } from '../model';
import { bestFigure, levelOf } from './health';
import type { EntityTelemetry, MeshTelemetry, Observation, Split, Thresholds } from './overlay';
import type { Pair, Passage } from './passage';
import { ENOUGH } from './splits';
import type { Ways } from './ways';
import { CONFIDENCE_999, isWithin, wilson } from './wilson';

const nameOf = (key: EntityKey): string => {
  const { namespace = '', name = key } = parseEntityKey(key) ?? {};
  return targetName({ namespace, name });
};

/** Nothing is held against an object of which the picture does not know all that it declares. */
function knowsAllOf(caller: Entity | undefined, model: MeshModel): boolean {
  if (caller?.kind === 'gateway') return model.unread?.includes('gatewayRoute') !== true;
  return caller?.kind === 'node' && caller.backendGroups.every(({ resolution }) => resolution !== 'unread');
}

/** MD601. With egress denied the call ends as soon as the proxy takes what is declared now. */
export function undeclaredFindings(
  { ends: { source, target }, undeclared }: Pair,
  model: MeshModel,
  ways: Ways,
): Finding[] {
  if (!knowsAllOf(model.entities.get(source), model)) return [];
  const byService = new Map<EntityKey | undefined, Passage[]>();
  for (const passage of undeclared) {
    // A service that is not told may be one behind which the picture cannot look.
    const { named } = passage.course;
    if (named === undefined && [...ways.servicesFrom(source)].some((each) => ways.isOpenEnded(each)))
      continue;
    if (passage.call.figures.requests === 0 && !passage.call.figures.bytesPerSecond) continue;
    const known = byService.get(named);
    if (known) known.push(passage);
    else byService.set(named, [passage]);
  }
  // CloudWatch names the service; what X-Ray saw between the same two is the same traffic.
  if (byService.size > 1) byService.delete(undefined);
  return [...byService].map(([service, passages]) => {
    const entity = service && model.entities.get(service);
    const through = entity?.kind === 'service' ? entity.hostname : nameOf(service ?? target);
    return finding('MD601', source, {
      at: service ? `${target}|${service}` : target,
      severity: model.mesh.egress === 'deny' ? 'error' : 'warning',
      related: service ? [target, service] : [target],
      details: {
        to: through,
        target: nameOf(target),
        requests: passages.reduce((sum, { call }) => sum + call.figures.requests, 0),
        egress: model.mesh.egress,
        caller: source.startsWith('gateway:') ? 'gateway' : 'node',
      },
    });
  });
}

/** A split is blamed only where chance would do it once in a thousand looks, and where it matters. */
const CHANCE = 0.001;
const MATTERS = 0.02;

/** MD602 and MD605. */
export function splitFindings({ router, route, count, shares, verdict }: Split): Finding[] {
  if (verdict === 'mixed' || count < ENOUGH) return [];
  const silent = shares.filter(
    (each) => each.count === 0 && each.weight > 0 && (1 - each.declaredShare) ** count < CHANCE,
  );
  if (silent.length > 0)
    return silent.map(({ target, weight, declaredShare }) =>
      finding('MD605', router, {
        at: `${route}|${target}`,
        related: [target],
        details: { route, target: nameOf(target), weight, declaredShare, count },
      }),
    );
  const distance = (share: Split['shares'][number]) => Math.abs(share.count / count - share.declaredShare);
  const off = shares
    .filter((each) => !isWithin(each.declaredShare, wilson(each.count, count, CONFIDENCE_999)))
    .filter((each) => distance(each) >= MATTERS)
    .sort((a, b) => distance(b) - distance(a) || (a.target < b.target ? -1 : 1));
  const [worst] = off;
  if (worst === undefined) return [];
  return [
    finding('MD602', router, {
      at: route,
      related: off.map(({ target }) => target),
      details: {
        route,
        target: nameOf(worst.target),
        declaredShare: worst.declaredShare,
        observedShare: worst.count / count,
        low: worst.low ?? 0,
        high: worst.high ?? 1,
        count,
      },
    }),
  ];
}

/** MD603 and MD604, of gateways and nodes; what lies between them has the same traffic. */
export function healthFindings(
  key: EntityKey,
  observations: readonly Observation[],
  thresholds: Thresholds,
): Finding[] {
  const found: Finding[] = [];
  const faults = bestFigure(observations, 'faultRatio');
  const level = levelOf(observations, 'faultRatio', thresholds);
  if (faults && level !== 'good')
    found.push(
      finding('MD603', key, {
        severity: level === 'failing' ? 'error' : 'warning',
        details: {
          faultRatio: faults.amount,
          limit: thresholds.faultRatio[level],
          requests: faults.observation.figures.requests,
          evidence: faults.observation.evidence,
        },
      }),
    );
  const slowest = bestFigure(observations, 'p99Ms');
  const slowness = levelOf(observations, 'p99Ms', thresholds);
  if (slowest && slowness !== 'good')
    found.push(
      finding('MD604', key, {
        details: {
          p99Ms: slowest.amount,
          limitMs: thresholds.p99Ms[slowness],
          evidence: slowest.observation.evidence,
        },
      }),
    );
  return found;
}

const UNMEASURED: EntityTelemetry = { observations: [], health: 'unknown' };

/** All of them but MD610, which is about the objects alone, in no order. */
export function telemetryFindings(
  { entities, splits }: Pick<MeshTelemetry, 'entities' | 'splits'>,
  pairs: readonly Pair[],
  { model, ways, thresholdsOf }: { model: MeshModel; ways: Ways; thresholdsOf(key: EntityKey): Thresholds },
): Finding[] {
  const found = [
    ...pairs.flatMap((pair) => (pair.undeclared.length === 0 ? [] : undeclaredFindings(pair, model, ways))),
    ...splits.flatMap(splitFindings),
  ];
  for (const { key, kind } of model.entities.values()) {
    if (kind !== 'node' && kind !== 'gateway') continue;
    const { observations, health } = entities[key] ?? UNMEASURED;
    if (health === 'degraded' || health === 'failing')
      found.push(...healthFindings(key, observations, thresholdsOf(key)));
  }
  return found;
}
