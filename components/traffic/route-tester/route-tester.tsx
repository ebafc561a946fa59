'use client';
import { useState } from 'react';
import type { Picture } from '@/lib/client/picture';
import type { ViewState } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { GatewayRoute, Route, Router } from '@/lib/mesh/model';
import { decide } from '@/lib/mesh/routing/decide';
import { fitted } from '@/lib/mesh/routing/fit';
import { onward } from '@/lib/mesh/routing/forward';
import { writeRequest } from '@/lib/mesh/routing/request-text';
import type { GatewayCard } from '@/lib/mesh/topology';
import { Answer } from './answer';
import { ConsideredList } from './considered-list';
import { OnwardStep } from './onward-step';
import { askedRequest, draftOf, problemsOf, protocolsOf, requestOf, routesOf } from './request-draft';
import type { RequestDraft } from './request-draft';
import { RequestForm } from './request-form';
import { suggestionsOf } from './suggestions';
import styles from './route-tester.module.css';

export interface RouteTesterProps {
  picture: Picture;
  /** Has a key of its own for each object: what is typed belongs to one. */
  entity: Router | GatewayCard;
  view: ViewState;
  onView: (patch: Partial<ViewState>) => void;
  onSelect: (key: EntityKey) => void;
}

/** Which route of a router or gateway a request would take, and why. The request is part of the address. */
export function RouteTester({ picture, entity, view, onView, onSelect }: RouteTesterProps) {
  const { t } = useSpeech();
  const routes = routesOf(entity);
  const { listeners } = entity;
  const protocols = protocolsOf(entity);
  const first = askedRequest(entity, undefined);
  const [seen, setSeen] = useState(view.request);
  const [draft, setDraft] = useState<RequestDraft>(() => draftOf(askedRequest(entity, view.request)));
  if (seen !== view.request) {
    setSeen(view.request);
    setDraft(draftOf(askedRequest(entity, view.request)));
  }

  const change = (next: RequestDraft) => {
    setDraft(next);
    if (problemsOf(next).size > 0) return;
    const text = writeRequest(requestOf(next));
    setSeen(text);
    onView({ request: text });
  };
  const valid = problemsOf(draft).size === 0;
  const request = requestOf(draft);
  const decision = decide(entity, request);
  const { route } = decision;
  const onFit = (wanted: Route | GatewayRoute) => {
    const made = fitted(wanted, request, listeners);
    return made && (() => change(draftOf(made)));
  };
  const gatewayRoute = route && 'kind' in route ? route : undefined;
  const next = gatewayRoute && onward(gatewayRoute, request, (key) => picture.nodes.get(key));
  const untaken = [entity, ...(entity.kind === 'gateway' ? entity.rows : [])].filter(
    ({ acceptance }) => acceptance === 'pending' || acceptance === 'rejected',
  );

  return (
    <div className={styles.tester}>
      <div className={styles.head}>
        <h3>{t('tester.question')}</h3>
        <button type="button" className={styles.plain} onClick={() => change(draftOf(first))}>
          {t('tester.clear')}
        </button>
      </div>
      <RequestForm
        draft={draft}
        listeners={listeners}
        protocols={protocols}
        suggestions={suggestionsOf(routes)}
        onDraft={change}
      />
      {!valid && (
        <p className={styles.doubt} role="status">
          {t('tester.invalid')}
        </p>
      )}
      {valid && (
        <>
          <section aria-label={t('tester.answer')}>
            <Answer
              decision={decision}
              onFit={onFit}
              onOpen={({ name }) => onView({ tab: 'overview', route: name })}
              onSelect={onSelect}
            />
            {picture.mesh.controlPlane === 'frozen' ? (
              <p className={styles.note}>{t('tester.frozen')}</p>
            ) : (
              untaken.length > 0 && (
                <p className={styles.note}>
                  {t('tester.pending', { names: untaken.map(({ ref }) => ref.name).join(', ') })}
                </p>
              )
            )}
          </section>
          {gatewayRoute && next && (
            <OnwardStep
              route={gatewayRoute}
              onward={next}
              onSelect={onSelect}
              onOpen={() =>
                onView({
                  selected: next.router?.entity.key,
                  route: undefined,
                  request: writeRequest(next.request),
                })
              }
            />
          )}
          {decision.considered.length > 0 && (
            <section>
              <h3>{t('tester.order')}</h3>
              <ConsideredList considered={decision.considered} protocol={request.protocol} onFit={onFit} />
            </section>
          )}
        </>
      )}
    </div>
  );
}
