'use client';
import { useQuery } from '@tanstack/react-query';
import { writability } from '@/components/traffic/writability';
import { accessOptions } from '@/lib/client/queries';
import type { Router } from '@/lib/mesh/model';
import { useTopologyScope } from './topology-context';

/** Whether this router's weights may be changed from here, or why not. */
export function useWritable(router: Router, gone: boolean) {
  const { source, sourceReadOnly, standing } = useTopologyScope();
  const access = useQuery(accessOptions(source, router.ref.namespace));
  return writability(standing, router, gone, sourceReadOnly, access.data);
}
