'use client';
import { useState } from 'react';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import { useSpeech } from '@/lib/i18n/react';
import type { Route, Router } from '@/lib/mesh/model';
import type { RouterEdit } from '@/lib/mesh/routing/edits';
import { targetReference } from '@/lib/mesh/weights';
import type { Reason } from '../writability';
import { NodeField } from './canary-sheet';
import { editOnScreen, nodeChoices } from './edit-choices';
import { EditSheet } from './edit-sheet';
import styles from './edits.module.css';

/** Adds a target to a route, without weight: what it gets afterwards is a change of weights like any other. */
export function TargetSheet({
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
  const own = new Set(route.targets.map(targetReference));
  const choices = nodeChoices(stream.picture, route).filter(({ node }) => !own.has(node));
  const [node, setNode] = useState(choices[0]?.node ?? '');
  const port = choices.find((each) => each.node === node)?.port;
  const edit: RouterEdit = {
    kind: 'addTarget',
    route: route.name,
    node,
    ...(port === undefined ? {} : { port }),
  };
  const targetsMax = stream.picture?.mesh.capabilities.targetsPerRouteMax ?? 1;
  const result = editOnScreen(router, edit, choices, targetsMax);
  return (
    <EditSheet
      source={source}
      router={router}
      route={route}
      writable={writable}
      title={t('edits.target.title', { router: router.ref.name, route: route.name })}
      edit={result.ok && node !== '' ? edit : undefined}
      onClose={onClose}
    >
      <p className={styles.text}>{t(choices.length === 0 ? 'edits.target.none' : 'edits.target.text')}</p>
      {choices.length > 0 && (
        <div className={styles.fields}>
          <NodeField label={t('edits.target.node')} choices={choices} node={node} onNode={setNode} />
        </div>
      )}
      {!result.ok && choices.length > 0 && (
        <p role="alert" className={styles.problem}>
          {t('problem.E415.what', { reason: result.problem.key })}
        </p>
      )}
    </EditSheet>
  );
}
