/** `REGION[,endpoint=URL][,profile=NAME][,namespace=NAME][,group=NAME][,source=ID]`: where X-Ray and CloudWatch are asked. */
import { bare, parseRegional } from '../app-mesh-spec';

export interface TelemetrySpec {
  region: string;
  /** Of both services; left out for AWS's own, or what AWS_ENDPOINT_URL_XRAY and AWS_ENDPOINT_URL_CLOUDWATCH say. */
  endpoint?: string;
  profile?: string;
  /** CloudWatch namespace of the proxies' metrics; left out, it is looked for. */
  namespace?: string;
  /** X-Ray group whose traces count; left out, all do. */
  group?: string;
  /** Id of the source whose meshes it is about; left out, all sources that no other spec names. */
  source?: string;
  /** For an endpoint of ours alone; others take theirs from the SDK's chain. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

const FIELDS = ['endpoint', 'profile', 'namespace', 'group', 'source'] as const;

/** Reads one spec. `message` is a clause that names what is wrong. */
export function parseTelemetrySpec(
  text: string,
): { ok: true; spec: TelemetrySpec } | { ok: false; message: string } {
  const parsed = parseRegional(
    text,
    FIELDS,
    'endpoint=URL, profile=NAME, namespace=NAME, group=NAME and source=ID',
  );
  if (!parsed.ok) return parsed;
  const { region, given } = parsed.spec;
  const { endpoint, ...rest } = given;
  return {
    ok: true,
    spec: { region, ...(endpoint === undefined ? {} : { endpoint: bare(endpoint) }), ...rest },
  };
}

/** The spec that a source's telemetry comes from. */
export function specFor(specs: readonly TelemetrySpec[], source: string): TelemetrySpec | undefined {
  return specs.find((spec) => spec.source === source) ?? specs.find((spec) => spec.source === undefined);
}
