/** Configuration: environment variables, parsed once. */
import { z } from 'zod';

const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .default('')
  .transform((text) => text === '1' || text === 'true');

const text = z
  .string()
  .optional()
  .transform((given) => (given === undefined || given === '' ? undefined : given));

const environment = z.object({
  MESHDECK_KUBECONFIG: text,
  MESHDECK_CONTEXT: text,
  MESHDECK_IN_CLUSTER: flag,
  MESHDECK_NAMESPACES: text,
  MESHDECK_READ_ONLY: flag,
  MESHDECK_HOST: text,
  MESHDECK_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export interface Config {
  kubeconfig: string | undefined;
  context: string | undefined;
  inCluster: boolean;
  /** Namespaces the console is limited to; `undefined` for the whole cluster. */
  namespaces: string[] | undefined;
  readOnly: boolean;
  /** Host name the console is reached by besides localhost. */
  host: string | undefined;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

/** Reads the configuration. A variable that cannot be used is named, with what is wrong with it. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; config: Config } | { ok: false; message: string } {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    return {
      ok: false,
      message: `${first?.path.join('.') ?? 'environment'}: ${first?.message ?? 'unusable'}`,
    };
  }
  const given = parsed.data;
  const namespaces = (given.MESHDECK_NAMESPACES ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return {
    ok: true,
    config: {
      kubeconfig: given.MESHDECK_KUBECONFIG,
      context: given.MESHDECK_CONTEXT,
      inCluster: given.MESHDECK_IN_CLUSTER,
      namespaces: namespaces.length === 0 ? undefined : namespaces,
      readOnly: given.MESHDECK_READ_ONLY,
      host: given.MESHDECK_HOST,
      logLevel: given.MESHDECK_LOG_LEVEL,
    },
  };
}
