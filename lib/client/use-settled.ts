'use client';
import { useEffect, useState } from 'react';

/** What was given, once it has not changed for a while: for questions that are not asked at every key. `written` tells equal ones. */
export function useSettled<T>(given: T, written: string, afterMs: number): T {
  const [settled, setSettled] = useState({ given, written });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ given, written }), afterMs);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- equal ones are the same
  }, [written, afterMs]);
  return settled.given;
}
