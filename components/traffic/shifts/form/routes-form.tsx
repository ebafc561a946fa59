'use client';
import Button from '@cloudscape-design/components/button';
import { useSpeech } from '@/lib/i18n/react';
import { nodeName } from '@/lib/shifts';
import type { ShiftRoute } from '@/lib/shifts';
import { shortName } from '../templates';
import type { ShiftableRoute } from '../use-routes';
import styles from '../shifts.module.css';
import own from './form.module.css';
import { routesAlike, shiftRoute } from './routes';

const ROUTES_MAX = 8;
const idOf = ({ router, route }: Pick<ShiftRoute, 'router' | 'route'>) => `${router} ${route}`;

/** The routes a shift moves together. Those after the first are of its namespace. */
export function RoutesForm({
  namespace,
  routes,
  known,
  onChange,
}: {
  namespace: string;
  routes: readonly ShiftRoute[];
  /** Of the whole source. */
  known: readonly ShiftableRoute[];
  onChange: (namespace: string, routes: ShiftRoute[]) => void;
}) {
  const { t } = useSpeech();
  const near = known.filter((each) => each.namespace === namespace);
  const taken = new Set(routes.map(idOf));
  const free = near.filter((each) => !taken.has(idOf(each)));
  const alike = routesAlike(routes, free, namespace);
  const put = (at: number, next: ShiftRoute) =>
    onChange(namespace, routes.map((each, i) => (i === at ? next : each))); // prettier-ignore
  const routers = new Set(routes.map(({ router }) => router));
  const full = routes.length >= ROUTES_MAX;
  return (
    <>
      <ul className={own.list} aria-label={t('shifts.form.routes')}>
        {routes.map((route, i) => (
          <li key={i} className={own.row}>
            <RouteRow
              namespace={namespace}
              route={route}
              choices={i === 0 ? known : near}
              onRoute={(of) =>
                i === 0 && of.namespace !== namespace
                  ? onChange(of.namespace, [shiftRoute(of)])
                  : put(i, shiftRoute(of))
              }
              onChange={(next) => put(i, next)}
            />
            <Button
              variant="icon"
              iconName="close"
              disabled={routes.length === 1}
              ariaLabel={t('shifts.form.routes.remove', { route: `${route.router} / ${route.route}` })}
              onClick={() => onChange(namespace, routes.filter((_, at) => at !== i))} // prettier-ignore
            />
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button
          iconName="add-plus"
          disabled={free.length === 0 || full}
          disabledReason={t(full ? 'shifts.form.routes.full' : 'shifts.form.routes.none')}
          onClick={() => onChange(namespace, [...routes, ...free.slice(0, 1).map(shiftRoute)])}
        >
          {t('shifts.form.routes.add')}
        </Button>
        {alike.length > 0 && !full && (
          <Button onClick={() => onChange(namespace, [...routes, ...alike].slice(0, ROUTES_MAX))}>
            {t('shifts.form.routes.alike', { count: alike.length })}
          </Button>
        )}
      </div>
      {routes.length > 1 && (
        <p className={styles.muted}>
          {t(routers.size === 1 ? 'shifts.form.routes.atOnce' : 'shifts.form.routes.inTurn', {
            routers: [...routers].join(', '),
          })}
        </p>
      )}
    </>
  );
}

function RouteRow({
  namespace,
  route,
  choices,
  onRoute,
  onChange,
}: {
  namespace: string;
  route: ShiftRoute;
  choices: readonly ShiftableRoute[];
  onRoute: (of: ShiftableRoute) => void;
  onChange: (route: ShiftRoute) => void;
}) {
  const { t } = useSpeech();
  const fullId = (each: Pick<ShiftableRoute, 'namespace' | 'router' | 'route'>) =>
    `${each.namespace} ${idOf(each)}`;
  const chosen = choices.find((each) => fullId(each) === fullId({ namespace, ...route }));
  const targets = chosen?.targets ?? [];
  return (
    <div className={own.cells}>
      <label className={styles.field}>
        {t('shifts.form.route')}
        <select
          value={chosen ? fullId(chosen) : ''}
          onChange={({ currentTarget }) => {
            const of = choices.find((each) => fullId(each) === currentTarget.value);
            if (of) onRoute(of);
          }}
        >
          {!chosen && (
            <option value="">
              {t('shifts.form.routes.gone', { route: `${route.router} / ${route.route}` })}
            </option>
          )}
          {choices.map((each) => (
            <option key={fullId(each)} value={fullId(each)}>
              {`${each.namespace}/${each.router} / ${each.route}`}
            </option>
          ))}
        </select>
      </label>
      {(['from', 'to'] as const).map((end) => {
        const node = nodeName(route[end], namespace);
        return (
          <label key={end} className={styles.field}>
            {t(`shifts.form.${end}`)}
            <select
              value={node}
              onChange={({ currentTarget }) =>
                onChange({ ...route, [end]: shortName(currentTarget.value, namespace) })
              }
            >
              {!targets.some((each) => each.node === node) && <option value={node}>{node}</option>}
              {targets.map((each) => (
                <option key={each.node} value={each.node}>
                  {t('shifts.form.target', { node: each.node, weight: each.weight })}
                </option>
              ))}
            </select>
          </label>
        );
      })}
    </div>
  );
}
