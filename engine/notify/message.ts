/** What is sent to a channel: a documented, signed body, or a line of text. See docs/notifications.md. */
import { createHmac } from 'node:crypto';
import type { TrafficShift } from '@/lib/providers/app-mesh/shifts';
import type { Notice } from '@/lib/shifts';

/** Of the body of a webhook. A field may be added to it; anything else is another version. */
const VERSION = 1;

/** The same for a notice however often it is sent, to whichever channel. */
export const noticeId = (uid: string, { number }: Pick<Notice, 'number'>): string => `${uid}.${number}`;

export type About = Pick<TrafficShift, 'namespace' | 'name' | 'uid' | 'spec'>;

/** The body for a webhook. Steps count from 1, as people read them; 0 before the first. */
export function webhookBody(source: string, { namespace, name, uid, spec }: About, notice: Notice): string {
  const { event, at, phase, reason, message, step, percent, weights } = notice;
  const steps = spec.strategy.canary?.steps.length;
  return JSON.stringify({
    version: VERSION,
    id: noticeId(uid, notice),
    event,
    at,
    source,
    shift: { namespace, name, uid, by: spec.by, reason: spec.reason, routes: spec.routes },
    phase,
    reason,
    message,
    step: step + 1,
    steps,
    percent,
    weights,
  });
}

/**
 * The headers of https://www.standardwebhooks.com: HMAC-SHA256 over `id.timestamp.body`, base64. A secret that begins with `whsec_`
 * is base64 of the key, as there; any other is the key itself.
 */
export function signature(secret: string, id: string, atMs: number, body: string): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1000));
  const coded = /^whsec_(.+)$/.exec(secret)?.[1];
  const key = coded === undefined ? Buffer.from(secret, 'utf8') : Buffer.from(coded, 'base64');
  const signed = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signed}` };
}

const SIGNS: Partial<Record<Notice['event'], string>> = {
  succeeded: '✅',
  approvalNeeded: '✋',
  paused: '⏸️',
  aborted: '↩️',
  rollbackStarted: '↩️',
  rolledBack: '↩️',
  rollbackBlocked: '🚨',
  refused: '⛔',
  superseded: '⛔',
};

const TITLES: Record<Notice['event'], string> = {
  refused: 'was refused',
  started: 'began',
  step: 'goes on',
  approvalNeeded: 'waits for approval',
  paused: 'is paused',
  resumed: 'was resumed',
  aborted: 'was aborted and goes back',
  rollbackStarted: 'goes back',
  rollbackBlocked: 'cannot go back',
  rolledBack: 'went back',
  succeeded: 'succeeded',
  superseded: 'was superseded',
};

/** Slack reads `<!channel>` and links out of these three. */
const plain = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A message of Slack's incoming webhooks, which Mattermost, Rocket.Chat and others take as well. */
export function slackBody(source: string, { namespace, name, spec }: About, notice: Notice): string {
  const { event, message, weights } = notice;
  const moved = spec.routes.map(({ router, route, from, to }) => `${router}/${route}: ${from} → ${to}`);
  const title = `${SIGNS[event] ?? '🔀'} *${plain(`${namespace}/${name}`)}* ${TITLES[event]}`;
  const facts = [moved.join(', '), weights === '' ? undefined : `weights ${weights}`, source];
  const lines = [title, plain(message), plain(facts.filter((fact) => fact !== undefined).join(' · '))];
  return JSON.stringify({ text: lines.filter((line) => line !== '').join('\n') });
}
