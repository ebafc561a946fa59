'use client';
import { useReactFlow, ViewportPortal } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { PointerEvent } from 'react';
import { coursePath } from '@/components/telemetry/overlay/undeclared-calls';
import { useCanvasPlaces } from '@/components/topology/canvas/places';
import { useActions } from '@/lib/client/use-actions';
import { useSpeech } from '@/lib/i18n/react';
import { editOf, editsOf, toggled } from '@/lib/mesh/backends/edits';
import { grantsOf } from '@/lib/mesh/backends/whitelist';
import type { EntityKey } from '@/lib/mesh/keys';
import { nameOf } from './names';
import type { Backends } from './use-backends';
import { editable } from './writable';
import styles from './draft-edges.module.css';

const isService = (backends: Backends, id: string | undefined): id is EntityKey =>
  id !== undefined && [...backends.list.services.keys()].some((key) => key === id);

/**
 * The whitelist on the graph: edits of the draft as dashed edges, and, on the node that is selected, a handle to draw one from
 * and a sign on each of its own entries to take it away. They move nothing: they are no part of the layout.
 */
export function DraftEdges({
  backends,
  selected,
  writable,
}: {
  backends: Backends;
  selected: EntityKey | undefined;
  writable: true | string;
}) {
  const { t } = useSpeech();
  const { perform } = useActions();
  const flow = useReactFlow();
  const [pointed, setPointed] = useState<{ x: number; y: number; over: EntityKey | undefined }>();
  const { list, draft, setDraft } = backends;
  const { placeOf, under } = useCanvasPlaces();
  const node = selected === undefined ? undefined : list.nodes.get(selected);
  const from = node && placeOf(node.key);

  const toggle = (key: EntityKey, service: EntityKey) => {
    const entity = list.nodes.get(key);
    if (entity === undefined) return;
    const drafted = editOf(draft, key, service) !== undefined;
    const kind = grantsOf(entity).has(service) ? 'revoke' : 'allow';
    const may = drafted ? true : editable(list, entity, service, kind, t);
    perform({
      id: 'backends.edit',
      label: 'backends.title',
      enabled: writable === true ? may : writable,
      run: () => setDraft(toggled(draft, list, key, service)),
    });
  };

  const drawn = useMemo(
    () =>
      [...editsOf(draft)].flatMap((edit) => {
        const [start, end] = [placeOf(edit.node), placeOf(edit.service)];
        return start && end ? [{ ...edit, ...coursePath(start, end) }] : [];
      }),
    [draft, placeOf],
  );
  const entries = useMemo(() => {
    if (node === undefined || from === undefined) return [];
    return [...grantsOf(node)].flatMap(([service, { entries: own }]) => {
      const to = placeOf(service);
      return own > 0 && to && editOf(draft, node.key, service) === undefined
        ? [{ service, ...coursePath(from, to) }]
        : [];
    });
  }, [node, from, placeOf, draft]);

  const onPointerMove = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const id = under(event)?.id;
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    setPointed({ ...at, over: isService(backends, id) ? id : undefined });
  };
  const onPointerUp = () => {
    if (node && pointed?.over !== undefined) toggle(node.key, pointed.over);
    setPointed(undefined);
  };

  if (drawn.length === 0 && from === undefined) return null;
  const aim = from && pointed && coursePath(from, { x: pointed.x, y: pointed.y - 40, width: 0, height: 0 });
  return (
    <ViewportPortal>
      <div className={styles.layer}>
        <svg aria-hidden="true">
          {drawn.map(({ node: key, service, kind, path }) => (
            <path key={`${key} ${service}`} d={path} data-kind={kind} />
          ))}
          {aim && <path d={aim.path} data-kind={pointed.over === undefined ? 'aim' : 'allow'} />}
        </svg>
        {drawn.map(({ node: key, service, kind, x, y }) => (
          <button
            key={`${key} ${service}`}
            type="button"
            className={`${styles.sign} nodrag nopan`}
            data-kind={kind}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
            aria-label={t('backends.graph.drop', {
              edit: t(`backends.edit.${kind}`),
              node: nameOf(key),
              service: nameOf(service),
            })}
            title={t('backends.graph.drop', {
              edit: t(`backends.edit.${kind}`),
              node: nameOf(key),
              service: nameOf(service),
            })}
            onClick={(event) => {
              event.stopPropagation();
              toggle(key, service);
            }}
          >
            {kind === 'allow' ? '+' : '−'} {t(`backends.edit.${kind}`)}
          </button>
        ))}
        {node &&
          entries.map(({ service, x, y }) => (
            <button
              key={service}
              type="button"
              className={`${styles.cut} nodrag nopan`}
              style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
              aria-label={t('backends.graph.revoke', { node: nameOf(node.key), service: nameOf(service) })}
              title={t('backends.graph.revoke', { node: nameOf(node.key), service: nameOf(service) })}
              onClick={(event) => {
                event.stopPropagation();
                toggle(node.key, service);
              }}
            >
              ×
            </button>
          ))}
        {node && from && (
          <button
            type="button"
            className={`${styles.handle} nodrag nopan`}
            style={{
              transform: `translate(-50%, -50%) translate(${from.x + from.width}px, ${from.y + 40}px)`,
            }}
            aria-label={t('backends.graph.draw', { node: nameOf(node.key) })}
            title={t('backends.graph.draw', { node: nameOf(node.key) })}
            onPointerDown={(event) => {
              event.stopPropagation();
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={onPointerMove}
            onPointerUp={onPointerUp}
            onPointerCancel={() => setPointed(undefined)}
            onClick={(event) => event.stopPropagation()}
          >
            +
          </button>
        )}
      </div>
    </ViewportPortal>
  );
}
