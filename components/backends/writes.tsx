'use client';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { titleOfId } from '@/components/findings/finding-text';
import review from '@/components/traffic/review.module.css';
import { YamlDiffView } from '@/components/traffic/yaml-diff-view';
import { reasonText } from '@/components/ui/problem-text';
import type { BackendsAnswer, BackendsWrite, BulkBackendsAnswer } from '@/lib/api/backends';
import { useSpeech } from '@/lib/i18n/react';
import type { NodePlan } from '@/lib/mesh/backends/edits';
import type { Whitelist } from '@/lib/mesh/backends/whitelist';
import type { MeshNode } from '@/lib/mesh/model';
import { Acceptance } from './acceptance';
import { undoOf } from './review-plan';
import styles from './backends.module.css';

const LOOK: Record<BackendsWrite['state'], StatusIndicatorProps.Type> = {
  rehearsed: 'success',
  applied: 'success',
  refused: 'error',
  unknown: 'warning',
  notSent: 'stopped',
};

/** What becomes of each node, in the order in which they are written. */
export function Writes({
  plans,
  answer,
  undos,
  nodes,
  diffs,
}: {
  plans: readonly NodePlan[];
  answer: BulkBackendsAnswer | undefined;
  undos: readonly BulkBackendsAnswer[];
  /** As they are live: what App Mesh made of a write is read from them. */
  nodes: Whitelist['nodes'];
  /** The YAML before and after is shown. */
  diffs: boolean;
}) {
  const { t } = useSpeech();
  return (
    <div>
      <h3>{t('backends.review.writes')}</h3>
      {plans.length > 1 && <p className={review.note}>{t('backends.review.order')}</p>}
      <ol className={styles.writes}>
        {plans.map(({ node, namespace, name, allow, revoke }) => {
          const said = answer?.writes.find((each) => each.namespace === namespace && each.node === name);
          return (
            <li key={node}>
              <strong>
                {namespace}/{name}
              </strong>{' '}
              {said && <State write={said} undo={undoOf(said, undos)} live={nodes.get(node)} />}
              {allow.map((service) => (
                <span key={service} className={styles.change} data-kind="allow">
                  + {service}
                </span>
              ))}
              {revoke.map((service) => (
                <span key={service} className={styles.change} data-kind="revoke">
                  − {service}
                </span>
              ))}
              {said?.answer && <FindingChanges {...said.answer.findings} />}
              {diffs && said?.answer && (
                <YamlDiffView before={said.answer.yaml.before} after={said.answer.yaml.after} />
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** What the change makes wrong, and what it mends, by the cluster's rehearsal. */
export function FindingChanges({ created, cleared }: BackendsAnswer['findings']) {
  const { t } = useSpeech();
  const titles = (ids: readonly string[]) => [...new Set(ids.map((id) => titleOfId(id, t)))].join(', ');
  return (
    <>
      {created.length > 0 && (
        <p className={review.created}>{t('backends.review.created', { titles: titles(created) })}</p>
      )}
      {cleared.length > 0 && (
        <p className={review.cleared}>{t('backends.review.cleared', { titles: titles(cleared) })}</p>
      )}
    </>
  );
}

/** What became of a write, of taking it back, and what App Mesh says of it. */
function State({
  write,
  undo,
  live,
}: {
  write: BackendsWrite;
  undo: BackendsWrite | undefined;
  live: MeshNode | undefined;
}) {
  const { t } = useSpeech();
  const told = undo?.state === 'applied' ? undo : write;
  const stays = undo?.state === 'refused' || undo?.state === 'unknown' ? undo : undefined;
  const { problem } = stays ?? told;
  return (
    <>
      <StatusIndicator type={LOOK[told.state]}>
        {t(told === write ? `routes.bulk.state.${write.state}` : 'routes.bulk.state.undone')}
      </StatusIndicator>{' '}
      {told.state === 'applied' && <Acceptance generation={told.answer?.node.generation} live={live} />}
      {stays && (
        <StatusIndicator type={LOOK[stays.state]}>
          {t(stays.state === 'unknown' ? 'routes.bulk.state.undoUnknown' : 'routes.bulk.state.undoRefused')}
        </StatusIndicator>
      )}
      {problem && <p className={review.note}>{reasonText(problem, t)}</p>}
    </>
  );
}
