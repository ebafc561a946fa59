import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '@/lib/server/log';
import { readChannels, type Channel } from '@/lib/server/notifications/channels';
import type { Notice, ShiftStatus } from '@/lib/shifts';
import { mayReach } from './addresses';
import { slackBody, type About } from './message';
import { createNotifier, type NotifierOptions } from './notifier';
import { Receiver } from './receiver';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const about: About = {
  namespace: 'shop',
  name: 'cart-1',
  uid: 'u1',
  spec: {
    routes: [{ router: 'cart', route: 'all', from: 'cart-v1', to: 'cart-v2' }],
    strategy: { canary: { steps: [{ weight: 5 }, { weight: 100 }] } },
    by: 'jo',
  },
};
const notice = (number: number, more: Partial<Notice> = {}): Notice => ({
  number,
  event: 'step',
  at: new Date().toISOString(),
  phase: 'Applying',
  message: `step ${number}`,
  step: 0,
  percent: 5,
  weights: '95/5',
  channels: ['ops'],
  ...more,
});
const base: ShiftStatus = {
  observedGeneration: 1,
  phase: 'Applying',
  phaseSinceAt: '2026-06-01T12:00:00Z',
  step: 0,
  progress: '1/2',
  weights: '95/5',
  intents: 1,
  changes: [],
  measurements: [],
  controls: [],
  conditions: [],
};
const waiting = (...pending: Notice[]): ShiftStatus => ({
  ...base,
  notifications: { count: pending.length, pending, failures: [] },
});

let receiver: Receiver;
let folder: string;
let ending: AbortController;
beforeEach(async () => {
  receiver = await new Receiver().start();
  folder = mkdtempSync(join(tmpdir(), 'channels-'));
  writeFileSync(join(folder, 'secret'), `${SECRET}\n`);
  ending = new AbortController();
});
afterEach(async () => {
  ending.abort();
  rmSync(folder, { recursive: true });
  await receiver.stop();
});

function channels(more: object = {}): Channel[] {
  const ops = { name: 'ops', kind: 'webhook', url: receiver.url, secret: { file: 'secret' }, private: true };
  const path = join(folder, 'channels.json');
  writeFileSync(path, JSON.stringify({ channels: [{ ...ops, ...more }] }));
  const read = readChannels(path);
  if (!read.ok) throw new Error(read.message);
  return read.channels;
}
const notifierOf = (more: Partial<NotifierOptions> = {}) =>
  createNotifier({
    channels: channels(),
    source: 'prod',
    log: createLog('silent'),
    now: () => Date.now(),
    onTold: () => undefined,
    signal: ending.signal,
    firstMs: 1,
    ...more,
  });

describe('a notification', () => {
  it('is a documented body that is signed as Standard Webhooks are', async () => {
    const notifier = notifierOf();
    notifier.offer(about, waiting(notice(7)));
    await expect.poll(() => notifier.toldOf('u1')).toEqual([{ number: 7, channel: 'ops' }]);
    const [first] = receiver.received;
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signed } = first?.headers ?? {}; // prettier-ignore
    expect(id).toBe('u1.7');
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
    const expected = createHmac('sha256', key).update(`u1.7.${String(timestamp)}.${first?.body ?? ''}`).digest('base64'); // prettier-ignore
    expect(signed).toBe(`v1,${expected}`);
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      version: 1,
      id: 'u1.7',
      event: 'step',
      source: 'prod',
      shift: { namespace: 'shop', name: 'cart-1', uid: 'u1', by: 'jo', routes: about.spec.routes },
      phase: 'Applying',
      message: 'step 7',
      step: 1,
      steps: 2,
      percent: 5,
      weights: '95/5',
    });
  });

  it('is tried again until it is taken, and those after it wait for it', async () => {
    receiver.answers.push({ status: 503 }, { status: 429, headers: { 'retry-after': '0' } });
    const notifier = notifierOf();
    notifier.offer(about, waiting(notice(1), notice(2)));
    await expect.poll(() => notifier.toldOf('u1')).toHaveLength(2);
    expect(receiver.told('id')).toEqual(['u1.1', 'u1.1', 'u1.1', 'u1.2']);
  });

  it('is sent once, however often it is offered', async () => {
    const notifier = notifierOf();
    for (let i = 0; i < 3; i += 1) notifier.offer(about, waiting(notice(1)));
    await expect.poll(() => notifier.toldOf('u1')).toHaveLength(1);
    notifier.offer(about, waiting(notice(1)));
    notifier.offer(about, waiting(notice(1), notice(2)));
    await expect.poll(() => notifier.toldOf('u1')).toHaveLength(2);
    expect(receiver.told('id')).toEqual(['u1.1', 'u1.2']);
    notifier.offer(about, waiting());
    expect(notifier.toldOf('u1')).toEqual([]);
  });

  it('is given up where the receiver refuses it, redirects it, or a day has passed', async () => {
    const old = new Date(Date.now() - 25 * 3_600_000).toISOString();
    receiver.answers.push({ status: 404 }, { status: 302, headers: { location: receiver.url } }, { status: 500 }); // prettier-ignore
    const notifier = notifierOf();
    notifier.offer(about, waiting(notice(1), notice(2), notice(3, { at: old }), notice(4)));
    await expect.poll(() => notifier.toldOf('u1').map(({ problem }) => problem)).toEqual([
      'the receiver answered 404',
      'the receiver answered 302',
      'the receiver answered 500',
      undefined,
    ]); // prettier-ignore
    expect(receiver.received).toHaveLength(4);
  });

  it.each([
    ['a channel nobody configured', { name: 'other' }, 'the engine has no channel of this name'],
    ['a channel of other namespaces', { namespaces: ['bank'] }, 'shifts of shop may not use this channel'],
    ['an address of this machine', { private: false }, 'the channel has no usable address'],
    ['this machine over TLS', { private: false, url: 'https://127.0.0.1/' }, 'the channel leads to an address that is not permitted'],
    ['a name of this machine', { private: false, url: 'https://localhost/' }, 'the channel leads to an address that is not permitted'],
    ['where clouds keep credentials', { url: 'http://169.254.169.254/latest' }, 'the channel leads to an address that is not permitted'],
  ])('does not go to %s', async (_, more, problem) => {
    const notifier = notifierOf({ channels: channels(more) });
    notifier.offer(about, waiting(notice(1)));
    await expect.poll(() => notifier.toldOf('u1')).toMatchObject([{ problem }]);
    expect(receiver.received).toEqual([]);
  }); // prettier-ignore

  it('takes a secret that was renewed, and waits for one that is missing', async () => {
    rmSync(join(folder, 'secret'));
    const notifier = notifierOf();
    notifier.offer(about, waiting(notice(1)));
    writeFileSync(join(folder, 'secret'), 'plain');
    await expect.poll(() => notifier.toldOf('u1')).toEqual([{ number: 1, channel: 'ops' }]);
  });

  it('is a line of text for Slack, in which nothing of a shift is a command', async () => {
    const notifier = notifierOf({ channels: channels({ kind: 'slack', secret: undefined }) });
    notifier.offer(about, waiting(notice(1, { event: 'paused', message: '<!channel> p99 > 5' })));
    await expect.poll(() => receiver.told('text')).toEqual([
      '⏸️ *shop/cart-1* is paused\n&lt;!channel&gt; p99 &gt; 5\ncart/all: cart-v1 → cart-v2 · weights 95/5 · prod',
    ]); // prettier-ignore
    expect(receiver.received[0]?.headers).not.toHaveProperty('webhook-signature');
    expect(slackBody('prod', about, notice(1))).not.toContain('undefined');
  });

  it('ends with the engine', async () => {
    receiver.answers.push({ status: 500 });
    const notifier = notifierOf({ firstMs: 60_000 });
    notifier.offer(about, waiting(notice(1)));
    await expect.poll(() => receiver.received.length).toBe(1);
    ending.abort();
    notifier.offer(about, waiting(notice(2)));
    expect(notifier.toldOf('u1')).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    ['203.0.113.9', true, true],
    ['10.1.2.3', false, true],
    ['127.0.0.1', false, true],
    ['::1', false, true],
    ['::ffff:10.0.0.1', false, true],
    ['fd12::1', false, true],
    ['169.254.169.254', false, false],
    ['::ffff:169.254.169.254', false, false],
    ['fd00:ec2::254', false, false],
    ['fe80::1', false, false],
    ['0.0.0.0', false, false],
    ['2606:4700::1111', true, true],
  ])('%s: open %s, where private ones are meant %s', (address, open, meant) => {
    expect([mayReach(address, false), mayReach(address, true)]).toEqual([open, meant]);
  });
});

describe('the file of channels', () => {
  const read = (content: string) => {
    const path = join(folder, 'channels.json');
    writeFileSync(path, content);
    return readChannels(path);
  };
  it('is refused with what is wrong, and never with what it holds', () => {
    expect(read('{ "channels": [ sesame')).toEqual({ ok: false, message: 'MESHDECK_CHANNELS: the file is no JSON' }); // prettier-ignore
    const literal = read('{"channels": [{"name": "ops", "kind": "webhook", "url": "https://a", "secret": "sesame"}]}'); // prettier-ignore
    expect(literal.ok || literal.message).toContain('channels.0.secret');
    expect(JSON.stringify(literal)).not.toContain('sesame');
    expect(readChannels(join(folder, 'none.json'))).toMatchObject({ ok: false });
    expect(readChannels(undefined)).toEqual({ ok: true, channels: [] });
  });
});
