import type { topology as en } from '../en/topology';

export const topology: Record<keyof typeof en, string> = {};
