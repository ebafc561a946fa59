'use client';
import { useQuery } from '@tanstack/react-query';
import { writability } from '@/components/traffic/writability';
import { accessOptions } from '@/lib/client/queries';
import type { Router } from '@/lib/mesh/model';
import { useTopologyScope } from './topology-context';

/** Whether this router's weights may be changed from here, or why not. */
export function useWritable(router: Router) {
  const { source, sourceReadOnly, stream } = useTopologyScope();
  const access = useQuery(accessOptions(source, router.ref.namespace));
  return writability(stream.picture, stream.connection, router, sourceReadOnly, access.data);
}
