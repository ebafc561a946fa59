/** PATCH …/meshes/{mesh}/egress */
import 'server-only';
import { egressRequest, type EgressAnswer, type EgressRequest } from '@/lib/api/egress';
import { notReady, param, type Call, type Outcome } from '../call';
import { applyEgress } from '../egress/apply';
import { fail } from '../problem';
import { BY } from '../weights/send';
import { writeOne } from './write-one';

export function patchEgress(call: Call): Promise<Outcome> {
  const { console, request } = call;
  const mesh = param(call, 'mesh');
  return writeOne<EgressRequest, EgressAnswer>(call, {
    schema: egressRequest,
    async apply(source, body) {
      // An App Mesh API has no compare-and-set and no place for a history: what it alone holds is shown and not written.
      if (source.kind === 'appmesh')
        return fail('E303', { values: { kind: 'Mesh', namespace: '_', name: mesh } });
      const { cluster } = source;
      if (cluster === undefined) return notReady(source);
      const { rules, log } = console;
      return applyEgress({
        ...{ source, cluster, mesh, body, rules, log, by: BY, now: new Date(), signal: request.signal },
      });
    },
    told: (body, answer) => ({
      action: body?.undo === undefined ? 'egress' : 'undo',
      object: mesh,
      undoOf: body?.undo,
      egress: answer === undefined ? body?.type : `${answer.before} → ${answer.after}`,
    }),
  });
}
