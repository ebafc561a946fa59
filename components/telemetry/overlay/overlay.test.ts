import { describe, expect, it } from 'vitest';
import type { Evidence } from '@/lib/api/telemetry';
import { measuredMesh, seen } from '@/lib/client/telemetry-fixtures';
import type { Told } from '@/lib/client/telemetry-store';
import { createTranslate } from '@/lib/i18n/translate';
import { nodeKey, routerKey } from '@/lib/mesh/keys';
import type { MeasuredShare, Split } from '@/lib/mesh/telemetry/overlay';
import type { Look } from '@/lib/client/use-telemetry';
import { edgeLook } from './edge-look';
import { badgePhase } from './evidence-state';
import { measuredRows } from './list-columns';
import type { MeasuredCells } from './list-columns';
import { figuresText, quantityText, windowText } from './quantity-text';
import { splitOf, tellingShare } from './split-line';

const t = createTranslate('en');
const ko = createTranslate('ko');
const LOOK = { overlay: 'rate', sized: false, heat: false, flow: false } as const;
const [V1, V2] = [nodeKey('shop', 'cart-v1'), nodeKey('shop', 'cart-v2')];
const nothing = { splits: [], undeclared: [], findings: [] };
const edge = (observed: 'yes' | 'no' | 'unknown', ...observations: ReturnType<typeof seen>[]): Told => ({
  ...nothing,
  edge: { observed, observations, health: 'good' },
});
const counted = seen({ requests: 910, perSecond: 182 / 60, faultRatio: 0.004, p99Ms: 310 });

const share = (target: typeof V1, declaredShare: number, observedShare: number): MeasuredShare => ({
  ...{ target, weight: declaredShare * 100, declaredShare, observedShare, count: 600 },
  ...{ low: observedShare - 0.01, high: observedShare + 0.01 },
});
const split = (evidence: Split['evidence'], ...shares: MeasuredShare[]): Split => ({
  ...{ router: routerKey('shop', 'cart'), route: 'all', evidence, count: 6120, shares },
  ...{ verdict: 'agrees', sinceMs: 0 },
});

describe('figures in words', () => {
  it('have their unit, in both languages', () => {
    expect(figuresText([counted], t)).toBe('182 rpm · 0.4% · p99 310 ms');
    expect(figuresText([counted], ko, true)).toBe('182 rpm · 장애 0.4% · p99 310 ms');
    expect(quantityText({ unit: 'ms', amount: 1234 }, t)).toBe('1.23 s');
    expect(quantityText({ unit: 'ratio', amount: 0.00004 }, t)).toBe('<0.1%');
    expect(quantityText({ unit: 'ratio', amount: 0 }, t)).toBe('0%');
  });

  it('of samples say so', () => {
    expect(figuresText([seen({ requests: 45, faultRatio: 0.02 }, 'xray')], t, true)).toBe(
      '45 samples · 2% faults · from X-Ray samples',
    );
  });

  it('name the window they are of', () => {
    const { window } = measuredMesh();
    expect(windowText(window, t)).toMatch(/^last 5\smin, as of \d\d:\d\d:\d\d$/);
    expect(windowText({ ...window, toMs: window.fromMs + 60_000 }, t)).toContain(' – ');
  });
});

describe('an edge', () => {
  it('carries the chosen figure', () => {
    expect(edgeLook(edge('yes', counted), LOOK, t, undefined)?.figure).toBe('182 rpm');
    expect(edgeLook(edge('yes', counted), { ...LOOK, overlay: 'p99' }, t, undefined)?.figure).toBe('310 ms');
  });

  it('whose traffic is counted for others, too, tells the most that it can be', () => {
    const look = { ...LOOK, atMost: true };
    expect(edgeLook(edge('yes', counted), look, t, undefined)?.figure).toBe('≤ 182 rpm');
    expect(edgeLook(edge('yes', counted), { ...look, overlay: 'p99' }, t, undefined)?.figure).toBe('310 ms');
  });

  it('that is silent says so and is thin; one that nobody would have seen says nothing', () => {
    expect(edgeLook(edge('no'), LOOK, t, undefined)).toMatchObject({ figure: 'no traffic', stroke: 1 });
    expect(edgeLook(undefined, LOOK, t, undefined)).toMatchObject({ observed: 'unknown', figure: undefined });
  });

  it('is as it was while the overlay is off', () => {
    expect(edgeLook(edge('yes', counted), { ...LOOK, overlay: 'off' }, t, undefined)).toBeUndefined();
  });

  it('has the share that its target got where shares are chosen', () => {
    const router = {
      ...nothing,
      splits: [split('cloudwatch', share(V1, 0.9, 0.904), share(V2, 0.1, 0.096))],
    };
    const shareIn = (look: Look) =>
      edgeLook(edge('yes', counted), look, t, { router, row: 'all', target: V2 })?.observedShare;
    expect(shareIn({ ...LOOK, overlay: 'share' })).toBe(0.096);
    expect(shareIn(LOOK)).toBeUndefined();
  });
});

describe('the split of a route', () => {
  const shares = [share(V1, 0.9, 0.904), share(V2, 0.1, 0.096)];

  it('is told by who sees every request, where there are several', () => {
    const of = splitOf([split('xray', ...shares), split('cloudwatch', ...shares)], 'all');
    expect(of?.evidence).toBe('cloudwatch');
    expect(splitOf([split('xray', share(V1, 1, 1))], 'all')).toBeUndefined();
  });

  it('shows the target that is off the most, else the smallest', () => {
    expect(tellingShare(split('xray', ...shares))?.target).toBe(V2);
    expect(tellingShare(split('xray', share(V1, 0.9, 0.7), share(V2, 0.1, 0.105)))?.target).toBe(V1);
  });
});

describe('the badge', () => {
  const of = (...phases: Evidence['phase'][]) => ({
    answer: {
      ...measuredMesh(),
      evidence: phases.map((phase): Evidence => ({
        ...{ kind: 'xray', phase, sampled: true, everySeconds: 60, slowed: false },
        cost: { units: 0, usdPerHour: 0 },
      })),
    },
    error: undefined,
  });

  it('is as bad as the worst that is configured, and failed only where nothing is left', () => {
    expect(badgePhase(of('ok', 'off'))).toBe('ok');
    expect(badgePhase(of('ok', 'failed'))).toBe('partial');
    expect(badgePhase(of('failed', 'off'))).toBe('failed');
    expect(badgePhase(of('off', 'off'))).toBe('off');
    expect(badgePhase({ answer: undefined, error: undefined })).toBe('asking');
    expect(badgePhase({ ...of('ok'), error: new Error('no') })).toBe('failed');
  });
});

describe('rows of the list', () => {
  it('have what was measured of them, and stay as they are without', () => {
    const rows: readonly (MeasuredCells & { key: typeof V1; findings: never[] })[] = [
      { key: V1, findings: [] },
    ];
    expect(measuredRows(rows, undefined)).toBe(rows);
    const entity = { observations: [counted], health: 'good' as const };
    expect(measuredRows(rows, measuredMesh({ entities: { [V1]: entity } }))[0]?.measured).toBe(entity);
  });
});
