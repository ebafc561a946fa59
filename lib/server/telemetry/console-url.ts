/** Addresses in the AWS console. */
import 'server-only';
import type { TelemetrySpec } from './spec';

const domainOf = (region: string): string => {
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  return region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com';
};

/** Where a trace, or the list of them, is shown by AWS; `undefined` for endpoints that are not AWS's own. */
export function consoleUrl({ region, endpoint }: TelemetrySpec, trace?: string): string | undefined {
  const elsewhere = [endpoint, process.env['AWS_ENDPOINT_URL_XRAY'], process.env['AWS_ENDPOINT_URL']];
  if (elsewhere.some((each) => each !== undefined)) return undefined;
  const place = trace === undefined ? '' : `/${encodeURIComponent(trace)}`;
  return `https://${region}.${domainOf(region)}/cloudwatch/home?region=${region}#xray:traces${place}`;
}
