'use client';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { FindingList } from '@/components/findings/finding-list';
import { Routes } from '@/components/inspector/routes';
import inspector from '@/components/inspector/inspector.module.css';
import { topologyPath } from '@/components/shell/addresses';
import { connectionWords } from '@/components/shell/connection-words';
import { FrozenBanner } from '@/components/shell/frozen-banner';
import Link from 'next/link';
import { DraftsProvider } from '../drafts';
import { OwnerMark } from '../owner-mark';
import { createTelemetryStore } from '@/lib/client/telemetry-store';
import { useMeshStream } from '@/lib/client/use-mesh-stream';
import { OverlayProvider, useTelemetry, useTelemetryFeed } from '@/lib/client/use-telemetry';
import { groupsToAsk } from '@/lib/client/telemetry-view';
import { useSpeech } from '@/lib/i18n/react';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import styles from './screen.module.css';

export interface RouteEditorProps {
  source: string;
  mesh: string;
  selected: EntityKey;
  route: string | undefined;
  /** Whether measurements are asked for. */
  measured: boolean;
  onRoute: (route: string | undefined) => void;
  onClose: () => void;
}

const LOOK = { overlay: 'rate', sized: false, heat: false, flow: false } as const;
const WINDOW = { last: '5m' } as const;
const ignore = () => undefined;

/** The routes of one router, with the stream of their mesh: what is changed here is what the topology would change. */
export function RouteEditor(props: RouteEditorProps) {
  const { source, mesh } = props;
  return (
    <DraftsProvider key={`${source} ${mesh}`} source={source} mesh={mesh}>
      <Editor {...props} />
    </DraftsProvider>
  );
}

function Editor({ source, mesh, selected, route, measured, onRoute, onClose }: RouteEditorProps) {
  const { t } = useSpeech();
  const navigate = useRouter();
  const stream = useMeshStream(source, mesh, ignore);
  const { picture, connection } = stream;
  const router = picture?.nodes.get(selected) ?? stream.ghosts.get(selected)?.node;
  const groups = useMemo(() => {
    if (!picture || router?.kind !== 'router') return undefined;
    const proxies = [...picture.nodes.values()].filter(({ kind }) => kind === 'node' || kind === 'gateway');
    const targets = router.routes.flatMap(({ targets: each }) => each.map(({ namespace }) => namespace));
    return groupsToAsk(proxies.length, targets)?.groups;
  }, [picture, router]);
  const [store] = useState(() => createTelemetryStore());
  const telemetry = useTelemetry({
    source,
    mesh,
    window: measured && router ? WINDOW : undefined,
    groups,
    held: false,
  });
  useTelemetryFeed(store, telemetry);
  const overlay = useMemo(() => ({ store, look: LOOK }), [store]);
  const href = (key: EntityKey) => `${topologyPath(source, mesh)}?selected=${encodeURIComponent(key)}`;
  const findings = picture?.findings.filter(({ subject }) => subject === selected) ?? [];
  const name = parseEntityKey(selected)?.name ?? selected;

  return (
    <OverlayProvider value={overlay}>
      <div className={inspector.inspector}>
        <header className={inspector.head}>
          <div>
            <p className={inspector.kind}>{`VirtualRouter · ${mesh}`}</p>
            <h2>{name}</h2>
            {router?.kind === 'router' && (
              <OwnerMark owner={router.ownership} namespace={router.ref.namespace} />
            )}
          </div>
          <button
            type="button"
            className={inspector.close}
            aria-label={t('inspector.close')}
            onClick={onClose}
          >
            ✕
          </button>
        </header>
        <div className={inspector.actions}>
          <Link href={href(selected)}>{t('routes.topology')}</Link>
        </div>
        {connection.phase !== 'live' && (
          <p className={styles.stream} role="status">
            {connectionWords(connection, t)}
          </p>
        )}
        {picture && <FrozenBanner mesh={picture.mesh} />}
        {picture && router === undefined && <p className={inspector.note}>{t('inspector.gone')}</p>}
        {router?.kind === 'router' && (
          <Routes
            router={router}
            route={route}
            source={source}
            stream={stream}
            onSelect={(key, next) => {
              if (key === selected) onRoute(next);
              else if (key !== undefined) navigate.push(href(key));
            }}
          />
        )}
        {findings.length > 0 && (
          <section>
            <h3>{t('inspector.findings')}</h3>
            <FindingList findings={findings} about={selected} onSelect={(key) => navigate.push(href(key))} />
          </section>
        )}
      </div>
    </OverlayProvider>
  );
}
