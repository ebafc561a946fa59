/** POST /api/v1/sources/{source}/routers/{namespace}/{name}/edits */
import 'server-only';
import { routerEditRequest, type RouterEditAnswer, type RouterEditRequest } from '@/lib/api/router-edits';
import { notReady, param, type Call, type Outcome } from '../call';
import { applyEdit } from '../edits/apply';
import { fail } from '../problem';
import { BY } from '../weights/send';
import { writeOne } from './write-one';

export function postRouterEdit(call: Call): Promise<Outcome> {
  const { signal } = call.request;
  const address = { namespace: param(call, 'namespace'), name: param(call, 'name') };
  return writeOne<RouterEditRequest, RouterEditAnswer>(call, {
    schema: routerEditRequest,
    async apply(source, body) {
      // Routes of an App Mesh API are objects of their own, and are not made here.
      if (source.kind === 'appmesh') return fail('E303', { values: { kind: 'VirtualRouter', ...address } });
      const { cluster } = source;
      if (cluster === undefined) return notReady(source);
      return applyEdit({ source, cluster, address, body, by: BY, now: new Date(), signal });
    },
    told: (body, answer) => ({
      action: 'editRouter',
      object: `${address.namespace}/${address.name}`,
      edit: body?.edit.kind,
      route: answer?.route,
      before: answer?.before,
      after: answer?.after,
    }),
  });
}
