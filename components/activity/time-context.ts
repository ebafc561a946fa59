'use client';
import { createContext, useContext } from 'react';
import type { Time } from './use-time';

const TimeContext = createContext<Time | undefined>(undefined);
export const TimeProvider = TimeContext.Provider;

/** Time as the screen around keeps it. */
export function useTimeScope(): Time {
  const time = useContext(TimeContext);
  if (!time) throw new Error('Something about time was drawn outside the topology screen.');
  return time;
}
