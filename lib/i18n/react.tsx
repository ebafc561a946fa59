'use client';
import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Locale } from './locale';
import { createTranslate } from './translate';
import type { Translate } from './translate';

interface Speech {
  locale: Locale;
  t: Translate;
}

const SpeechContext = createContext<Speech>({ locale: 'en', t: createTranslate('en') });

/** Gives the tree below its language. */
export function LocaleProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  const speech = useMemo(() => ({ locale, t: createTranslate(locale) }), [locale]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** The language of the tree and its translate function. */
export function useSpeech(): Speech {
  return useContext(SpeechContext);
}
