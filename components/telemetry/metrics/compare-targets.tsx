'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Picture } from '@/lib/client/picture';
import { metricsOptions } from '@/lib/client/queries';
import type { TelemetryWindow } from '@/lib/client/telemetry-window';
import { useSeen } from '@/lib/client/use-seen';
import { control } from '@/components/ui/control';
import { useSpeech } from '@/lib/i18n/react';
import type { Router } from '@/lib/mesh/model';
import type { EdgeKey, TopologyEdge } from '@/lib/mesh/topology';
import { chartsOf, highest } from './charts';
import { LineChart } from './line-chart';
import { routeEdges, shortName } from './subjects';
import styles from './metrics.module.css';

export interface CompareTargetsProps {
  source: string;
  picture: Picture;
  router: Router;
  route: string | undefined;
  window: TelemetryWindow;
  onRoute: (route: string) => void;
}

/** Two targets of one route beside each other, on the same axes. Nothing where no route has two. */
export function CompareTargets({ source, picture, router, route, window, onRoute }: CompareTargetsProps) {
  const { t } = useSpeech();
  const [picked, setPicked] = useState<readonly (EdgeKey | undefined)[]>([]);
  const routes = router.routes.filter(({ name }) => routeEdges(picture.edges, router.key, name).length > 1);
  const shown = routes.find(({ name }) => name === route) ?? routes[0];
  const edges = shown ? routeEdges(picture.edges, router.key, shown.name) : [];
  const sides = [0, 1].flatMap((n) => edges.find(({ key }) => key === picked[n]) ?? edges[n] ?? []);
  const keys = sides.map(({ key }) => key);
  const mesh = picture.mesh.ref.name;
  const enabled = useSeen() && keys.length === 2;
  const { data } = useQuery({ ...metricsOptions(source, mesh, keys, window), enabled });
  if (!shown) return null;
  const charts = keys.map((key) => chartsOf(data?.charts.find((each) => each.key === key)?.series ?? []));
  const kinds = [...new Set(charts.flat().map(({ kind, evidence }) => `${kind} ${evidence}` as const))];
  const nameOf = ({ target, weight }: TopologyEdge) =>
    t('metrics.compare.weight', { name: shortName(target), weight: weight ?? 0 });

  return (
    <section className={styles.compare}>
      <h3>{t('metrics.compare')}</h3>
      <div className={styles.controls}>
        <label>
          {t('metrics.compare.route')}
          <select className={control} value={shown.name} onChange={({ target }) => onRoute(target.value)}>
            {routes.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {sides.map((side, n) => (
          <label key={n}>
            {t(n === 0 ? 'metrics.compare.left' : 'metrics.compare.right')}
            <select
              className={control}
              value={side.key}
              onChange={({ target }) => {
                const chosen = edges.find(({ key }) => key === target.value)?.key;
                setPicked(n === 0 ? [chosen, keys[1]] : [keys[0], chosen]);
              }}
            >
              {edges.map((edge) => (
                <option key={edge.key} value={edge.key}>
                  {nameOf(edge)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      {data &&
        kinds.map((kind) => {
          const pair = charts.map((side) => side.find((each) => `${each.kind} ${each.evidence}` === kind));
          const reach = Math.max(...pair.map((chart) => highest(chart?.lines ?? [])));
          return (
            <div key={kind} className={styles.pair}>
              {pair.map((chart, n) => {
                const name = shortName(sides[n]?.target ?? router.key);
                return chart ? (
                  <LineChart
                    key={n}
                    label={t('metrics.compare.chart', { chart: t(`metrics.chart.${chart.kind}`), name })}
                    kind={chart.kind}
                    lines={chart.lines}
                    window={data.window}
                    reach={reach}
                  />
                ) : (
                  <p key={n} className={styles.note}>
                    {t('metrics.compare.none', { name })}
                  </p>
                );
              })}
            </div>
          );
        })}
      {data && kinds.length === 0 && <p className={styles.note}>{t('metrics.none')}</p>}
    </section>
  );
}
