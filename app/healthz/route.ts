/** The process answers. */
import { health } from '@/lib/server/health';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export const GET = (): Response => health();
