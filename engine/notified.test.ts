import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Channel } from '@/lib/server/notifications/channels';
import { Receiver } from './notify/receiver';
import { quickly, ShiftRig } from './testing/rig';

let rig: ShiftRig;
let receiver: Receiver;
const channelsOf = (url: string): Channel[] => [
  { name: 'ops', kind: 'webhook', url, secret: { env: 'PATH' }, private: true, folder: '/' },
];

beforeAll(async () => {
  receiver = await new Receiver().start();
  rig = await ShiftRig.start();
}, 60_000);
afterAll(async () => {
  await rig.stop();
  await receiver.stop();
});

const phase = (name: string) => expect.poll(() => rig.phase(name), { timeout: 18_000, interval: 50 });
const notifications = async (name: string) => (await rig.shift(name)).status?.notifications;

it('tells what happens to a shift, and never holds it up: also a later engine, of what an earlier one could not', async () => {
  const gone = await new Receiver().start();
  const { url } = gone;
  await gone.stop();
  rig.engine({ channels: channelsOf(url) });
  const tell = { notifications: [{ channel: 'ops' }, { channel: 'nobody', events: ['succeeded' as const] }] };
  await rig.create('cart-1', quickly('cart', [20, 100], tell));
  await phase('cart-1').toBe('Succeeded');
  expect((await notifications('cart-1'))?.pending.map(({ event }) => event)).toEqual(['started', 'step', 'succeeded']); // prettier-ignore
  await expect.poll(async () => (await notifications('cart-1'))?.failures).toMatchObject([
    { channel: 'nobody', event: 'succeeded', message: 'the engine has no channel of this name' },
  ]); // prettier-ignore
  await rig.restart({ channels: channelsOf(receiver.url) });
  await expect.poll(() => receiver.told('event'), { timeout: 18_000 }).toEqual(['started', 'step', 'succeeded']); // prettier-ignore
  await expect.poll(async () => (await notifications('cart-1'))?.pending).toEqual([]);
  expect(await rig.events('TrafficShift', 'cart-1')).toContain('NotificationFailed');
});

it('takes no channel twice, no event that does not exist, and no change of either', async () => {
  const spec = (notifications: object[]) => ({ ...quickly('reviews', [100]), notifications });
  const refused = (notifications: object[]) =>
    // The cluster is asked, not the compiler.
    rig.create('no', spec(notifications) as never).then(() => 'made', String);
  expect(await refused([{ channel: 'ops' }, { channel: 'ops' }])).toContain('names each channel once');
  expect(await refused([{ channel: 'ops', events: ['sneezed'] }])).toContain('sneezed');
  expect(await refused([{ channel: 'https://evil' }])).toContain('channel');
});
