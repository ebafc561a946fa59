/** Counters for Prometheus. */
import { currentConsole } from '@/lib/server/console';
import { metricsText } from '@/lib/server/health';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export const GET = (): Response => metricsText(currentConsole());
