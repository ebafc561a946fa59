import type { Acceptance, Workload } from '@/lib/mesh/model';
import type { TopologyNode } from '@/lib/mesh/topology';

/** How a card or row is doing: a tone (icon and colour), and a message with its values. */
export interface Health {
  tone: 'ok' | 'warning' | 'error' | 'muted';
  message:
    | 'ok'
    | 'partial'
    | 'down'
    | 'none'
    | 'accepted'
    | 'pending'
    | 'rejected'
    | 'deleting'
    | 'unknown'
    | 'unresolved'
    | 'unread'
    | 'malformed'
    | 'unused'
    | 'present'
    | 'outside'
    | 'noService'
    | 'gone';
  values?: { ready: number; total: number } | undefined;
}

const OF_ACCEPTANCE: Record<Acceptance, Health> = {
  accepted: { tone: 'ok', message: 'accepted' },
  pending: { tone: 'warning', message: 'pending' },
  rejected: { tone: 'error', message: 'rejected' },
  deleting: { tone: 'warning', message: 'deleting' },
  unknown: { tone: 'muted', message: 'unknown' },
};

/** The worst that is known: what the controller says first, then the pods. */
export function healthOf(node: TopologyNode, gone: boolean): Health {
  if (gone) return { tone: 'muted', message: 'gone' };
  switch (node.kind) {
    case 'unresolved':
      // What was not read may well be there: no trouble of the mesh.
      return node.cause === 'unread'
        ? { tone: 'muted', message: 'unread' }
        : { tone: 'error', message: 'unresolved' };
    case 'malformed':
      return { tone: 'error', message: 'malformed' };
    case 'backendGroup':
      return { tone: 'muted', message: 'unused' };
    case 'host':
      return node.cause === 'outside'
        ? { tone: 'muted', message: 'outside' }
        : { tone: 'warning', message: 'noService' };
    case 'kubeService':
      return { tone: 'ok', message: 'present' };
    case 'workload':
      return podsHealth(node);
    case 'service':
    case 'router':
      return OF_ACCEPTANCE[node.acceptance];
    case 'gateway':
    case 'node':
      if (node.acceptance === 'rejected' || node.acceptance === 'deleting')
        return OF_ACCEPTANCE[node.acceptance];
      return podsHealth(node.workload);
  }
}

export function podsHealth({ ready, total }: Pick<Workload, 'ready' | 'total'>): Health {
  if (total === 0) return { tone: 'muted', message: 'none' };
  if (ready === total) return { tone: 'ok', message: 'ok' };
  return {
    tone: ready === 0 ? 'error' : 'warning',
    message: ready === 0 ? 'down' : 'partial',
    values: { ready, total },
  };
}
