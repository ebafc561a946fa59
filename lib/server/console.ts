/** The composition root: one console per process, with its configuration, log, metrics and sources. */
import 'server-only';
import { readConfig, type Config } from './config';
import { createLog, type Log } from './log';
import { createMetrics, type Metrics } from './metrics';
import { openSource, type MeshSource } from './source';

export interface MeshConsole {
  config: Config;
  log: Log;
  metrics: Metrics;
  sources: readonly MeshSource[];
  stop(): void;
}

/** Puts a console together and begins to watch its sources. */
export function openConsole(config: Config): MeshConsole {
  const log = createLog(config.logLevel);
  const metrics = createMetrics();
  const sources = [openSource(config, metrics.rebuilt)];
  return {
    config,
    log,
    metrics,
    sources,
    stop: () => sources.forEach((source) => source.stop()),
  };
}

declare global {
  /**
   * The bundler gives every route its own copy of this module, and development reloads them; the global object is what
   * they all share.
   */
  var meshdeckConsole: MeshConsole | undefined;
}

/** The console of this process, opened at first use. Throws where the environment cannot be used, naming the variable. */
export function currentConsole(): MeshConsole {
  if (globalThis.meshdeckConsole !== undefined) return globalThis.meshdeckConsole;
  const read = readConfig(process.env);
  if (!read.ok) throw new Error(read.message);
  globalThis.meshdeckConsole = openConsole(read.config);
  return globalThis.meshdeckConsole;
}
