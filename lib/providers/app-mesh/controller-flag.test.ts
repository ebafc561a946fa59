import { describe, expect, it } from 'vitest';
import { groupsFlagOf } from './controller-flag';
import type { RawObject } from './resources';

const deployment = (args: unknown, more: Partial<RawObject['metadata']> = {}): RawObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'appmesh-controller',
    namespace: 'appmesh-system',
    uid: 'u',
    resourceVersion: '1',
    ...more,
  },
  spec: { template: { spec: { containers: [{ name: 'proxy' }, { name: 'controller', args }] } } },
});
const flagOf = (...deployments: RawObject[]) => groupsFlagOf({ deployments });

describe('the flag of the controller for backend groups', () => {
  it.each([
    [['--enable-backend-groups=true'], 'on'],
    [['--log-level=info', '--enable-backend-groups'], 'on'],
    [['--enable-backend-groups=false'], 'off'],
    [['--enable-backend-groups', '--enable-backend-groups=false'], 'off'],
    [['--log-level=info'], 'off'],
    [undefined, 'off'],
  ])('is read from its arguments: %j is %s', (args, expected) => {
    expect(flagOf(deployment(args))).toBe(expected);
  });

  it('is found by the label, whatever the release is called', () => {
    const labels = { 'app.kubernetes.io/name': 'appmesh-controller' };
    expect(flagOf(deployment(['--enable-backend-groups'], { name: 'mesh-ctl', labels }))).toBe('on');
  });

  it('is not known where no such Deployment was read', () => {
    expect(flagOf(deployment([], { name: 'web' }))).toBeUndefined();
    expect(groupsFlagOf({})).toBeUndefined();
  });
});
