'use client';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import { useSpeech } from '@/lib/i18n/react';
import type { HistoryEntry, Route, Router } from '@/lib/mesh/model';
import { headerCanaries } from '@/lib/mesh/routing/header-canary';
import { inverseOf } from '@/lib/mesh/routing/edits';
import type { RouterEdit } from '@/lib/mesh/routing/edits';
import { targetReference } from '@/lib/mesh/weights';
import type { Reason } from '../writability';
import { CanarySheet } from './canary-sheet';
import { editOnScreen, nodeChoices } from './edit-choices';
import { EditSheet } from './edit-sheet';
import { TargetSheet } from './target-sheet';
import styles from './edits.module.css';

export interface RouteEditsProps {
  source: string;
  stream: MeshStream;
  router: Router;
  route: Route;
  writable: true | Reason;
}

type Asked = { sheet: 'canary' } | { sheet: 'target' } | { sheet: 'review'; edit: RouterEdit; title: string };

/** What a route is made of, beyond its weights: canaries by header that take some of its requests, and targets that come or go. */
export function RouteEdits(props: RouteEditsProps) {
  const { source, stream, router, route, writable } = props;
  const { t } = useSpeech();
  const [asked, setAsked] = useState<Asked>();
  const canaries = headerCanaries(router);
  const own = canaries.find((each) => each.route.name === route.name);
  const mine = canaries.filter((each) => each.base.name === route.name);
  const idle = route.targets.filter(({ weight }) => weight === 0 && route.targets.length > 1);
  const onApi = router.ref.namespace === '';
  const reason = onApi
    ? t('edits.reason.api')
    : writable === true
      ? undefined
      : t(`traffic.reason.${writable.code}`, writable.values);
  const noHeaders = route.protocol === 'tcp' ? t('problem.E415.what', { reason: 'protocol' }) : undefined;
  const ask = (edit: RouterEdit, title: string) => setAsked({ sheet: 'review', edit, title });
  const close = () => setAsked(undefined);
  const button = (label: string, onClick: () => void, hindrance = reason) => (
    <Button disabled={hindrance !== undefined} disabledReason={hindrance ?? ''} onClick={onClick}>
      {label}
    </Button>
  );
  if (route.protocol === 'unknown') return null;
  const removal = (name: string) =>
    button(t('edits.canary.remove', { name }), () =>
      ask({ kind: 'removeCanary', canary: name }, t('edits.canary.removal', { name })),
    );
  const recorded = lastEdit(router, route);
  return (
    <section className={styles.edits} aria-label={t('edits.title', { route: route.name })}>
      {own && (
        <div className={styles.canary}>
          <span>
            {t('edits.canary.own', {
              base: own.base.name,
              name: own.header.name,
              content: own.header.content,
            })}
          </span>
          {removal(route.name)}
        </div>
      )}
      {mine.map(({ route: { name, targets }, header }) => (
        <div key={name} className={styles.canary}>
          <span>
            {t('edits.canary.mine', {
              name: header.name,
              content: header.content,
              node: targets[0]?.name ?? '',
            })}
          </span>
          {removal(name)}
        </div>
      ))}
      <div className={styles.buttons}>
        {!own && button(t('edits.canary.add'), () => setAsked({ sheet: 'canary' }), reason ?? noHeaders)}
        {button(t('edits.target.add'), () => setAsked({ sheet: 'target' }))}
        {idle.map((target, i) => (
          <span key={`${target.key} ${i}`}>
            {button(t('edits.target.remove', { name: target.name }), () =>
              ask(
                {
                  kind: 'removeTarget',
                  route: route.name,
                  node: targetReference(target),
                  ...(target.port === undefined ? {} : { port: target.port }),
                },
                t('edits.target.removal', { name: target.name, route: route.name }),
              ),
            )}
          </span>
        ))}
        {recorded &&
          possible(recorded.edit, props) &&
          button(t(`edits.undo.${recorded.edit.kind}`, { name: recorded.name }), () =>
            ask(recorded.edit, t(`edits.undo.${recorded.edit.kind}`, { name: recorded.name })),
          )}
      </div>
      {asked?.sheet === 'canary' && <CanarySheet {...props} onClose={close} />}
      {asked?.sheet === 'target' && <TargetSheet {...props} onClose={close} />}
      {asked?.sheet === 'review' && (
        <EditSheet
          source={source}
          router={router}
          route={own?.base ?? route}
          title={asked.title}
          edit={asked.edit}
          writable={writable}
          onClose={close}
        />
      )}
    </section>
  );

  function possible(edit: RouterEdit, { router: of, route: at }: RouteEditsProps): boolean {
    const targetsMax = stream.picture?.mesh.capabilities.targetsPerRouteMax ?? 1;
    return editOnScreen(of, edit, nodeChoices(stream.picture, at), targetsMax).ok;
  }
}

/** What puts back the newest removal of this route: what was added has a button of its own to take it away. */
function lastEdit({ history }: Router, { name }: Route): { edit: RouterEdit; name: string } | undefined {
  const isOf = ({ route, canary }: HistoryEntry) => route === name || canary?.base === name;
  const newest = history.find((entry) => isOf(entry) && inverseOf(entry) !== undefined);
  const edit = newest && inverseOf(newest);
  if (edit?.kind === 'addCanary') return { edit, name: `${edit.header.name}: ${edit.header.content}` };
  if (edit?.kind === 'addTarget') return { edit, name: edit.node };
  return undefined;
}
