/** Writing backend groups. */
import { queryOptions } from '@tanstack/react-query';
import { groupAnswer } from '@/lib/api/backend-groups';
import type { GroupAnswer, GroupCreation, GroupEdit, GroupRemovalRequest } from '@/lib/api/backend-groups';
import { requestJson } from './request';
import type { Result } from './request';

/** One write of a group: its making, a change of its members, or its deletion. */
export type GroupWrite =
  | { kind: 'create'; body: GroupCreation }
  | { kind: 'edit'; namespace: string; name: string; body: GroupEdit }
  | { kind: 'remove'; namespace: string; name: string; body: GroupRemovalRequest };

const METHODS = { create: 'POST', edit: 'PATCH', remove: 'DELETE' } as const;

/** Sends a write, or asks what it would do (`dryRun` in its body). Never retried: a write is sent once. */
export function writeGroup(source: string, write: GroupWrite): Promise<Result<GroupAnswer>> {
  const all = `/api/v1/sources/${encodeURIComponent(source)}/backendgroups`;
  const path =
    write.kind === 'create'
      ? all
      : `${all}/${encodeURIComponent(write.namespace)}/${encodeURIComponent(write.name)}`;
  return requestJson(path, groupAnswer, {
    method: METHODS[write.kind],
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(write.body),
  });
}

/** The same write with more said in its body. */
export function saying(
  write: GroupWrite,
  more: { dryRun?: boolean; reason?: string; acknowledgeOwner?: boolean },
): GroupWrite {
  const { acknowledgeOwner, ...rest } = more;
  switch (write.kind) {
    case 'create':
      return { ...write, body: { ...write.body, ...rest } };
    case 'edit':
      return { ...write, body: { ...write.body, ...rest, acknowledgeOwner } };
    case 'remove':
      return { ...write, body: { ...write.body, ...rest, acknowledgeOwner } };
  }
}

/** What a write would do, as the cluster's dry run tells. A refusal is an answer like any other. */
export const groupRehearsalOptions = (source: string, write: GroupWrite) =>
  queryOptions({
    queryKey: ['groupRehearsal', source, write],
    queryFn: () => writeGroup(source, saying(write, { dryRun: true })),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
