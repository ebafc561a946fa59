/**
 * How fast a change in the cluster reaches the screen: from a patch sent to the Kubernetes API to the changed text in
 * Chromium's DOM, beside the same change seen by a plain watch. Everything runs on one machine and one clock. Each change
 * meets a page at rest, as one does in a cluster: painting the last change is no part of the next one's way.
 */
import type { Page } from '@playwright/test';
import { ROUTER, changeWeight } from './change-weight';
import { startBrowser, startConsole } from './console';
import type { Figures } from './run';
import { percentile } from './statistics';

const CHANGES = 500;
/** Changes that are not counted, while both sides of the wire compile what they run. */
const WARM_UP = 100;

interface Router {
  metadata: { resourceVersion: string };
  spec: { routes: { name: string; httpRoute: { action: { weightedTargets: { weight: number }[] } } }[] };
}

/** Follows a plain watch and tells, for each weight awaited, when it was seen (epoch milliseconds). */
async function plainWatch(server: string) {
  const abort = new AbortController();
  const list = (await (await fetch(`${server}${ROUTER}`)).json()) as Router;
  const answer = await fetch(
    `${server}/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualrouters?watch=1&fieldSelector=metadata.name%3Dcart&resourceVersion=${list.metadata.resourceVersion}`,
    { signal: abort.signal },
  );
  let wanted: { weight: number; seen: (at: number) => void } | undefined;
  const follow = async () => {
    let rest = '';
    for await (const chunk of answer.body ?? []) {
      const at = performance.timeOrigin + performance.now();
      const lines = (rest + Buffer.from(chunk).toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const { object } = JSON.parse(line) as { object: Router };
        if (object.spec.routes[0]?.httpRoute.action.weightedTargets[0]?.weight === wanted?.weight)
          wanted?.seen(at);
      }
    }
  };
  void follow().catch(() => undefined); // ends with the abort below
  return {
    until: (weight: number) => new Promise<number>((seen) => (wanted = { weight, seen })),
    stop: () => abort.abort(),
  };
}

/**
 * Begins to look for the moment the card's text shows the weight; awaited before the change is sent. As text, because the
 * bundler's helpers do not exist in the page.
 */
const watchCard = (page: Page, weight: number): Promise<void> =>
  page.evaluate(`void (window.shownAt = new Promise((resolve) => {
    const card = document.querySelector('[data-id="router:shop/cart"]');
    const observer = new MutationObserver(() => {
      if (!card.textContent.includes('${weight}%')) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    });
    observer.observe(card, { subtree: true, childList: true, characterData: true });
  }))`);

const untilRested = (page: Page): Promise<void> =>
  page.evaluate(
    'new Promise((rested) => requestAnimationFrame(() => requestAnimationFrame(() => rested())))',
  );

const untilShown = (page: Page): Promise<number> => page.evaluate('window.shownAt');

export async function propagation(): Promise<Figures> {
  const { url, server, stop } = await startConsole();
  const browser = await startBrowser();
  const watch = await plainWatch(server);
  const screenMs: number[] = [];
  const watchMs: number[] = [];
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${url}/sources/sandbox/meshes/shop/topology`);
    await page.locator('[data-id="router:shop/cart"]').waitFor();
    for (let round = 0; round < WARM_UP + CHANGES; round += 1) {
      const weight = 15 + (round % 75);
      await untilRested(page);
      await watchCard(page, weight);
      const seen = watch.until(weight);
      const sent = performance.timeOrigin + performance.now();
      await changeWeight(server, weight);
      const [shownAt, seenAt] = await Promise.all([untilShown(page), seen]);
      if (round < WARM_UP) continue;
      screenMs.push(shownAt - sent);
      watchMs.push(seenAt - sent);
    }
  } finally {
    watch.stop();
    await browser.close();
    await stop();
  }
  const p95Ms = percentile(screenMs, 0.95);
  const watchP95Ms = percentile(watchMs, 0.95);
  return { p50Ms: percentile(screenMs, 0.5), p95Ms, watchP95Ms, p95Ratio: p95Ms / watchP95Ms };
}
