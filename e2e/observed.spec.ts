import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

interface Seen {
  share: number;
  low: number;
  high: number;
}

/** `47.5% (33.1%–62.3%)`: share and band in percent. */
function seenIn(text: string): Seen | undefined {
  const [, share, low, high] = /([\d.]+)% \(([\d.]+)%–([\d.]+)%\)/.exec(text) ?? [];
  return share === undefined ? undefined : { share: Number(share), low: Number(low), high: Number(high) };
}

/** A band of 95 % misses once in twenty times; twice as wide a one does not in the life of this test. */
const agrees = (seen: Seen | undefined, weight: number): boolean =>
  seen !== undefined && Math.abs(seen.share - weight) <= seen.high - seen.low;

test('the observed share follows a change of weights to within its band', async ({ page, deck }) => {
  // The share is counted anew with each refresh, a quarter of a minute.
  test.setTimeout(120_000);
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?overlay=share&selected=router:shop/cart&route=cart');
  const row = topology.inspector.getByRole('row', { name: /cart-v2/ });
  const seen = async () => seenIn(await row.innerText());
  // Before: a tenth, and no half.
  await expect.poll(async () => agrees(await seen(), 10) && !agrees(await seen(), 50)).toBe(true);

  await topology.inspector.getByRole('button', { name: 'Even' }).click();
  await topology.inspector.getByRole('button', { name: 'Review…' }).click();
  await topology.review.getByRole('checkbox', { name: 'Move 40 points at once' }).check();
  await expect(topology.review.getByText(/The router carries [\d.]+ rpm/)).toBeVisible();
  await topology.apply();
  await expect(topology.review).toBeHidden();
  // After: a half, counted from the change on, and no tenth any more.
  const progress = topology.inspector.getByRole('status', { name: 'Progress of the change' });
  await expect(progress.getByText(/Observed: cart-v1 .* requests/)).toBeVisible({ timeout: 60_000 });
  await expect
    .poll(async () => agrees(await seen(), 50) && !agrees(await seen(), 10), { timeout: 75_000 })
    .toBe(true);
});
