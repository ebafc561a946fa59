/** The console has something to show. */
import { currentConsole } from '@/lib/server/console';
import { readiness } from '@/lib/server/health';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export const GET = (): Response => readiness(currentConsole());
