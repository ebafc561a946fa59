'use client';
import Link from 'next/link';
import { topologyPath } from '@/components/shell/addresses';
import { Facts } from '@/components/ui/facts';
import type { Fact } from '@/components/ui/facts';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Hop, Span } from '@/lib/mesh/telemetry/trace';
import { useSpeech } from '@/lib/i18n/react';
import { msText } from '../metrics/figure-text';
import { shortName } from '../metrics/subjects';
import { StatusMark } from './status-mark';
import styles from './traces.module.css';

const HOPS = ['gateway', 'gatewayRoute', 'service', 'router', 'node'] as const;

/** Everything one span says. */
export function SpanDetails({ source, mesh, span }: { source: string; mesh: string; span: Span }) {
  const { t } = useSpeech();
  const { name, kind, startMs, endMs, status, direction, http, hop, annotations } = span;
  const took = endMs === undefined ? t('trace.unfinished') : msText(Math.max(0, endMs - startMs), t);
  const facts: Fact[] = [
    [t('trace.name'), name],
    [t('trace.kind'), t(`trace.kind.${kind}`)],
    [t('trace.started'), msText(Math.max(0, startMs), t)],
    [t('trace.took'), took],
    [t('trace.status'), <StatusMark key="status" status={status} />],
  ];
  if (direction) facts.push([t('trace.direction'), t(`trace.direction.${direction}`)]);
  if (http?.url !== undefined || http?.method !== undefined)
    facts.push([t('trace.request'), [http.method, http.url].filter(Boolean).join(' ')]);
  if (http?.status !== undefined) facts.push([t('trace.answer'), String(http.status)]);
  facts.push([t('trace.hop'), <HopLinks key="hop" source={source} mesh={mesh} hop={hop} />]);
  const notes = Object.entries(annotations);
  return (
    <section className={styles.details} aria-label={t('trace.details')}>
      <Facts facts={facts} />
      {notes.length > 0 && (
        <>
          <h3>{t('trace.annotations')}</h3>
          <Facts facts={notes} />
        </>
      )}
    </section>
  );
}

/** The objects of the mesh a span stands for, each a step to where it is shown. */
function HopLinks({ source, mesh, hop }: { source: string; mesh: string; hop: Hop }) {
  const { t } = useSpeech();
  const known = HOPS.flatMap((kind) => {
    const key = hop[kind];
    return key === undefined ? [] : [{ kind, key }];
  });
  if (known.length === 0) return t('trace.hop.none');
  return (
    <ul className={styles.hops}>
      {known.map(({ kind, key }) => (
        <li key={key}>
          <span>{t(`trace.hop.${kind}`)}</span> <Link href={shown(kind, key)}>{shortName(key)}</Link>
          {kind === 'router' && hop.route !== undefined && (
            <>
              {' · '}
              {t('trace.hop.route', { route: hop.route })}
            </>
          )}
        </li>
      ))}
    </ul>
  );

  /** A gateway route is shown with its gateway. */
  function shown(kind: (typeof HOPS)[number], key: EntityKey): string {
    const selected = kind === 'gatewayRoute' ? (hop.gateway ?? key) : key;
    const query = new URLSearchParams({ selected });
    if (kind === 'router' && hop.route !== undefined) query.set('route', hop.route);
    return `${topologyPath(source, mesh)}?${query}`;
  }
}
