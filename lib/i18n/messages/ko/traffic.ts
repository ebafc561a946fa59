import type { traffic as en } from '../en/traffic';

export const traffic: Record<keyof typeof en, string> = {};
