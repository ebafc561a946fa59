/**
 * The engine as a program: one for each cluster of the configuration, in one process. Ends with 0 on a signal, 1 when a lease is
 * lost (start it again), 2 where the configuration cannot be used.
 */
import { readConfig } from '@/lib/server/config';
import { clustersOf } from '@/lib/server/console';
import { chooseCluster } from '@/lib/server/kubernetes-source';
import { createLog } from '@/lib/server/log';
import { readChannels } from '@/lib/server/notifications/channels';
import { createIds } from '@/lib/server/source';
import { openTelemetry } from '@/lib/server/telemetry/telemetry';
import { startEngine } from './engine';
import { readEngineOptions } from './options';

function fail(message: string): never {
  process.stderr.write(`meshdeck engine: ${message}\n`);
  process.exit(2);
}

async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) fail(read.message);
  const { config } = read;
  if (config.readOnly) fail('a console that only reads runs no engine.');
  const options = readEngineOptions(process.env, config.inCluster);
  if (!options.ok) fail(options.message);
  const channels = readChannels(config.channelsFile);
  if (!channels.ok) fail(channels.message);
  const log = createLog(config.logLevel);
  const ending = new AbortController();
  const telemetry = openTelemetry(config, ending.signal);
  const idOf = createIds();
  const engines = clustersOf(config)
    .map(chooseCluster)
    .map(({ name, connected }) => {
      const source = idOf(name);
      if (!connected.ok) fail(connected.problem);
      const { cluster } = connected;
      const observatory = telemetry.of(source);
      return startEngine({
        cluster,
        source,
        namespaces: config.namespaces,
        lease: options.lease,
        observatory,
        channels: channels.channels,
        log,
      });
    });
  if (engines.length === 0) fail('there is no cluster in which traffic could be shifted.');

  const stop = async (code: number): Promise<never> => {
    await Promise.all(engines.map((engine) => engine.stop()));
    ending.abort();
    telemetry.close();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0));
  // Whoever lost the lease must not go on in any way; the others are let go in good order.
  await Promise.race(
    engines.map(async ({ ended }) => {
      const { lost } = await ended;
      if (lost === undefined) await new Promise(() => undefined);
    }),
  );
  await stop(1);
}

await main();
