/**
 * From bad figures to weights that are back: a canary judged by X-Ray in the sandbox, whose new version begins to fail. Told from
 * the first failing sample, and from the moment the node began to fail. The issue allows two intervals and 5 s.
 */
import { ShiftRig, quickly } from '../engine/testing/rig';
import type { Figures } from './run';
import { percentile } from './statistics';

const ROUNDS = Number(process.env['ROUNDS'] ?? 5);
const INTERVAL_SECONDS = 5;
const WELL = { p50Ms: 20, p99Ms: 80, faultRatio: 0, errorRatio: 0, throttleRatio: 0 };

const looking = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(rig: ShiftRig, name: string, phase: string): Promise<void> {
  while ((await rig.phase(name)) !== phase) await looking(50);
}

export async function shiftLatency(): Promise<Figures> {
  const rig = await ShiftRig.start();
  const fromSampleMs: number[] = [];
  const fromFailingMs: number[] = [];
  try {
    await rig.knobs({ xraySampling: 1, trafficRate: 5 });
    rig.engine({ measures: true });
    for (let round = 1; round <= ROUNDS; round += 1) {
      await Promise.all([rig.behave('cart-v1', WELL), rig.behave('cart-v2', WELL)]);
      const name = `round-${round}`;
      await rig.create(name, {
        ...quickly('cart', []),
        strategy: { canary: { steps: [{ weight: 50, holdSeconds: 600 }, { weight: 100 }] } },
        analysis: {
          ...{
            intervalSeconds: INTERVAL_SECONDS,
            windowSeconds: INTERVAL_SECONDS,
            warmUpSeconds: 0,
            lagSeconds: 0,
          },
          metrics: [{ name: 'faults', figure: 'faultRatio', evidence: 'xray', max: 0.1, minSamples: 3 }],
        },
      });
      await until(rig, name, 'Holding');
      while (!(await rig.shift(name)).status?.measurements.some(({ verdict }) => verdict === 'pass'))
        await looking(50);
      const failsAtMs = Date.now();
      await rig.behave('cart-v2', { ...WELL, faultRatio: 0.9 });
      await until(rig, name, 'RolledBack');
      const { status } = await rig.shift(name);
      const failed = status?.measurements.find(({ verdict }) => verdict === 'fail');
      const accepted = status?.changes.find(({ direction }) => direction === 'rollback')?.acceptedAt;
      if (failed === undefined || accepted === undefined)
        throw new Error(`${name} did not go back for its figures`);
      fromSampleMs.push(Date.parse(accepted) - Date.parse(failed.at));
      fromFailingMs.push(Date.parse(accepted) - failsAtMs);
    }
  } finally {
    await rig.stop();
  }
  return {
    rounds: ROUNDS,
    limitMs: 2 * INTERVAL_SECONDS * 1000 + 5000,
    fromSampleP50Ms: percentile(fromSampleMs, 0.5),
    fromSampleMaxMs: percentile(fromSampleMs, 1),
    fromFailingMaxMs: percentile(fromFailingMs, 1),
  };
}
