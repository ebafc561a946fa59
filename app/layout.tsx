import '@cloudscape-design/global-styles/index.css';
import './globals.css';
import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { readLocale, readTheme, LOCALE_COOKIE, THEME_COOKIE } from '@/components/shell/preferences';
import { Providers } from '@/components/shell/providers';
import { Shell } from '@/components/shell/shell';

export const metadata: Metadata = {
  title: 'meshdeck',
  description: 'Web console for AWS App Mesh',
  icons: { icon: '/icon.svg' },
};

/** Runs before the first paint: a theme that follows the system is known to the browser only. */
const FOLLOW_SYSTEM = `(()=>{const h=document.documentElement;if(h.dataset.choice!=='system')return;const d=matchMedia('(prefers-color-scheme: dark)').matches;h.dataset.theme=d?'dark':'light';document.body.classList.toggle('awsui-dark-mode',d)})()`;

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, head] = [await cookies(), await headers()];
  const theme = readTheme(jar.get(THEME_COOKIE)?.value);
  const locale = readLocale(jar.get(LOCALE_COOKIE)?.value, head.get('accept-language') ?? '');
  return (
    <html
      lang={locale}
      data-choice={theme}
      data-theme={theme === 'dark' ? 'dark' : 'light'}
      suppressHydrationWarning
    >
      <body className={theme === 'dark' ? 'awsui-dark-mode' : ''} suppressHydrationWarning>
        <script dangerouslySetInnerHTML={{ __html: FOLLOW_SYSTEM }} />
        <Providers locale={locale}>
          <Shell theme={theme}>{children}</Shell>
        </Providers>
      </body>
    </html>
  );
}
