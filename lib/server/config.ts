/** Configuration: environment variables, parsed once. */
import { z } from 'zod';
import { parseAppMeshSpec, parseAppMeshSpecs, type AppMeshSpec } from './app-mesh-spec';

const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .default('')
  .transform((text) => text === '1' || text === 'true');

const text = z
  .string()
  .optional()
  .transform((given) => (given === undefined || given === '' ? undefined : given));

const listOf = (separator: string) =>
  z
    .string()
    .default('')
    .transform((given) =>
      given
        .split(separator)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    );

const appMesh = z
  .string()
  .default('')
  .transform((given, context) => {
    const parsed = parseAppMeshSpecs(given);
    if (parsed.ok) return parsed.specs;
    context.addIssue({ code: 'custom', message: parsed.message });
    return z.NEVER;
  });

/** The API of the sandbox, which takes any key; the launcher hands both over together. */
const sandbox = z
  .string()
  .default('')
  .transform((given, context) => {
    if (given === '') return undefined;
    const parsed = parseAppMeshSpec(given);
    if (parsed.ok) return parsed.spec;
    context.addIssue({ code: 'custom', message: parsed.message });
    return z.NEVER;
  });

const keys = z
  .string()
  .regex(/^([^:]+:[^:]+)?$/, 'is an access key id and a secret key with a colon between')
  .default('')
  .transform((given) => {
    const [accessKeyId = '', secretAccessKey = ''] = given.split(':');
    return { accessKeyId, secretAccessKey };
  });

const environment = z.object({
  MESHDECK_KUBECONFIG: text,
  /** Context names separated by `;`. */
  MESHDECK_CONTEXT: listOf(';'),
  MESHDECK_IN_CLUSTER: flag,
  MESHDECK_NAMESPACES: listOf(','),
  MESHDECK_READ_ONLY: flag,
  MESHDECK_HOST: text,
  MESHDECK_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  MESHDECK_APP_MESH: appMesh,
  MESHDECK_SANDBOX_APP_MESH: sandbox,
  MESHDECK_SANDBOX_KEYS: keys,
});

export interface Config {
  kubeconfig: string | undefined;
  /** One Kubernetes source each; none for the kubeconfig's current context. */
  contexts: readonly string[];
  inCluster: boolean;
  /** Namespaces the console is limited to; `undefined` for the whole cluster. */
  namespaces: string[] | undefined;
  readOnly: boolean;
  /** Host name the console is reached by besides localhost. */
  host: string | undefined;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** One source each. */
  appMesh: readonly AppMeshSpec[];
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
  const own = given.MESHDECK_SANDBOX_APP_MESH;
  return {
    ok: true,
    config: {
      kubeconfig: given.MESHDECK_KUBECONFIG,
      contexts: given.MESHDECK_CONTEXT,
      inCluster: given.MESHDECK_IN_CLUSTER,
      namespaces: given.MESHDECK_NAMESPACES.length === 0 ? undefined : given.MESHDECK_NAMESPACES,
      readOnly: given.MESHDECK_READ_ONLY,
      host: given.MESHDECK_HOST,
      logLevel: given.MESHDECK_LOG_LEVEL,
      appMesh: [
        ...(own === undefined ? [] : [{ ...own, credentials: given.MESHDECK_SANDBOX_KEYS }]),
        ...given.MESHDECK_APP_MESH,
      ],
    },
  };
}
