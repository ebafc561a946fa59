'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea from '@cloudscape-design/components/textarea';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { parse, stringify } from 'yaml';
import { ReviewDialog } from '@/components/traffic/review-dialog';
import review from '@/components/traffic/review.module.css';
import { YamlDiffView } from '@/components/traffic/yaml-diff-view';
import { ProblemAlert } from '@/components/ui/problem-alert';
import type { BackendsWrite } from '@/lib/api/backends';
import type { Problem } from '@/lib/api/problem';
import { patchBackends } from '@/lib/client/patch-backends';
import { objectOptions } from '@/lib/client/queries';
import { useSpeech } from '@/lib/i18n/react';
import { backendName, grantsOf, ownNames } from '@/lib/mesh/backends/whitelist';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshNode } from '@/lib/mesh/model';
import { formOf, policyWith } from './client-policy';
import { nameOf } from './names';
import { PolicyFields } from './policy-fields';
import { entryPolicy } from './policy-text';

const yamlOf = (policy: unknown): string => (policy === undefined ? '' : stringify(policy, { lineWidth: 0 }));

/** The text as a policy, or why it is none. */
function policyOf(text: string): { ok: true; policy: unknown } | { ok: false; message: string } {
  try {
    const policy: unknown = parse(text);
    if (policy === null || policy === undefined) return { ok: true, policy: undefined };
    return typeof policy === 'object' && !Array.isArray(policy)
      ? { ok: true, policy }
      : { ok: false, message: 'tls: …' };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** The client policy of one entry of a node: as a form and as YAML, each in step with the other. */
export function PolicyEditor({
  source,
  mesh,
  node,
  service,
  onClose,
}: {
  source: string;
  mesh: string;
  node: MeshNode;
  service: EntityKey;
  onClose: () => void;
}) {
  const { t } = useSpeech();
  const object = useQuery(objectOptions(source, mesh, 'node', node.ref));
  const grant = grantsOf(node).get(service);
  const name = grant === undefined ? '' : backendName(grant.backend);
  const live = object.data === undefined ? undefined : entryPolicy(object.data.yaml, name);
  const [typed, setTyped] = useState<string>();
  const [checked, setChecked] = useState<{ text: string; write: BackendsWrite }>();
  const [applied, setApplied] = useState<BackendsWrite>();
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState(false);
  const text = typed ?? yamlOf(live?.policy);
  const read = policyOf(text);
  const { namespace, name: nodeName, uid, resourceVersion } = node.ref;

  const send = async (change: object, dryRun: boolean): Promise<BackendsWrite | undefined> => {
    setSending(true);
    const result = await patchBackends({
      changes: [{ source, namespace, node: nodeName, ...change }],
      dryRun,
    });
    setSending(false);
    const write = result.ok ? result.answer.writes[0] : undefined;
    setProblem(result.ok ? write?.problem : result.problem);
    return write;
  };
  const wanted = (policy: unknown) => ({
    policies: [{ service: name, clientPolicy: policy === undefined ? null : Object(policy) }],
    expected: { uid, resourceVersion, backends: ownNames(node) },
  });
  const check = async (): Promise<void> => {
    if (!read.ok) return;
    const write = await send(wanted(read.policy), true);
    setChecked(write && { text, write });
  };
  const apply = async (): Promise<void> => {
    if (!read.ok) return;
    setApplied(await send(wanted(read.policy), false));
  };
  const undo = async (): Promise<void> => {
    const historyId = applied?.answer?.historyId;
    if (historyId === undefined) return;
    const write = await send({ undo: historyId }, false);
    if (write?.state === 'applied') onClose();
  };
  const rehearsed = checked?.text === text ? checked.write.answer : undefined;
  const done = applied?.state === 'applied';

  return (
    <ReviewDialog
      title={t('backends.policy.title', { node: nameOf(node.key), service: nameOf(service) })}
      isDone={done}
      sending={sending}
      busy={sending}
      onClose={onClose}
      actions={
        done ? (
          <Button iconName="undo" loading={sending} onClick={() => void undo()}>
            {t('backends.review.undo', { count: 1 })}
          </Button>
        ) : (
          <SpaceBetween direction="horizontal" size="xs">
            <Button loading={sending} disabled={!read.ok || live === undefined} onClick={() => void check()}>
              {t('backends.policy.check')}
            </Button>
            <Button
              variant="primary"
              disabled={rehearsed === undefined || sending}
              disabledReason={t('traffic.review.notChecked')}
              onClick={() => void apply()}
            >
              {t('traffic.review.apply')}
            </Button>
          </SpaceBetween>
        )
      }
    >
      {problem && <ProblemAlert problem={problem} />}
      {done && (
        <Alert type="success">
          {t('backends.review.outcome.applied', { applied: 1, total: 1, node: '' })}
        </Alert>
      )}
      {live === undefined && <StatusIndicator type="loading">{t('inspector.loading')}</StatusIndicator>}
      {live !== undefined && (
        <div className={review.columns}>
          <PolicyFields
            form={formOf(read.ok ? read.policy : undefined)}
            disabled={!read.ok || done}
            onChange={(form) => read.ok && setTyped(yamlOf(policyWith(read.policy, form)))}
          />
          <FormField
            label={t('backends.policy.yaml')}
            description={t('backends.policy.yamlHint')}
            errorText={read.ok ? '' : read.message}
            stretch
          >
            <Textarea
              value={text}
              rows={16}
              spellcheck={false}
              readOnly={done}
              onChange={({ detail }) => setTyped(detail.value)}
            />
          </FormField>
        </div>
      )}
      {rehearsed && !done && <YamlDiffView before={rehearsed.yaml.before} after={rehearsed.yaml.after} />}
    </ReviewDialog>
  );
}
