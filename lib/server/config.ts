/** Configuration: environment variables, parsed once. */
import { z } from 'zod';
import { DEFAULT_THRESHOLDS, thresholdsWith } from '@/lib/mesh/telemetry/health';
import type { Thresholds } from '@/lib/mesh/telemetry/overlay';
import { readThresholds } from '@/lib/providers/app-mesh';
import { parseAppMeshSpec, parseSpecs, type AppMeshSpec } from './app-mesh-spec';
import { parseTelemetrySpec, type TelemetrySpec } from './telemetry/spec';

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

type Parsed<T> = { ok: true; spec: T } | { ok: false; message: string };

const specs = <T>(parse: (text: string) => Parsed<T>) =>
  z
    .string()
    .default('')
    .transform((given, context) => {
      const parsed = parseSpecs(given, parse);
      if (parsed.ok) return parsed.specs;
      context.addIssue({ code: 'custom', message: parsed.message });
      return z.NEVER;
    });

const amount = (least: number) =>
  z
    .string()
    .default('')
    .transform((given, context) => {
      if (given === '') return undefined;
      const number = Number(given);
      if (Number.isFinite(number) && number >= least) return number;
      context.addIssue({ code: 'custom', message: `is a number of at least ${least}` });
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

/** X-Ray and CloudWatch put together what they hold once a minute. */
const REFRESH_SECONDS = 60;

/** Thresholds as the annotation of an object writes them. */
const health = z
  .string()
  .default('')
  .transform((given, context) => {
    const { thresholds, thresholdsProblem } = readThresholds(given === '' ? undefined : given);
    if (thresholdsProblem === undefined) return thresholdsWith(DEFAULT_THRESHOLDS, thresholds);
    context.addIssue({ code: 'custom', message: thresholdsProblem });
    return z.NEVER;
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
  MESHDECK_APP_MESH: specs(parseAppMeshSpec),
  /** The APIs of the sandbox, which take any key; the launcher hands them over together with one. */
  MESHDECK_SANDBOX_APP_MESH: specs(parseAppMeshSpec),
  MESHDECK_SANDBOX_TELEMETRY: specs(parseTelemetrySpec),
  MESHDECK_TELEMETRY: specs(parseTelemetrySpec),
  MESHDECK_TELEMETRY_REFRESH: amount(5),
  MESHDECK_TELEMETRY_BUDGET: amount(0),
  MESHDECK_HEALTH: health,
  MESHDECK_CHANNELS: text,
  MESHDECK_POLICY: text,
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
  /** Where measurements come from; none: the console says so. */
  telemetry: readonly TelemetrySpec[];
  /** Seconds between readings of what is on a screen. */
  telemetryRefreshSeconds: number;
  /** US dollars an hour, at list prices, from which on less is read. */
  telemetryBudgetUsdPerHour: number | undefined;
  /** When something counts as degraded or failing, where it does not say so itself. */
  thresholds: Thresholds;
  /** The file that names the channels which shifts may tell. */
  channelsFile: string | undefined;
  /** The file with rules for the whitelist. */
  policyFile?: string | undefined;
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
  const credentials = given.MESHDECK_SANDBOX_KEYS;
  const own = <T>(spec: T) => ({ ...spec, credentials });
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
      appMesh: [...given.MESHDECK_SANDBOX_APP_MESH.map(own), ...given.MESHDECK_APP_MESH],
      telemetry: [...given.MESHDECK_SANDBOX_TELEMETRY.map(own), ...given.MESHDECK_TELEMETRY],
      telemetryRefreshSeconds: given.MESHDECK_TELEMETRY_REFRESH ?? REFRESH_SECONDS,
      telemetryBudgetUsdPerHour: given.MESHDECK_TELEMETRY_BUDGET,
      thresholds: given.MESHDECK_HEALTH,
      channelsFile: given.MESHDECK_CHANNELS,
      policyFile: given.MESHDECK_POLICY,
    },
  };
}
