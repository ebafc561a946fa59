/** The preferences that pages need before they are rendered. */
export { LOCALE_COOKIE, readLocale, readTheme, THEME_COOKIE } from '@/lib/client/preferences';
