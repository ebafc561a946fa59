'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { Theme } from '@/lib/client/preferences';
import { TRAFFIC_PATH } from './addresses';
import { Help } from './help';
import { MeshNav } from './mesh-nav';
import nav from './mesh-nav.module.css';
import { Palette } from './palette';
import { Refusal } from './refusal';
import { LocaleSwitch, ThemeSwitch } from './switches';
import { STATUS_SLOT } from './status-slot';
import styles from './shell.module.css';

/** Mesh and source of a page's address. */
function placeOf(pathname: string): { source: string; mesh: string } | undefined {
  const match = /^\/sources\/([^/]+)\/meshes\/([^/]+)/.exec(pathname);
  const [, source, mesh] = match ?? [];
  return source === undefined || mesh === undefined
    ? undefined
    : { source: decodeURIComponent(source), mesh: decodeURIComponent(mesh) };
}

/** The frame around every page: where one is, how the connection is doing, and how to set colours and language. */
export function Shell({ theme, children }: { theme: Theme; children: ReactNode }) {
  const { t } = useSpeech();
  const here = usePathname();
  const place = placeOf(here);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t('shell.skipToContent')}
      </a>
      <header className={styles.bar}>
        <Link className={styles.product} href="/meshes">
          {/* A plain image: an icon of a kilobyte needs no optimiser. */}
          <img src="/icon.svg" alt="" width={22} height={22} />
          {t('shell.product')}
        </Link>
        <nav aria-label={t('shell.breadcrumb')} className={styles.crumbs}>
          <Link href="/meshes">{t('shell.meshes')}</Link>
          {place && (
            <>
              <span className={styles.source}>{place.source}</span>
              <span aria-current="page" className={styles.current}>
                {place.mesh}
              </span>
            </>
          )}
        </nav>
        <nav aria-label={t('shell.nav.all')} className={nav.nav}>
          <Link href={TRAFFIC_PATH} aria-current={here === TRAFFIC_PATH ? 'page' : undefined}>
            {t('routes.title')}
          </Link>
        </nav>
        {place && <MeshNav {...place} />}
        <div id={STATUS_SLOT} className={styles.status} />
        <div className={styles.tools}>
          <ThemeSwitch initial={theme} />
          <LocaleSwitch />
          <Palette />
          <Help />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={styles.content}>
        {children}
      </main>
      <Refusal />
    </div>
  );
}
