/** The body of a weights request, and the problems of its own that bad weights have. */
import 'server-only';
import { weightsRequest, type WeightsRequest } from '@/lib/api/weights';
import { issuePath, readJson, unfitting } from '../body';
import { fail, type Failure } from '../problem';

/** Bounds of one weight and of a route's total, as the contract has them; tighter ones come from the mesh's capabilities. */
const WEIGHT_MAX = 100;

/** Reads a weights request. Failures: those of `readJson`; E401 where a weight is no usable number or none is given; E101 for the rest. */
export async function readWeights(request: Request): Promise<{ ok: true; body: WeightsRequest } | Failure> {
  const read = await readJson(request);
  if (!read.ok) return read;
  const parsed = weightsRequest.safeParse(read.json);
  if (parsed.success) return { ok: true, body: parsed.data };
  const { issues } = parsed.error;
  const paths = issues.map((issue) => issuePath(issue.path));
  const errors = issues.map((issue, i) => ({ path: paths[i] ?? '', message: issue.message }));
  if (issues.every((issue) => issue.code === 'too_small' && issuePath(issue.path) === 'targets'))
    return fail('E401', { errors, values: { reason: 'empty', total: 0, max: WEIGHT_MAX } });
  if (paths.every((path) => /^targets\[\d+\]\.weight$/.test(path)))
    return fail('E401', { errors, values: { reason: 'number', total: 0, max: WEIGHT_MAX } });
  return unfitting(issues);
}
