'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { control } from '@/components/ui/control';
import { LOCALE_COOKIE, remember, THEME_COOKIE, THEMES } from '@/lib/client/preferences';
import type { Theme } from '@/lib/client/preferences';
import { LOCALES } from '@/lib/i18n/locale';
import { useSpeech } from '@/lib/i18n/react';

const DARK = '(prefers-color-scheme: dark)';

function paint(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && window.matchMedia(DARK).matches);
  document.documentElement.dataset['choice'] = theme;
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  document.body.classList.toggle('awsui-dark-mode', dark);
}

/** Light, dark, or as the system says, also while the system changes. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const { t } = useSpeech();
  const [theme, setTheme] = useState(initial);
  useEffect(() => {
    paint(theme);
    if (theme !== 'system') return undefined;
    const system = window.matchMedia(DARK);
    const follow = () => paint('system');
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, [theme]);
  return (
    <select
      className={control}
      aria-label={t('shell.theme', { theme })}
      value={theme}
      onChange={({ target }) => {
        const chosen = THEMES.find((each) => each === target.value) ?? 'system';
        remember(THEME_COOKIE, chosen);
        setTheme(chosen);
      }}
    >
      {THEMES.map((each) => (
        <option key={each} value={each}>
          {t(`shell.theme.${each}`)}
        </option>
      ))}
    </select>
  );
}

/** The language of the console. The page is rendered again in it; drafts and selection stay. */
export function LocaleSwitch() {
  const { t, locale } = useSpeech();
  const router = useRouter();
  return (
    <select
      className={control}
      aria-label={t('shell.language')}
      value={locale}
      onChange={({ target }) => {
        remember(LOCALE_COOKIE, target.value);
        router.refresh();
      }}
    >
      {LOCALES.map((each) => (
        <option key={each} value={each} lang={each}>
          {t(`shell.locale.${each}`)}
        </option>
      ))}
    </select>
  );
}
