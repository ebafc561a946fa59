/** What the controller itself was told of backend groups: a flag in the arguments of its Deployment. */
import { z } from 'zod';
import type { Mesh } from '@/lib/mesh/model';
import type { RawObject, World } from './resources';

/** Source: the chart appmesh-controller and the flags of aws-app-mesh-controller-for-k8s; without it, groups are off. */
const FLAG = '--enable-backend-groups';
const NAME = 'appmesh-controller';
/** The container's own name in the chart, in every version of it. */
const CONTAINER = 'controller';

const words = z.array(z.string()).catch([]).default([]);
const deploymentCr = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({ containers: z.array(z.object({ name: z.string(), command: words, args: words })) }),
    }),
  }),
});

const isController = ({ metadata: { name, labels } }: RawObject): boolean =>
  labels?.['app.kubernetes.io/name'] === NAME || name === NAME;

/** As the controller reads its flags: the last one counts, and the flag alone means that it is on. */
function flagIn(args: readonly string[]): 'on' | 'off' {
  const said = args.findLast((each) => each === FLAG || each.startsWith(`${FLAG}=`));
  if (said === undefined) return 'off';
  const [, given = 'true'] = said.split('=');
  return /^(1|t|true)$/i.test(given) ? 'on' : 'off';
}

/** Whether backend groups count; `undefined` where no Deployment of the controller is among those that were read. */
export function groupsFlagOf(world: World): Mesh['groupsFlag'] {
  for (const raw of (world['deployments'] ?? []).filter(isController)) {
    const parsed = deploymentCr.safeParse(raw);
    if (!parsed.success) continue;
    const { containers } = parsed.data.spec.template.spec;
    const container = containers.find(({ name }) => name === CONTAINER) ?? containers[0];
    if (container !== undefined) return flagIn([...container.command, ...container.args]);
  }
  return undefined;
}
