import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditLine } from '../log';
import { ask, SOURCE, startRig, type Rig } from '../testing/rig';
import { describeChange } from './answer';
import { checkUndo } from './undo';

vi.mock('./answer', { spy: true });
vi.mock('./undo', { spy: true });

const ROUTER = '/apis/appmesh.k8s.aws/v1beta2/namespaces/my-apps/virtualrouters/my-service-a-virtual-router';
const WEIGHTS = `${SOURCE}/routers/my-apps/my-service-a-virtual-router/routes/my-service-a-route/weights`;
const targets = (weight: number) => [{ node: 'my-apps/my-service-a', weight }];

let rig: Rig;
let lines: AuditLine[];
beforeAll(async () => {
  rig = await startRig('tutorial');
}, 60_000);
afterAll(() => rig.stop());
beforeEach(() => {
  lines = [];
  vi.spyOn(rig.console.log, 'info').mockImplementation((...[entry]: unknown[]) => {
    const { audit } = Object(entry) as { audit?: AuditLine }; // what `audit` hands to the log
    if (audit) lines.push(audit);
  });
});

const weightNow = async () => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the cluster
  const router: any = await rig.sandbox.request('GET', ROUTER);
  return router.spec.routes[0].httpRoute.action.weightedTargets[0].weight as number;
};
const fails = () => {
  throw new Error('a bug');
};

describe('the audit line of a write', () => {
  it('tells what was applied', async () => {
    await rig.ask('PATCH', WEIGHTS, { targets: targets(20), reason: 'canary' });
    expect(lines).toEqual([
      {
        action: 'weights',
        source: 'sandbox',
        object: 'my-apps/my-service-a-virtual-router',
        route: 'my-service-a-route',
        dryRun: false,
        outcome: 'applied',
        code: undefined,
        by: 'meshdeck',
        reason: 'canary',
        historyId: expect.any(String),
        before: targets(1),
        after: targets(20),
      },
    ]);
  });

  it('is left where the console is read-only', async () => {
    const readOnly = { ...rig.console, config: { ...rig.console.config, readOnly: true } };
    await ask(readOnly, 'PATCH', WEIGHTS, { targets: targets(5) });
    expect(lines).toMatchObject([{ outcome: 'refused', code: 'E201' }]);
  });

  it.each([
    ['no JSON', '{', 'E100'],
    ['no weights', { targets: [] }, 'E401'],
  ])('is left where the body is %s', async (_, body, code) => {
    await rig.ask('PATCH', WEIGHTS, body);
    expect(lines).toMatchObject([{ outcome: 'refused', code }]);
    expect(lines[0]?.after).toBeUndefined();
  });

  it('is left where the source is not known', async () => {
    await rig.ask('PATCH', WEIGHTS.replace('sandbox', 'nowhere'), { targets: targets(5) });
    expect(lines).toMatchObject([{ source: 'nowhere', outcome: 'refused', code: 'E301' }]);
  });

  it('is left where the console itself fails, and nothing was written', async () => {
    const before = await weightNow();
    vi.mocked(checkUndo).mockImplementationOnce(fails);
    const { body } = await rig.ask('PATCH', WEIGHTS, { targets: targets(90) });
    expect(body.code).toBe('E599');
    expect(lines).toMatchObject([{ outcome: 'failed', code: 'E599', after: targets(90) }]);
    expect(await weightNow()).toBe(before);
  });
});

describe('a change that was written and cannot be described', () => {
  it('is applied, and told as it was rehearsed', async () => {
    vi.mocked(describeChange).mockImplementationOnce(fails);
    const { status, body } = await rig.ask('PATCH', WEIGHTS, { targets: targets(33) });
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: 'applied', after: targets(33) });
    expect(lines).toMatchObject([{ outcome: 'applied', after: targets(33) }]);
    expect(await weightNow()).toBe(33);
  });

  it('nor its rehearsal is of an unknown outcome, never a failure', async () => {
    vi.mocked(describeChange).mockImplementationOnce(fails).mockImplementationOnce(fails);
    const { body } = await rig.ask('PATCH', WEIGHTS, { targets: targets(34) });
    expect(body.code).toBe('E505');
    expect(lines).toMatchObject([{ outcome: 'unknown', code: 'E505', after: targets(34) }]);
    expect(await weightNow()).toBe(34);
  });
});
