import type { findings as en } from '../en/findings';

export const findings: Record<keyof typeof en, string> = {};
