/** Every path below /api. What each one does is in lib/server/routes.ts. */
import { currentConsole } from '@/lib/server/console';
import { dispatch } from '@/lib/server/dispatch';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

const answer = (request: Request): Promise<Response> => dispatch(currentConsole(), request);

export {
  answer as GET,
  answer as HEAD,
  answer as POST,
  answer as PUT,
  answer as PATCH,
  answer as DELETE,
  answer as OPTIONS,
};
