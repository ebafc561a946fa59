'use client';
import Tabs from '@cloudscape-design/components/tabs';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { FindingList } from '@/components/findings/finding-list';
import { backendsPath, editBackendsPath, tracesPath } from '@/components/shell/addresses';
import { isMeasured } from '@/components/telemetry/metrics/subjects';
import { MeasuredFacts } from '@/components/telemetry/overlay/measured-facts';
import type { Picture } from '@/lib/client/picture';
import { tracesHref } from '@/lib/client/traces-view';
import { useTold } from '@/lib/client/use-telemetry';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import { TABS } from '@/lib/client/view-state';
import type { ViewState } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Router } from '@/lib/mesh/model';
import type { GatewayCard, Surrounding, TopologyNode } from '@/lib/mesh/topology';
import { footings } from '@/lib/mesh/view/surroundings';
import type { Viewed } from '@/lib/mesh/view/spec';
import { subjectsOf } from '@/lib/mesh/view/subjects';
import { GatewayRoutes } from './gateway-routes';
import { ObjectText } from './object-text';
import { Related } from './related';
import { Routes } from './routes';
import { Summary, WorkloadFacts } from './summary';
import { Whereabouts } from './whereabouts';
import styles from './inspector.module.css';

/** Charts and the route tester come when they are asked for. */
const MetricsTab = dynamic(() =>
  import('@/components/telemetry/metrics/metrics-tab').then((module) => module.MetricsTab),
);

const RouteTester = dynamic(() =>
  import('@/components/traffic/route-tester/route-tester').then((module) => module.RouteTester),
);

/** Everything known about one object of the mesh. */
export function Inspector({
  source,
  stream,
  selected,
  view,
  viewed,
  collapsedIn,
  onSelect,
  onView,
}: {
  source: string;
  stream: MeshStream;
  selected: EntityKey;
  view: ViewState;
  /** What the view shows. The inspector tells of everything, and where that is. */
  viewed: Viewed | undefined;
  /** The collapsed box the object is in. */
  collapsedIn: string | undefined;
  onSelect: (key: EntityKey | undefined, route?: string) => void;
  onView: (patch: Partial<ViewState>) => void;
}) {
  const { t } = useSpeech();
  const mesh = stream.picture?.mesh.ref.name;
  const live = stream.picture?.nodes.get(selected) ?? thingOf(stream.picture, selected);
  const node: TopologyNode | undefined = live ?? stream.ghosts.get(selected)?.node;
  const subjects = new Set<EntityKey>(node ? [selected, ...subjectsOf(node)] : [selected]);
  const measured = useTold(selected)?.findings ?? [];
  const findings = [
    ...(stream.picture?.findings.filter((each) => subjects.has(each.subject)) ?? []),
    ...measured,
  ];
  const rows = node && 'rows' in node ? node.rows : undefined;
  return (
    <div className={styles.inspector}>
      <header className={styles.head}>
        <div>
          <p className={styles.kind}>
            {node && ('ref' in node ? node.ref.kind : t(`topology.kind.${node.kind}`))}
          </p>
          <h2>{node ? nameOf(node) : selected}</h2>
        </div>
        <button
          type="button"
          className={styles.close}
          aria-label={t('inspector.close')}
          onClick={() => onSelect(undefined)}
        >
          ✕
        </button>
      </header>
      {live && (
        <div className={styles.actions}>
          <button type="button" onClick={() => onView({ focus: [selected] })}>
            {t('inspector.focus')}
          </button>
          <button type="button" onClick={() => onView({ from: selected, to: undefined })}>
            {t('inspector.path')}
          </button>
          {mesh !== undefined && isMeasured(live) && (
            <Link href={tracesHref(tracesPath(source, mesh), { key: selected, window: view.window })}>
              {t('inspector.traces')}
            </Link>
          )}
          {mesh !== undefined && live.kind === 'node' && (
            <Link href={editBackendsPath(source, mesh, live.key)}>{t('backends.editor.edit')}</Link>
          )}
        </div>
      )}
      <Whereabouts of={selected} viewed={viewed} collapsedIn={collapsedIn} onSelect={onSelect} />
      {!live && <p className={styles.note}>{t('inspector.gone')}</p>}
      {node?.kind === 'unresolved' && (
        <p className={styles.note}>
          {t(node.cause === 'unread' ? 'inspector.unread' : 'inspector.unresolved')}
        </p>
      )}
      {node && stream.picture && isMeasured(node) ? (
        <Tabs
          ariaLabel={t('inspector.tabs')}
          activeTabId={view.tab === 'tester' && !(live && isTestable(live)) ? 'overview' : view.tab}
          onChange={({ detail }) =>
            onView({ tab: TABS.find((tab) => tab === detail.activeTabId) ?? 'overview' })
          }
          tabs={[
            { id: 'overview', label: t('inspector.tab.overview'), content: overview() },
            {
              id: 'metrics',
              label: t('inspector.tab.metrics'),
              content: (
                <MetricsTab
                  source={source}
                  picture={stream.picture}
                  node={node}
                  view={view}
                  onView={onView}
                  key={selected}
                />
              ),
            },
            ...(live && isTestable(live)
              ? [
                  {
                    id: 'tester',
                    label: t('inspector.tab.tester'),
                    content: (
                      <RouteTester
                        picture={stream.picture}
                        entity={live}
                        view={view}
                        onView={onView}
                        onSelect={onSelect}
                        key={selected}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      ) : (
        overview()
      )}
    </div>
  );

  function overview() {
    return (
      <>
        {node?.kind === 'router' && (
          <Routes router={node} route={view.route} source={source} stream={stream} onSelect={onSelect} />
        )}
        {rows && <GatewayRoutes routes={rows} onSelect={onSelect} />}
        {live && (
          <MeasuredFacts of={selected} awsName={node && 'awsName' in node ? node.awsName : undefined} />
        )}
        {findings.length > 0 && (
          <section>
            <h3>{t('inspector.findings')}</h3>
            <FindingList
              findings={findings}
              about={selected}
              {...(mesh === undefined ? {} : { backends: backendsPath(source, mesh) })}
              onSelect={onSelect}
            />
          </section>
        )}
        {node && 'acceptance' in node && <Summary node={node} />}
        {node?.kind === 'workload' && <WorkloadFacts workload={node} />}
        {stream.picture && (
          <Related
            picture={stream.picture}
            of={selected}
            rowsToldElsewhere={rows !== undefined}
            onSelect={onSelect}
          />
        )}
        {node && 'ref' in node && live && (
          <ObjectText source={source} mesh={mesh ?? ''} node={node} key={node.ref.uid} />
        )}
      </>
    );
  }
}

/** What some node stands on; the picture does not hold it. */
function thingOf(picture: Picture | undefined, key: EntityKey): Surrounding | undefined {
  for (const node of picture?.nodes.values() ?? [])
    for (const { thing } of footings(node)) if (thing.key === key) return thing;
  return undefined;
}

/** Whether it has routes that can be tried. */
const isTestable = (node: TopologyNode): node is Router | GatewayCard =>
  node.kind === 'router' || node.kind === 'gateway';

const nameOf = (node: TopologyNode) => ('ref' in node ? node.ref.name : node.name);
