/** Small snapshots for the tests of this folder and of those who join them: mesh `shop`, everything ACTIVE. */
import type { ApiKind, ResourceInput, SnapshotInput } from './snapshot';

const ACCOUNT = '123456789012';

/** A resource as its Describe answered it; `spec` is taken as it is, however odd. */
export function resource(
  kind: ApiKind,
  path: string,
  spec: unknown = {},
  { version = 1, status = 'ACTIVE' }: { version?: number; status?: string } = {},
): ResourceInput {
  const [first = '', second] = path.split(/\/(?=[^/]+$)/);
  const name = second ?? first;
  const arn = `arn:aws:appmesh:eu-west-1:${ACCOUNT}:mesh/shop/${kind}/${path}`;
  return {
    kind,
    name,
    ...(second === undefined ? {} : { parent: first }),
    arn,
    version,
    body: {
      meshName: 'shop',
      spec,
      metadata: {
        arn,
        uid: `uid-${kind}-${path}`,
        version,
        createdAt: '2026-05-01T00:00:00.000Z',
        lastUpdatedAt: '2026-05-02T00:00:00.000Z',
        meshOwner: ACCOUNT,
        resourceOwner: ACCOUNT,
      },
      status: { status },
    },
  };
}

export function snapshot(
  resources: readonly ResourceInput[],
  more: Partial<SnapshotInput> = {},
): SnapshotInput {
  const { arn, body } = resource('virtualNode', 'mesh', { egressFilter: { type: 'ALLOW_ALL' } });
  return {
    name: 'shop',
    owner: ACCOUNT,
    arn: arn.replace(/\/virtualNode.*/, ''),
    version: 1,
    body,
    resources,
    unread: [],
    ...more,
  };
}

/** An http route for everything below `prefix`, to these nodes. */
export const routeSpec = (weights: Record<string, number>, prefix = '/') => ({
  httpRoute: {
    match: { prefix },
    action: {
      weightedTargets: Object.entries(weights).map(([virtualNode, weight]) => ({ virtualNode, weight })),
    },
  },
});
