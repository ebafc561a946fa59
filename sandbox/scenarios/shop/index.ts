import type { ApiSeed } from '../../appmesh/control-plane';
import type { KubeObject } from '../../kube/types';
import { INJECT, mesh } from '../mesh-objects';
import { namespace } from '../workload-objects';
import { controller } from './controller';
import { edge } from './edge';
import { legacyBilling } from './legacy-billing';
import { loyalty } from './loyalty';
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
    ...controller(),
    ...edge(),
    ...storefront(),
    ...ordering(),
    ...payments(),
    ...mistakes(),
  ];
}

/** What runs on ECS and is known to the App Mesh API alone: a mesh of its own, and a part of the shop's. */
export const shopBesideKubernetes = (): ApiSeed[] => [...legacyBilling(), ...loyalty()];
