'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { useOffer } from '@/lib/client/use-actions';
import { useSpeech } from '@/lib/i18n/react';
import { BACKENDS_MAX } from '@/lib/mesh/backends/impact';
import { nodeWithSpec, proposalImpact } from '@/lib/mesh/backends/proposal';
import { backendName, ownBackends, ownNames } from '@/lib/mesh/backends/whitelist';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshNode } from '@/lib/mesh/model';
import { formOf, policyWith } from '../client-policy';
import { nameOf } from '../names';
import { PolicyFields } from '../policy-fields';
import { Review } from '../review';
import type { ReviewPlan } from '../review-plan';
import type { Backends } from '../use-backends';
import { nodeWritable, useNamespaceWritable } from '../writable';
import { Entries } from './entries';
import { defaultPolicy, withDefaults, withList } from './form';
import { Groups } from './groups';
import { SpecConflict } from './spec-conflict';
import { specIn } from './spec-text';
import { useNodeEditor } from './use-node-editor';
import type { NodeEditing } from './use-node-editor';
import { YamlPane } from './yaml-pane';
import styles from './editor.module.css';

export interface NodeEditorProps {
  backends: Backends;
  node: MeshNode;
  /** The entry that is opened at first. */
  service: EntityKey | undefined;
  writable: true | string;
  onClose: () => void;
}

/** The whole of what a node says of backends: as a form and as YAML, each in step with the other. */
export function NodeEditor(props: NodeEditorProps) {
  const { t } = useSpeech();
  const { backends, node, onClose } = props;
  const permitted = useNamespaceWritable(backends.source, node.ref.namespace, props.writable);
  const own = nodeWritable(node, t);
  const may = own === true ? permitted : own;
  const held = node.ref.namespace === '';
  return (
    <section className={styles.editor} aria-label={t('backends.editor.title', { node: nameOf(node.key) })}>
      <header className={styles.head}>
        <Button iconName="arrow-left" variant="link" onClick={onClose}>
          {t('backends.editor.back')}
        </Button>
        <h1>{t('backends.editor.title', { node: nameOf(node.key) })}</h1>
      </header>
      {may !== true && (
        <div className={styles.banner}>
          <Alert type="info">{may}</Alert>
        </div>
      )}
      {held ? <HeldByApi node={node} /> : <Editing {...props} may={may} />}
    </section>
  );
}

/** Nodes that only an App Mesh API holds have another shape there: their list is told and not edited. */
function HeldByApi({ node }: { node: MeshNode }) {
  const { t } = useSpeech();
  const entries = ownBackends(node);
  return (
    <div className={styles.body}>
      <div className={styles.form}>
        <h2>{t('backends.editor.entries', { count: entries.length })}</h2>
        <ul className={styles.rows}>
          {entries.map((entry, at) => (
            <li key={at}>{entry.awsName ?? backendName(entry)}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Editing({ backends, node, service, may, onClose }: NodeEditorProps & { may: true | string }) {
  const { t } = useSpeech();
  const [reviewed, setReviewed] = useState<ReviewPlan>();
  const editing = useNodeEditor(backends.source, backends.mesh, node);
  const after = editing && nodeWithSpec(node, editing.spec, backends.list);
  const hindrance = editing === undefined ? t('inspector.loading') : hindranceOf(editing);
  const review = () => {
    if (editing && after && hindrance === undefined) setReviewed(reviewedOf(backends, node, after, editing));
  };
  useOffer([
    {
      id: 'review',
      label: 'backends.action.review',
      shortcut: 'v',
      enabled: hindrance ?? true,
      run: review,
    },
    { id: 'close', label: 'backends.editor.back', shortcut: 'Escape', enabled: true, run: onClose },
  ]);
  if (editing === undefined || after === undefined)
    return (
      <div className={styles.banner}>
        <StatusIndicator type="loading">{t('inspector.loading')}</StatusIndicator>
      </div>
    );
  const { read, spec, base, live, text } = editing;
  const disabled = may !== true || !read.ok;
  const count = after.backends.length;
  const opened = ownBackends(node).find(({ key }) => key === service);
  const names = [...backends.list.services.values()]
    .filter(({ ref }) => ref.namespace !== '')
    .map(({ ref }) => `${ref.namespace}/${ref.name}`)
    .sort();
  return (
    <>
      {editing.moved && (
        <div className={styles.banner}>
          <SpecConflict
            base={base.spec}
            theirs={live.spec}
            mine={spec}
            namespace={node.ref.namespace}
            hindrance={read.ok ? undefined : t('backends.editor.fixFirst')}
            onMerge={(merged) => editing.rebase(merged, live)}
            onTheirs={editing.discard}
          />
        </div>
      )}
      <div className={styles.body}>
        <div className={styles.form}>
          <p className={count > BACKENDS_MAX ? styles.bad : styles.muted}>
            {t('backends.pane.entries', { count, max: BACKENDS_MAX })}
          </p>
          <Entries
            key={node.key}
            list={spec.backends ?? []}
            after={after}
            names={names}
            opened={opened && backendName(opened)}
            disabled={disabled}
            onChange={(list) => editing.setSpec(withList(spec, 'backends', list, base.spec))}
          />
          <Groups
            refs={spec.backendGroups ?? []}
            after={after}
            list={backends.list}
            disabled={disabled}
            onChange={(refs) => editing.setSpec(withList(spec, 'backendGroups', refs, base.spec))}
          />
          <section className={styles.part} aria-label={t('backends.editor.defaults')}>
            <h2>{t('backends.editor.defaults')}</h2>
            <p className={styles.muted}>{t('backends.editor.defaultsHint')}</p>
            <PolicyFields
              form={formOf(defaultPolicy(spec))}
              label={t('backends.editor.defaultTls')}
              disabled={disabled}
              onChange={(form) => editing.setSpec(withDefaults(spec, policyWith(defaultPolicy(spec), form)))}
            />
          </section>
        </div>
        <YamlPane
          text={text}
          problems={read.problems}
          readOnly={may !== true}
          onRepair={read.ok ? undefined : editing.repair}
          onChange={editing.setText}
        />
      </div>
      <footer className={styles.foot}>
        <span role="status">
          {editing.dirty
            ? [hindrance, t('backends.editor.drafted', { version: base.resourceVersion })]
                .filter(Boolean)
                .join(' ')
            : t('backends.editor.unchanged')}
        </span>
        <span className={styles.buttons}>
          <Button disabled={!editing.drafted} onClick={editing.discard}>
            {t('backends.draft.clear')}
          </Button>
          <Button
            variant="primary"
            disabled={hindrance !== undefined}
            disabledReason={hindrance ?? ''}
            onClick={review}
          >
            {t('backends.draft.review')}
          </Button>
        </span>
      </footer>
      {reviewed && (
        <Review
          backends={backends}
          plan={reviewed}
          onApplied={editing.discard}
          conflict={({ specConflict }) =>
            specConflict && (
              <SpecConflict
                base={specIn(specConflict.base)}
                theirs={specIn(specConflict.theirs)}
                mine={specIn(specConflict.mine)}
                namespace={node.ref.namespace}
                changedBy={specConflict.changedBy}
                onMerge={(merged) => {
                  editing.rebase(merged, {
                    uid: base.uid,
                    resourceVersion: specConflict.resourceVersion,
                    spec: specIn(specConflict.theirs),
                  });
                  setReviewed(undefined);
                }}
                onTheirs={() => {
                  editing.discard();
                  setReviewed(undefined);
                }}
              />
            )
          }
          onClose={() => setReviewed(undefined)}
        />
      )}
    </>
  );

  /** Why the draft cannot be reviewed now. */
  function hindranceOf({ read: told, dirty, moved }: NodeEditing): string | undefined {
    if (may !== true) return may;
    if (!told.ok || told.problems.length > 0) return t('backends.editor.fixFirst');
    if (moved) return t('backends.editor.movedFirst');
    return dirty ? undefined : t('backends.editor.unchanged');
  }
}

/** The draft as one change of the node: what it does, and what is sent for it. */
function reviewedOf(
  backends: Backends,
  node: MeshNode,
  after: MeshNode,
  { spec, base }: NodeEditing,
): ReviewPlan {
  const { source, list, calls } = backends;
  const { namespace, name } = node.ref;
  const [was, is] = [ownNames(node), ownNames(after)];
  return {
    whole: true,
    impact: proposalImpact(list, node, after, calls),
    plans: [
      {
        node: node.key,
        namespace,
        name,
        allow: is.filter((each) => !was.includes(each)),
        revoke: was.filter((each) => !is.includes(each)),
        expected: { uid: base.uid, resourceVersion: base.resourceVersion, backends: was },
      },
    ],
    changes: [
      {
        source,
        namespace,
        node: name,
        spec: {
          backends: spec.backends ?? null,
          backendGroups: spec.backendGroups ?? null,
          backendDefaults: spec.backendDefaults ?? null,
        },
        expected: { uid: base.uid, resourceVersion: base.resourceVersion, spec: { ...base.spec } },
      },
    ],
  };
}
