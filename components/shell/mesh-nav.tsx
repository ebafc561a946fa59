'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useSpeech } from '@/lib/i18n/react';
import { backendsPath, shiftsPath, topologyPath, tracesPath } from './addresses';
import styles from './mesh-nav.module.css';

/** The screens of one mesh. */
export function MeshNav({ source, mesh }: { source: string; mesh: string }) {
  const { t } = useSpeech();
  const here = usePathname();
  const screens = [
    { path: topologyPath(source, mesh), name: t('shell.nav.topology') },
    { path: backendsPath(source, mesh), name: t('backends.title') },
    { path: tracesPath(source, mesh), name: t('shell.nav.traces') },
    { path: shiftsPath(source), name: t('shell.nav.shifts') },
  ];
  return (
    <nav aria-label={t('shell.nav')} className={styles.nav}>
      {screens.map(({ path, name }) => (
        <Link key={path} href={path} aria-current={here === path ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
