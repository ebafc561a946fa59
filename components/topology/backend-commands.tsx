'use client';
import Autosuggest from '@cloudscape-design/components/autosuggest';
import type { AutosuggestProps } from '@cloudscape-design/components/autosuggest';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { nameOf } from '@/components/backends/names';
import type { Backends } from '@/components/backends/use-backends';
import { editable, nodeWritable, screenWritable, useNamespaceWritable } from '@/components/backends/writable';
import { editBackendsPath } from '@/components/shell/addresses';
import { useOffer } from '@/lib/client/use-actions';
import { useSpeech } from '@/lib/i18n/react';
import { editOf, withEdits } from '@/lib/mesh/backends/edits';
import type { EditKind } from '@/lib/mesh/backends/edits';
import { grantsOf } from '@/lib/mesh/backends/whitelist';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshNode } from '@/lib/mesh/model';
import { useTopologyScope } from './topology-context';

/** What can be done with the backends of the node that is selected, without a pointer: each goes into the same draft as drawing does. */
export function BackendCommands({
  backends,
  selected,
}: {
  backends: Backends;
  selected: EntityKey | undefined;
}) {
  const { t } = useSpeech();
  const router = useRouter();
  const { source, standing, sourceReadOnly } = useTopologyScope();
  const [picking, setPicking] = useState<EditKind>();
  const node = selected === undefined ? undefined : backends.list.nodes.get(selected);
  const permitted = useNamespaceWritable(
    source,
    node?.ref.namespace ?? '',
    screenWritable(standing, sourceReadOnly, t),
  );
  const own = node === undefined ? t('backends.graph.selectNode') : nodeWritable(node, t);
  const may = own === true ? permitted : own;
  useOffer([
    {
      id: 'backends.allow',
      label: 'backends.graph.allow',
      shortcut: 'b',
      enabled: may,
      run: () => setPicking('allow'),
    },
    {
      id: 'backends.revoke',
      label: 'backends.graph.revokeOne',
      shortcut: 'x',
      enabled: may,
      run: () => setPicking('revoke'),
    },
    {
      id: 'backends.editNode',
      label: 'backends.graph.edit',
      shortcut: 'e',
      enabled: node === undefined ? own : true,
      run: () => {
        if (node) router.push(editBackendsPath(source, backends.mesh, node.key));
      },
    },
  ]);
  if (picking === undefined || node === undefined) return null;
  return <Pick kind={picking} node={node} backends={backends} onClose={() => setPicking(undefined)} />;
}

/** Services by name; the one that is picked goes into the draft. */
function Pick({
  kind,
  node,
  backends,
  onClose,
}: {
  kind: EditKind;
  node: MeshNode;
  backends: Backends;
  onClose: () => void;
}) {
  const { t } = useSpeech();
  const [text, setText] = useState('');
  const field = useRef<AutosuggestProps.Ref>(null);
  useEffect(() => {
    // The dialog takes the focus first, for its button that closes it.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const { list, draft, setDraft } = backends;
  const has = (service: EntityKey) => (grantsOf(node).get(service)?.entries ?? 0) > 0;
  const services = new Map(
    (kind === 'allow' ? [...list.services.keys()] : [...grantsOf(node).keys()])
      .filter(
        (service) =>
          // What only an App Mesh API holds has no namespace that a reference could name.
          (kind === 'revoke' || list.services.get(service)?.ref.namespace !== '') &&
          has(service) === (kind === 'revoke') &&
          editOf(draft, node.key, service) === undefined &&
          editable(list, node, service, kind, t) === true,
      )
      .map((service) => [nameOf(service), service]),
  );
  const service = services.get(text.trim());
  const pick = (picked: EntityKey | undefined) => {
    if (picked === undefined) return;
    setDraft(withEdits(draft, list, [{ node: node.key, service: picked, kind }]));
    onClose();
  };
  const label = t(`backends.graph.pick.${kind}`);
  return (
    <Modal
      visible
      header={t(`backends.graph.pick.${kind}Of`, { node: nameOf(node.key) })}
      closeAriaLabel={t('backends.pane.close')}
      onDismiss={onClose}
      footer={
        <Button variant="primary" disabled={service === undefined} onClick={() => pick(service)}>
          {t('backends.graph.toDraft')}
        </Button>
      }
    >
      {/* Room for the names below the field, so that they do not cover what is asked. */}
      <div style={{ minHeight: 360 }}>
        <FormField label={label} description={t('backends.graph.pick.hint')} stretch>
          <Autosuggest
            ref={field}
            value={text}
            ariaLabel={label}
            options={[...services.keys()].sort().map((value) => ({ value }))}
            empty={t(`backends.graph.pick.${kind}None`)}
            hideEnteredTextOption
            onChange={({ detail }) => setText(detail.value)}
            onSelect={({ detail }) => pick(services.get(detail.value))}
          />
        </FormField>
      </div>
    </Modal>
  );
}
