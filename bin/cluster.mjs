/** Finds the kubeconfig of a named cluster before anything starts, so that a typo is one sentence and not a stack trace. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { UsageError, ensureInstalled } from './prepare.mjs';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** @returns {Promise<Record<string, string>>} the environment that tells the console which cluster to read. */
export async function clusterEnvironment({ kubeconfig, context, inCluster }) {
  if (inCluster) {
    if (!process.env.KUBERNETES_SERVICE_HOST || !existsSync(TOKEN))
      throw new UsageError(
        '--in-cluster: this is not a pod with a service account; use --context or --kubeconfig.',
      );
    return { MESHDECK_IN_CLUSTER: 'true' };
  }
  const files = kubeconfig
    ? [resolve(process.env.INIT_CWD ?? process.cwd(), kubeconfig)]
    : process.env.KUBECONFIG
      ? process.env.KUBECONFIG.split(delimiter).filter(Boolean)
      : [join(homedir(), '.kube', 'config')];
  const missing = files.find((file) => !existsSync(file));
  if (missing) throw new UsageError(`There is no kubeconfig at ${missing}; name one with --kubeconfig FILE.`);

  ensureInstalled(); // the YAML parser is a dependency
  const { parse } = await import('yaml');
  const configs = files.map((file) => {
    try {
      return parse(readFileSync(file, 'utf8')) ?? {};
    } catch (error) {
      throw new UsageError(`${file} is not a readable kubeconfig: ${String(error.message).split('\n')[0]}`);
    }
  });
  const names = configs.flatMap((config) => config.contexts ?? []).map((entry) => entry.name);
  const chosen = context ?? configs.map((config) => config['current-context']).find(Boolean);
  if (!chosen)
    throw new UsageError(
      `${files.join(', ')} has no current context; name one with --context (${names.join(', ')}).`,
    );
  if (!names.includes(chosen))
    throw new UsageError(
      `${files.join(', ')} has no context "${chosen}"; it has ${names.length > 0 ? names.join(', ') : 'none'}.`,
    );
  return { MESHDECK_KUBECONFIG: files.join(delimiter), MESHDECK_CONTEXT: chosen };
}
