import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Connection } from '@/lib/client/connection';

/** The sign of a connection's phase. */
export const CONNECTION_LOOK: Record<Connection['phase'], StatusIndicatorProps.Type> = {
  connecting: 'pending',
  live: 'success',
  reconnecting: 'warning',
  stale: 'warning',
  failed: 'error',
};
