'use client';
import { useState } from 'react';

/**
 * A text that is typed, and when it counts: at once, unless it `waits`; then when the typing goes on or `settle` is called.
 * A text that comes from elsewhere (a preset, the browser's history) takes its place.
 */
export function useDraft(text: string, onText: (text: string) => void, waits: (text: string) => boolean) {
  const [seen, setSeen] = useState(text);
  const [draft, setDraft] = useState(text);
  if (seen !== text) {
    setSeen(text);
    setDraft(text);
  }
  const counts = (next: string) => {
    // Told beforehand, so that what was typed meanwhile is not taken for old.
    setSeen(next);
    if (next !== text) onText(next);
  };
  return {
    draft,
    type(next: string) {
      setDraft(next);
      if (!waits(next)) counts(next);
    },
    settle() {
      counts(draft);
    },
  };
}
