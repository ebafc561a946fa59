/** The composition root: one console per process, with its configuration, log, metrics and sources. */
import 'server-only';
import type { PolicyRule } from '@/lib/mesh/backends/policy';
import { loadPolicy } from './check/policy-file';
import { openAppMeshSource } from './app-mesh/source';
import { readConfig, type Config } from './config';
import { createLog, type Log } from './log';
import { createMetrics, type Metrics } from './metrics';
import { chooseCluster, openKubernetesSource, type ContextChoice } from './kubernetes-source';
import { readChannels, type Channel } from './notifications/channels';
import { createIds, type MeshSource } from './source';
import { openTelemetry, type Telemetry } from './telemetry/telemetry';

export interface MeshConsole {
  config: Config;
  log: Log;
  metrics: Metrics;
  sources: readonly MeshSource[];
  telemetry: Telemetry;
  /** Whom shifts may tell. The engine does it; here they are only offered. */
  channels: readonly Channel[];
  /** Rules for the whitelist; what breaks them is a finding. */
  rules: readonly PolicyRule[];
  /** Aborted by `stop`: what would go on by itself, such as a stream, ends then. */
  ending: AbortSignal;
  stop(): void;
}

/**
 * The clusters of a configuration: one for each context, else the current context of the kubeconfig or the pod's own. None
 * where only App Mesh APIs are named.
 */
export function clustersOf({ kubeconfig, contexts, inCluster, appMesh }: Config): ContextChoice[] {
  if (kubeconfig === undefined && !inCluster && appMesh.length > 0) return [];
  if (contexts.length === 0) return [{ kubeconfig, inCluster }];
  return contexts.map((context) => ({ kubeconfig, context, inCluster }));
}

/** Puts a console together and begins to watch its sources. Throws where the file of channels cannot be used. */
export function openConsole(config: Config): MeshConsole {
  const channels = readChannels(config.channelsFile);
  if (!channels.ok) throw new Error(channels.message);
  const policy = loadPolicy(config.policyFile);
  if (!policy.ok) throw new Error(policy.message);
  const { rules } = policy;
  const log = createLog(config.logLevel);
  const metrics = createMetrics();
  const idOf = createIds();
  // Clusters have their ids first, but hear of the APIs from the start.
  const chosen = clustersOf(config)
    .map(chooseCluster)
    .map((cluster) => ({ cluster, id: idOf(cluster.name) }));
  const apis = config.appMesh.map((spec) =>
    openAppMeshSource(spec, { id: idOf(spec.name), readOnly: config.readOnly, onRebuilt: metrics.rebuilt }),
  );
  const clusters = chosen.map(({ cluster, id }) =>
    openKubernetesSource(cluster, { id, config, apis, rules, onRebuilt: metrics.rebuilt }),
  );
  const sources: MeshSource[] = [...clusters, ...apis];
  const ending = new AbortController();
  const telemetry = openTelemetry(config, ending.signal);
  return {
    config,
    log,
    metrics,
    sources,
    telemetry,
    channels: channels.channels,
    rules,
    ending: ending.signal,
    stop: () => {
      ending.abort();
      sources.forEach((source) => source.stop());
      telemetry.close();
    },
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
  const opened = openConsole(read.config);
  globalThis.meshdeckConsole = opened;
  // The web server ends once its last answer has; an open stream would hold it back for ever.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, opened.stop);
  return opened;
}
