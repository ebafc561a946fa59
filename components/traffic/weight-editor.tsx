'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSpeech } from '@/lib/i18n/react';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Route, Router } from '@/lib/mesh/model';
import { cannotAnswer } from '@/lib/mesh/readiness';
import { beginDraft, rebaseDraft, sameTargets, seenTargets } from '@/lib/mesh/weights';
import { useRouteDraft } from './drafts';
import { ownerText } from './owner-mark';
import { Presets } from './presets';
import { viewRoute } from './route-view';
import { TargetRow } from './target-row';
import { WeightBar } from './weight-bar';
import { weightsText } from './weights-text';
import { routeWritability } from './writability';
import type { Reason } from './writability';
import styles from './weight-editor.module.css';

export interface WeightEditorProps {
  stream: MeshStream;
  router: Router;
  route: Route;
  writable: true | Reason;
  onSelect: (key: EntityKey) => void;
}

/** Sliders, numbers, locks and presets for one route, and the way to the review. */
export function WeightEditor({ stream, router, route, writable, onSelect }: WeightEditorProps) {
  const { t } = useSpeech();
  const held = useRouteDraft(router, route);
  const { draft, change, put } = held;
  const view = viewRoute(route, draft);
  const allowed = routeWritability(writable, route);
  const live = seenTargets(route);
  const current = draft && sameTargets(draft.base.targets, live) ? draft : beginDraft(router, route);
  const disabled = allowed !== true;
  const owner = ownerText(router.ownership, router.ref.namespace, t);
  const total = live.reduce((sum, { weight }) => sum + weight, 0);
  const problemOf = (key: EntityKey) => {
    const node = stream.picture?.nodes.get(key);
    if (!node || node.kind === 'unresolved') return t('traffic.editor.missing');
    return node.kind === 'node' && cannotAnswer(node) ? t('traffic.editor.notReady') : undefined;
  };

  return (
    <div className={styles.editor} role="group" aria-label={t('traffic.editor', { route: route.name })}>
      <WeightBar router={router} route={route} writable={writable} withReview={false} />
      {disabled && (
        <p className={styles.reason} role="note">
          <strong>{t('traffic.editor.disabled')}</strong>{' '}
          {t(`traffic.reason.${allowed.code}`, allowed.values)}
        </p>
      )}
      {!disabled && owner !== undefined && (
        <p className={styles.reason} role="note">
          {owner}
        </p>
      )}
      {view.moved !== 'no' && draft && (
        <Alert
          type="warning"
          header={t('traffic.editor.moved')}
          action={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => put(rebaseDraft(draft, router, route))}>
                {t('traffic.editor.keepMine')}
              </Button>
              <Button onClick={() => put(undefined)}>{t('traffic.editor.startOver')}</Button>
            </SpaceBetween>
          }
        >
          {t('traffic.editor.moved.what', {
            before: weightsText(draft.base.targets),
            now: weightsText(live),
          })}
        </Alert>
      )}
      {view.allZero && <p className={styles.note}>{t('traffic.editor.zero')}</p>}
      {view.normalised && !view.allZero && live.length > 1 && (
        <p className={styles.note}>
          {t('traffic.editor.normalised', {
            weights: weightsText(live),
            total,
            points: weightsText(beginDraft(router, route).weights.map((weight) => ({ weight }))),
          })}
        </p>
      )}
      <ul className={styles.targets}>
        {view.targets.map((target, index) => (
          <TargetRow
            key={index}
            index={index}
            target={target}
            current={current}
            disabled={disabled}
            trouble={problemOf(target.key)}
            change={change}
            onSelect={onSelect}
          />
        ))}
      </ul>
      {!disabled && <Presets targets={view.targets} current={current} change={change} />}
      {!disabled && (
        <div className={styles.actions}>
          <Button
            variant="primary"
            disabled={!view.changed}
            disabledReason={t('traffic.editor.unchanged')}
            onClick={() => held.askReview({ of: 'draft' })}
          >
            {t('traffic.editor.review')}
          </Button>
          <Button
            disabled={!draft}
            disabledReason={t('traffic.editor.unchanged')}
            onClick={() => put(undefined)}
          >
            {t('traffic.editor.discard')}
          </Button>
          <span className={styles.total}>
            {t('traffic.editor.total', { total: current.weights.reduce((a, b) => a + b, 0) })}
          </span>
        </div>
      )}
    </div>
  );
}
