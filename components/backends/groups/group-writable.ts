'use client';
/** Whether groups of a namespace may be written from here, or why not. */
import { useQuery } from '@tanstack/react-query';
import { accessReason } from '@/components/traffic/writability';
import { accessOptions } from '@/lib/client/queries';
import { useSpeech } from '@/lib/i18n/react';

export type GroupVerb = 'create' | 'patch' | 'delete';

/** What the screen says, and what the cluster permits there, as far as is known before it is asked. */
export function useGroupWritable(
  source: string,
  namespace: string,
  writable: true | string,
): (verb: GroupVerb) => true | string {
  const { t } = useSpeech();
  const access = useQuery({ ...accessOptions(source, namespace), enabled: namespace !== '' });
  return (verb) => {
    if (writable !== true) return writable;
    const denied = accessReason(access.data, namespace, 'backendgroups', verb);
    return denied === undefined ? true : t(`traffic.reason.${denied.code}`, denied.values);
  };
}
