/** A sandbox behind HTTP with the AWS SDK's clients for X-Ray and CloudWatch and a clock of its own, for tests. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { XRay } from '@aws-sdk/client-xray';
import { createFront } from '../../admin/front';
import { Sandbox } from '../../admin/sandbox';
import { ownCrds } from '../../crds';
import { loadApiResources, loadScenario } from '../../scenarios';

export interface TelemetryBench {
  sandbox: Sandbox;
  url: string;
  xray: XRay;
  cloudWatch: CloudWatch;
  /** Epoch milliseconds; only tests move it. */
  nowMs: number;
  /** What decides about the next requests where chance does. */
  chance: number;
  /** The last so many seconds that are over. */
  last(seconds: number): { StartTime: Date; EndTime: Date };
  stop(): Promise<void>;
}

/** A Tuesday, five minutes past noon. */
const NOON_MS = Date.parse('2026-03-03T12:05:00Z');

export async function startTelemetry(scenario = 'shop'): Promise<TelemetryBench> {
  const bench = { nowMs: NOON_MS, chance: 0.5 };
  const sandbox = await Sandbox.start({
    scenario,
    crds: ownCrds(),
    objects: () => loadScenario(scenario),
    apiResources: () => loadApiResources(scenario),
    now: () => new Date(bench.nowMs),
  });
  const server = createFront(sandbox, { host: '127.0.0.1', chance: () => bench.chance });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server
  const options = {
    endpoint: url,
    region: 'us-west-2',
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    maxAttempts: 1,
  };
  const xray = new XRay(options);
  const cloudWatch = new CloudWatch(options);
  return Object.assign(bench, {
    sandbox,
    url,
    xray,
    cloudWatch,
    last: (seconds: number) => ({
      StartTime: new Date(bench.nowMs - seconds * 1000),
      EndTime: new Date(bench.nowMs),
    }),
    async stop() {
      xray.destroy();
      cloudWatch.destroy();
      sandbox.simulation.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
