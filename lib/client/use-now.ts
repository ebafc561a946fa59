'use client';
import { useEffect, useState } from 'react';

/** Now, in milliseconds since 1970, looked at every `everyMs` while the page is seen. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      // A hidden tab asks nothing, so nothing it holds can be called late.
      if (document.visibilityState === 'visible') setNow(Date.now());
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
