'use client';
/** Whether the list of a node may be changed from here, or why not. */
import { useQuery } from '@tanstack/react-query';
import { accessReason, connectionReason } from '@/components/traffic/writability';
import type { Standing } from '@/components/traffic/writability';
import { accessOptions } from '@/lib/client/queries';
import { useSpeech } from '@/lib/i18n/react';
import type { Translate } from '@/lib/i18n/translate';
import type { EditKind } from '@/lib/mesh/backends/edits';
import { grantsOf } from '@/lib/mesh/backends/whitelist';
import type { Whitelist } from '@/lib/mesh/backends/whitelist';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Mesh, MeshNode } from '@/lib/mesh/model';
import { backendsOwnerLevel } from '@/lib/mesh/ownership';
import { nameOf } from './names';

/** What the connection, the mesh and the console say, in words; `true` where nothing is in the way. */
export function screenWritable(standing: Standing, readOnly: boolean, t: Translate): true | string {
  if (readOnly) return t('traffic.reason.readOnly');
  const lost = connectionReason(standing.connection);
  if (lost) return t(`traffic.reason.${lost.code}`, lost.values);
  if (standing.controlPlane === undefined) return t('traffic.reason.connecting');
  return standing.controlPlane === 'frozen' ? t('traffic.reason.frozen') : true;
}

/** Only an App Mesh API holds the mesh: no cluster has an object of it. */
export const isOfApi = ({ origin, taken }: Mesh): boolean => origin !== 'kubernetes' && taken !== undefined;

/** What the node says. */
export function nodeWritable({ ref, ownership }: MeshNode, t: Translate): true | string {
  if (ref.namespace === '') return t('backends.reason.noNamespace');
  return backendsOwnerLevel(ownership) === 'blocked'
    ? t('backends.reason.flagger', { name: ownership.name ?? '' })
    : true;
}

/** What the screen says, and what the cluster permits in the namespace of a node, as far as is known before it is asked. */
export function useNamespaceWritable(
  source: string,
  namespace: string,
  writable: true | string,
): true | string {
  const { t } = useSpeech();
  const access = useQuery({ ...accessOptions(source, namespace), enabled: namespace !== '' });
  if (writable !== true) return writable;
  const denied = accessReason(access.data, namespace, 'virtualnodes');
  return denied === undefined ? true : t(`traffic.reason.${denied.code}`, denied.values);
}

/** Whether an edit of one cell makes sense. */
export function editable(
  list: Whitelist,
  node: MeshNode,
  service: EntityKey,
  kind: EditKind,
  t: Translate,
): true | string {
  const writable = nodeWritable(node, t);
  if (writable !== true) return writable;
  const grant = grantsOf(node).get(service);
  if (kind === 'allow') return list.services.has(service) ? true : t('backends.reason.notHere');
  return grant !== undefined && grant.entries === 0
    ? t('backends.reason.group', { group: grant.group === undefined ? '' : nameOf(grant.group) })
    : true;
}
