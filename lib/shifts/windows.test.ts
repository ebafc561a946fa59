import { describe, expect, it } from 'vitest';
import type { Window } from './spec';
import { isOpen } from './windows';

const at = (time: string) => Date.parse(time);
const hours: Window = { kind: 'allow', days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], from: '09:00', to: '17:00', timeZone: 'Europe/Berlin' }; // prettier-ignore

describe('windows', () => {
  it('are open where there are none', () => {
    expect(isOpen([], at('2026-06-06T03:00:00Z'))).toBe(true);
  });
  it('follow the clock of their time zone, in summer and in winter', () => {
    expect(isOpen([hours], at('2026-06-01T07:00:00Z'))).toBe(true);
    expect(isOpen([hours], at('2026-06-01T15:00:00Z'))).toBe(false);
    expect(isOpen([hours], at('2026-12-01T07:30:00Z'))).toBe(false);
    expect(isOpen([hours], at('2026-12-01T15:30:00Z'))).toBe(true);
    expect(isOpen([hours], at('2026-06-06T10:00:00Z'))).toBe(false);
  });
  it('over midnight belong to the day on which they open', () => {
    const night: Window = { kind: 'allow', days: ['Fri'], from: '22:00', to: '04:00' };
    expect(isOpen([night], at('2026-06-05T23:00:00Z'))).toBe(true);
    expect(isOpen([night], at('2026-06-06T03:59:00Z'))).toBe(true);
    expect(isOpen([night], at('2026-06-06T04:00:00Z'))).toBe(false);
    expect(isOpen([night], at('2026-06-05T03:00:00Z'))).toBe(false);
  });
  it('that deny count more than those that allow', () => {
    const freeze: Window = { kind: 'deny', start: '2026-12-20T00:00:00Z', end: '2027-01-04T00:00:00Z' };
    expect(isOpen([hours, freeze], at('2026-12-22T10:00:00Z'))).toBe(false);
    expect(isOpen([hours, freeze], at('2027-01-04T10:00:00Z'))).toBe(true);
  });
});
