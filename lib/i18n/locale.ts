/** The languages of the console. */
export const LOCALES = ['en', 'ko'] as const;
export type Locale = (typeof LOCALES)[number];

/** Chooses a language from an Accept-Language header or a list of browser languages; English when none fits. */
export function chooseLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const base = tag.trim().toLowerCase().split(/[-_;]/)[0];
    const found = LOCALES.find((locale) => locale === base);
    if (found) return found;
  }
  return 'en';
}
