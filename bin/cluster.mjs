/** Finds the kubeconfig of a named cluster before anything starts, so that a typo is one sentence and not a stack trace. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { UsageError, ensureInstalled, fromHere } from './prepare.mjs';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** @returns {Promise<Record<string, string>>} the environment that tells the console which cluster to read. */
export async function clusterEnvironment(family, { kubeconfig, contexts, inCluster }) {
  if (inCluster) {
    if (!process.env.KUBERNETES_SERVICE_HOST || !existsSync(TOKEN))
      throw new UsageError(
        '--in-cluster: this is not a pod with a service account; use --context or --kubeconfig.',
      );
    return { MESHDECK_IN_CLUSTER: 'true' };
  }
  const named = kubeconfig
    ? [fromHere(kubeconfig)]
    : process.env.KUBECONFIG
      ? process.env.KUBECONFIG.split(delimiter).filter(Boolean).map(fromHere)
      : [join(homedir(), '.kube', 'config')];
  const files = named.filter((file) => existsSync(file)); // as kubectl does, with a list of which some are missing
  if (files.length === 0)
    throw new UsageError(`There is no kubeconfig at ${named.join(', ')}; name one with --kubeconfig FILE.`);

  await ensureInstalled(family); // the YAML parser is a dependency
  const { parse } = await import('yaml');
  const configs = files.map((file) => {
    try {
      return parse(readFileSync(file, 'utf8')) ?? {};
    } catch (error) {
      throw new UsageError(
        `${file} is not a readable kubeconfig: ${String(error.message).split('\n')[0].replace(/:$/, '')}.`,
      );
    }
  });
  const entries = (list) =>
    configs.flatMap((config) => (Array.isArray(config[list]) ? config[list] : [])).filter(Boolean);
  const names = entries('contexts').map(({ name }) => name);
  const known = names.length > 0 ? names.join(', ') : 'none';
  const where = files.join(', ');
  const current = configs.map((config) => config['current-context']).find(Boolean);
  const chosen = contexts.length > 0 ? [...new Set(contexts)] : current ? [current] : [];
  if (chosen.length === 0)
    throw new UsageError(`${where} has no current context; name one with --context (${known}).`);
  for (const name of chosen) {
    const found = entries('contexts').find((each) => each.name === name);
    if (!found) throw new UsageError(`${where} has no context "${name}"; it has ${known}.`);
    const cluster = found.context?.cluster;
    if (!entries('clusters').some((each) => each.name === cluster))
      throw new UsageError(
        `The context "${name}" names the cluster "${cluster ?? ''}", which ${where} does not hold.`,
      );
  }
  return { MESHDECK_KUBECONFIG: files.join(delimiter), MESHDECK_CONTEXT: chosen.join(';') };
}
