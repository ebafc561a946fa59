'use client';
import { useEffect, useState } from 'react';

/** How often what depends on time alone is looked at again, in milliseconds. */
const EVERY_MS = 5_000;

/** Now, in milliseconds since 1970. Stands still, and draws nothing anew, unless it `runs`. */
export function useClock(runs: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!runs) return undefined;
    const look = () => setNow(Date.now());
    const first = setTimeout(look, 0);
    const timer = setInterval(look, EVERY_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [runs]);
  return now;
}
