import type { KubeObject } from '../../kube/types';
import { INJECT, mesh } from '../mesh-objects';
import { namespace } from '../workload-objects';
import { edge } from './edge';
import { mistakes } from './mistakes';
import { ordering } from './ordering';
import { payments } from './payments';
import { storefront } from './storefront';

/** An online shop in the middle of an ordinary week: several canaries under way, and a few things not as they should be. */
export function shop(): KubeObject[] {
  const member = { mesh: 'shop', gateway: 'edge', ...INJECT };
  return [
    namespace('shop', member),
    namespace('pay', member),
    mesh('shop', 'DROP_ALL'),
    ...edge(),
    ...storefront(),
    ...ordering(),
    ...payments(),
    ...mistakes(),
  ];
}
