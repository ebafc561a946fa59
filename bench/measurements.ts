/** Measurements as evidence sources would tell them, for every call that a mesh declares. */
import type { MeshModel } from '../lib/mesh/model';
import type { CallReading, Measured, ProxyReading } from '../lib/mesh/telemetry/measured';

const figures = (n: number) => ({
  requests: 100 + n,
  perSecond: (100 + n) / 300,
  faultRatio: 0.001 * (n % 7),
  errorRatio: 0.002,
  p50Ms: 12,
  p90Ms: 40,
  p99Ms: 200 + (n % 90),
});

/** As many lengths as X-Ray usually tells of a call. */
const LENGTHS = 20;
const responseTimes = (n: number) =>
  Array.from({ length: LENGTHS }, (_, at) => ({ ms: (at + 1) * 5 + (n % 3), count: 5 + (n % 4) }));

/** By CloudWatch with its service and by X-Ray without. */
export function measuredOf(model: MeshModel): Measured[] {
  const of = (evidence: 'cloudwatch' | 'xray'): Measured => {
    const proxies: ProxyReading[] = [];
    const calls: CallReading[] = [];
    for (const entity of model.entities.values()) {
      if (entity.kind !== 'node' && entity.kind !== 'gateway') continue;
      const from = { kind: entity.kind, awsName: entity.awsName };
      proxies.push({ proxy: from, evidence, witness: entity.awsName, figures: figures(proxies.length) });
      const backends = entity.kind === 'node' ? entity.backends : [];
      for (const { key } of backends) {
        const service = model.entities.get(key);
        const provider = service?.kind === 'service' ? service.provider.target?.key : undefined;
        const router = provider === undefined ? undefined : model.entities.get(provider);
        if (service === undefined || router?.kind !== 'router') continue;
        for (const target of router.routes.flatMap(({ targets }) => targets)) {
          const to = model.entities.get(target.key);
          if (to === undefined) continue;
          calls.push({
            from,
            to: to.awsName,
            ...(evidence === 'cloudwatch'
              ? { service: service.awsName }
              : { responseTimes: responseTimes(calls.length) }),
            evidence,
            witness: `${from.awsName} ${to.awsName}`,
            figures: figures(calls.length),
          });
        }
      }
    }
    return { proxies, calls, strangers: [] };
  };
  return [of('cloudwatch'), of('xray')];
}
