'use client';
import { useState } from 'react';
import { RequestForm } from '@/components/traffic/route-tester/request-form';
import { draftOf, problemsOf, protocolsOf, requestOf } from '@/components/traffic/route-tester/request-draft';
import { suggestionsOf } from '@/components/traffic/route-tester/suggestions';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import { useSpeech } from '@/lib/i18n/react';
import type { Route, Router } from '@/lib/mesh/model';
import { decide } from '@/lib/mesh/routing/decide';
import type { RouteRequest } from '@/lib/mesh/routing/decide';
import type { RouterEdit } from '@/lib/mesh/routing/edits';
import { fitted, plainRequest } from '@/lib/mesh/routing/fit';
import type { Reason } from '../writability';
import { editOnScreen, nodeChoices } from './edit-choices';
import type { NodeChoice } from './edit-choices';
import { EditSheet } from './edit-sheet';
import styles from './edits.module.css';

/** Puts a canary by header together: one header of one route goes to one node; with where requests would go then. */
export function CanarySheet({
  source,
  stream,
  router,
  route,
  writable,
  onClose,
}: {
  source: string;
  stream: MeshStream;
  router: Router;
  route: Route;
  writable: true | Reason;
  onClose: () => void;
}) {
  const { t } = useSpeech();
  const choices = nodeChoices(stream.picture, route);
  // Whoever tries a version out means the one that has least.
  const least = [...route.targets].sort((a, b) => a.weight - b.weight)[0];
  const [node, setNode] = useState(() => choices.find(({ target }) => target.key === least?.key)?.node ?? '');
  const [name, setName] = useState('x-canary');
  const [content, setContent] = useState('');
  const choice = choices.find((each) => each.node === node);
  const wanted: RouterEdit = {
    kind: 'addCanary',
    route: route.name,
    header: { name, content },
    node,
    ...(choice?.port === undefined ? {} : { port: choice.port }),
  };
  const targetsMax = stream.picture?.mesh.capabilities.targetsPerRouteMax ?? 1;
  const result = editOnScreen(router, wanted, choices, targetsMax);
  const untouched = content.trim() === '' && !result.ok && result.problem.key === 'header';
  const on = route.protocol === 'grpc' ? 'metadata' : 'header';
  return (
    <EditSheet
      source={source}
      router={router}
      route={route}
      writable={writable}
      title={t('edits.canary.title', { router: router.ref.name, route: route.name })}
      edit={result.ok ? wanted : undefined}
      onClose={onClose}
    >
      <p className={styles.text}>{t('edits.canary.text', { route: route.name })}</p>
      <div className={styles.fields}>
        <label>
          {t(`edits.canary.${on}`)}
          <input value={name} maxLength={60} onChange={({ currentTarget }) => setName(currentTarget.value)} />
        </label>
        <label>
          {t('edits.canary.content')}
          <input
            value={content}
            maxLength={255}
            onChange={({ currentTarget }) => setContent(currentTarget.value)}
          />
        </label>
        <NodeField label={t('edits.canary.node')} choices={choices} node={node} onNode={setNode} />
      </div>
      {untouched && <p className={styles.text}>{t('edits.canary.empty')}</p>}
      {!result.ok && !untouched && (
        <p role="alert" className={styles.problem}>
          {t('problem.E415.what', { reason: result.problem.key })}
        </p>
      )}
      {result.ok && (
        <Preview
          key={`${result.edited.entry.route} ${node}`}
          router={router}
          changed={result.edited.router}
          route={route}
          header={[name, content]}
        />
      )}
    </EditSheet>
  );
}

/** One of the nodes that can be named. */
export function NodeField({
  label,
  choices,
  node,
  onNode,
}: {
  label: string;
  choices: readonly NodeChoice[];
  node: string;
  onNode: (node: string) => void;
}) {
  return (
    <label>
      {label}
      <select value={node} onChange={({ currentTarget }) => onNode(currentTarget.value)}>
        {choices.map((each, i) => (
          <option key={`${each.node} ${i}`} value={each.node}>
            {each.node}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A request that the route takes now, with the header. */
function firstRequest(router: Router, route: Route, header: readonly [string, string]): RouteRequest {
  const plain = plainRequest(route.protocol === 'unknown' ? 'http' : route.protocol);
  const fit = fitted(route, plain, router.listeners) ?? plain;
  return { ...fit, headers: [...fit.headers, header] };
}

/** Which route a request takes now, and which it would take: any request, as in the route tester. */
function Preview({
  router,
  changed,
  route,
  header,
}: {
  router: Router;
  changed: Router;
  route: Route;
  header: readonly [string, string];
}) {
  const { t } = useSpeech();
  const [draft, setDraft] = useState(() => draftOf(firstRequest(router, route, header)));
  const valid = problemsOf(draft).size === 0;
  const request = requestOf(draft);
  const without = request.headers.filter(([name]) => name.toLowerCase() !== header[0].trim().toLowerCase());
  const asked = [
    { label: t('edits.canary.with'), request },
    { label: t('edits.canary.without'), request: { ...request, headers: without } },
  ];
  return (
    <section className={styles.preview} aria-label={t('edits.canary.preview')}>
      <h3>{t('edits.canary.preview')}</h3>
      <RequestForm
        draft={draft}
        listeners={router.listeners}
        protocols={protocolsOf(router)}
        suggestions={suggestionsOf(changed.routes)}
        onDraft={setDraft}
      />
      {valid && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('edits.canary.request')}</th>
              <th scope="col">{t('edits.canary.now')}</th>
              <th scope="col">{t('edits.canary.then')}</th>
            </tr>
          </thead>
          <tbody>
            {asked.map((each) => {
              const [now, then] = [decide(router, each.request).route, decide(changed, each.request).route];
              return (
                <tr key={each.label} data-changed={now?.name === then?.name ? undefined : ''}>
                  <th scope="row">{each.label}</th>
                  <Taken route={now} />
                  <Taken route={then} />
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Taken({ route }: { route: Route | undefined }) {
  const { t } = useSpeech();
  if (!route) return <td>{t('edits.canary.none')}</td>;
  const to = route.targets.map(({ name, share }) => t('edits.canary.share', { name, share })).join(', ');
  return (
    <td>
      <strong>{route.name}</strong> → {to}
    </td>
  );
}
