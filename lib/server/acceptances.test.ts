import { describe, expect, it } from 'vitest';
import { startRig, until } from './testing/rig';
import { sandboxApi } from './testing/api';
import { watchAcceptances } from './acceptances';

const ROUTERS = '/apis/appmesh.k8s.aws/v1beta2/namespaces/my-apps/virtualrouters/my-service-a-virtual-router';

describe('what the controller has taken', () => {
  it('is told by the objects, and read from the API without waiting for its turn', async () => {
    const rig = await startRig('tutorial', {}, (sandbox) =>
      Promise.resolve({ appMesh: [sandboxApi(sandbox.url)] }),
    );
    try {
      const [cluster, api] = rig.console.sources;
      if (cluster?.kind !== 'kubernetes' || api === undefined) throw new Error('two sources were opened');
      await until(rig.console, () => api.hub.model('my-mesh') !== undefined);
      const look = watchAcceptances();
      expect(look(cluster.declared())).toBe('none');
      expect(look(cluster.declared())).toBe('none');

      const versionOf = () =>
        [...(api.hub.model('my-mesh')?.entities.values() ?? [])].flatMap((entity) =>
          entity.kind === 'router'
            ? entity.routes.flatMap(({ targets }) => targets.map((t) => t.weight))
            : [],
        );
      const before = versionOf();
      const startedAt = performance.now();
      await rig.sandbox.request(
        'PATCH',
        ROUTERS,
        [{ op: 'replace', path: '/spec/routes/0/httpRoute/action/weightedTargets/0/weight', value: 3 }],
        'application/json-patch+json',
      );
      await until(rig.console, () => versionOf().includes(3) && !before.includes(3));
      // Far less than between two readings of an API that nobody looks at.
      expect(performance.now() - startedAt).toBeLessThan(8_000);
      expect(look(cluster.declared())).toBe('some');

      await rig.sandbox.request('POST', '/_sandbox/reset');
      const uid = cluster.declared()[0]?.mesh.ref.uid;
      await until(
        rig.console,
        () => cluster.declared()[0]?.mesh.ref.uid !== uid && cluster.declared().length > 0,
      );
      expect(look(cluster.declared())).toBe('anew');
      await until(rig.console, () => !versionOf().includes(3) && versionOf().length > 0);
    } finally {
      await rig.stop();
    }
  }, 60_000);
});
