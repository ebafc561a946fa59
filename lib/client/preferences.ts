/** What a person prefers, in cookies, so that the first page already comes in the right language and colours. */
import { chooseLocale, LOCALES } from '@/lib/i18n/locale';
import type { Locale } from '@/lib/i18n/locale';
import { localStore } from './browser-store';

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'meshdeck-theme';
export const LOCALE_COOKIE = 'meshdeck-locale';

/** The theme a cookie names; `system` for anything else. */
export const readTheme = (cookie: string | undefined): Theme =>
  THEMES.find((theme) => theme === cookie) ?? 'system';

/** The language a cookie names, else the first that the browser asks for and the console has. */
export const readLocale = (cookie: string | undefined, acceptLanguage: string): Locale =>
  LOCALES.find((locale) => locale === cookie) ?? chooseLocale(acceptLanguage.split(','));

/** Remembers a choice for a year. */
export function remember(cookie: string, choice: string): void {
  document.cookie = `${cookie}=${choice}; path=/; max-age=31536000; samesite=lax`;
}

const SINGLE_KEYS = 'meshdeck.singleKeys';

/** Whether single characters are shortcuts; they are unless turned off in this browser. */
export function readSingleKeys(): boolean {
  return localStore()?.getItem(SINGLE_KEYS) !== 'off';
}

/** Turns single-character shortcuts on or off in this browser. */
export function writeSingleKeys(on: boolean): void {
  try {
    localStore()?.setItem(SINGLE_KEYS, on ? 'on' : 'off');
  } catch {
    // With a full store the shortcuts stay as they are.
  }
}
