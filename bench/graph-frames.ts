/**
 * How the canvas behaves with 300 to 5,000 virtual nodes, in production mode in Chromium: time to the first complete picture
 * and to that of every card opened, frame times while panning and zooming by script and while a card is moved, time from the
 * pointer to the drawn highlight, from a change in the cluster to the frame that shows it, and the JavaScript heap.
 */
import type { Page } from '@playwright/test';
import { startBrowser, startConsole } from './console';
import type { Figures } from './run';
import { percentile } from './statistics';

const SIZES = [300, 1000, 2500, 5000];
const VIEWPORT = { width: 1440, height: 900 };
const MIDDLE = { x: 720, y: 480 };
const CHANGES = 30;
/** Between changes, so that each meets a page that has done with the one before. */
const REST_MS = 300;

/** Runs in every page from its start, as text because the bundler's helpers do not exist there. */
const PROBE = `
window.probe = {
  /** Milliseconds from the start of the navigation until nothing was added to or painted on the canvas for so long. */
  settled: (quietMs) => new Promise((resolve) => {
    let last;
    const seen = () => { last = performance.now(); };
    const observer = new MutationObserver((records) => {
      for (const record of records) {
        const at = record.target;
        if (record.type === 'attributes' || at.closest?.('.react-flow__nodes')) return seen();
      }
    });
    observer.observe(document.documentElement, {
      subtree: true, childList: true, attributes: true, attributeFilter: ['data-items', 'data-detail', 'data-painted'],
    });
    const surface = () => document.querySelector('[data-items]');
    if (surface()) seen();
    const look = () => {
      const ready = last !== undefined && Number(surface()?.dataset.items ?? 0) > 0;
      if (ready && performance.now() - last > quietMs) { observer.disconnect(); resolve(last); }
      else setTimeout(look, 20);
    };
    look();
  }),
  /** Resolves once so many items are on the canvas. */
  holds: (items) => new Promise((resolve) => {
    const look = () => {
      if (Number(document.querySelector('[data-items]')?.dataset.items ?? 0) >= items) resolve();
      else requestAnimationFrame(look);
    };
    look();
  }),
  zoom: () => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform).a,
  onCard: () => document.querySelector('canvas[data-item]:not([data-item=""])') !== null,
  frames: () => {
    const deltas = [];
    let before;
    let on = true;
    const step = (now) => {
      if (before !== undefined) deltas.push(now - before);
      before = now;
      if (on) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
    window.probe.stop = () => { on = false; return deltas; };
  },
  hovers: () => {
    const took = [];
    const sinceInput = [];
    let moved;
    let input;
    addEventListener('pointermove', (event) => { moved = performance.now(); input = event.timeStamp; }, true);
    new MutationObserver(() => {
      for (const each of document.querySelectorAll('canvas')) {
        if (each.dataset.item && moved !== undefined) {
          took.push(performance.now() - moved);
          sinceInput.push(performance.now() - input);
          moved = undefined;
        }
      }
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-item'] });
    window.probe.took = () => ({ took, sinceInput });
  },
};`;

const settled = (page: Page): Promise<number> => page.evaluate('probe.settled(600)');

interface Spot {
  x: number;
  y: number;
}

/** Drags what is at a place to and fro, the canvas or a card, a step for every frame or so. */
async function drag(page: Page, { x, y }: Spot): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 90; step += 1)
    await page.mouse.move(x + Math.sin(step / 14) * 420, y + Math.sin(step / 9) * 260);
  await page.mouse.up();
}

const nextFrame = (page: Page): Promise<void> =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => done()))');

interface Swept {
  /** The last place with a card. */
  card: Spot;
  /** The last place with none. */
  free: Spot;
}

/** Moves the pointer in lines over the canvas, so that it passes over many cards. */
async function sweep(page: Page): Promise<Swept> {
  const found: Swept = { card: MIDDLE, free: MIDDLE };
  for (let line = 0; line < 6; line += 1) {
    for (let x = 320; x < 1120; x += 20) {
      const y = 300 + line * 73;
      await page.mouse.move(x, y);
      await nextFrame(page);
      found[(await page.evaluate('probe.onCard()')) ? 'card' : 'free'] = { x, y };
    }
  }
  return found;
}

/** Zooms at a place until a zoom is reached, a step of the wheel for every frame. */
async function zoomTo(page: Page, { x, y }: Spot, zoom: number): Promise<void> {
  const now = () => page.evaluate<number>('probe.zoom()');
  await page.mouse.move(x, y);
  for (let steps = 0; steps < 60 && Math.abs((await now()) - zoom) > zoom * 0.15; steps += 1) {
    await page.mouse.wheel(0, (await now()) < zoom ? -100 : 100);
    await nextFrame(page);
  }
}

/** Frame times of a move, in milliseconds. */
async function framesOf(page: Page, move: () => Promise<void>): Promise<number[]> {
  await page.evaluate('probe.frames()');
  await move();
  return page.evaluate('probe.stop()');
}

interface RouterObject {
  metadata: { namespace: string; name: string };
  spec: { routes?: { httpRoute?: { action: { weightedTargets: unknown[] } } }[] };
}

/** A router whose first route splits between two nodes, so that a weight can be moved. */
async function splitRouter(server: string): Promise<{ namespace: string; name: string }> {
  const answer = await fetch(`${server}/apis/appmesh.k8s.aws/v1beta2/virtualrouters`);
  const { items } = (await answer.json()) as { items: RouterObject[] };
  const found = items.find(({ spec }) => spec.routes?.[0]?.httpRoute?.action.weightedTargets.length === 2);
  if (!found) throw new Error('no router splits between two nodes');
  return found.metadata;
}

/** Milliseconds from a change sent to the frame after the card shows it. */
async function eventToPaint(page: Page, server: string, url: string): Promise<number[]> {
  const { namespace, name } = await splitRouter(server);
  const key = `router:${namespace}/${name}`;
  await page.goto(`${url}/sources/sandbox/meshes/scale/topology?collapsed=!*&selected=${key}`);
  await settled(page);
  const took: number[] = [];
  for (let round = 0; round < CHANGES; round += 1) {
    // A narrow part of the bar has no room for its share.
    const weight = 31 + round;
    await page.evaluate(`void (window.shownAt = new Promise((resolve) => {
      const card = document.querySelector('[data-id="${key}"]');
      const observer = new MutationObserver(() => {
        if (!card.textContent.includes('${weight}%')) return;
        observer.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())));
      });
      observer.observe(card, { subtree: true, childList: true, characterData: true });
    }))`);
    const path = (target: number) => `/spec/routes/0/httpRoute/action/weightedTargets/${target}/weight`;
    const sent = performance.timeOrigin + performance.now();
    const answer = await fetch(
      `${server}/apis/appmesh.k8s.aws/v1beta2/namespaces/${namespace}/virtualrouters/${name}`,
      {
        method: 'PATCH',
        headers: { 'content-type': 'application/json-patch+json' },
        body: JSON.stringify([
          { op: 'replace', path: path(0), value: weight },
          { op: 'replace', path: path(1), value: 100 - weight },
        ]),
      },
    );
    if (!answer.ok) throw new Error(`patch: ${answer.status} ${await answer.text()}`);
    const shown: number = await page.evaluate('window.shownAt');
    took.push(shown - sent);
    await new Promise((rested) => setTimeout(rested, REST_MS));
  }
  return took;
}

async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 2 ** 20;
}

async function measure(nodes: number): Promise<Record<string, number>> {
  const { url, server, stop } = await startConsole(`scale=${nodes}`);
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.addInitScript(PROBE);
    // The browser's own caches are filled by a first visit, as they are for whoever uses the console.
    await page.goto(`${url}/meshes`);
    await page.goto(`${url}/sources/sandbox/meshes/scale/topology`);
    const firstPictureMs = await settled(page);
    const before: number = await page.evaluate('performance.now()');
    await page.getByRole('button', { name: 'Expand all' }).click();
    await page.evaluate(`probe.holds(${nodes})`);
    const expandAllMs = Math.max(0, (await settled(page)) - before);
    const cards: number = await page.evaluate(`Number(document.querySelector('[data-items]').dataset.items)`);

    await page.evaluate('probe.hovers()');
    const fitted = await page.evaluate<number>('probe.zoom()');
    let { card, free } = await sweep(page);
    const frames = await framesOf(page, () => drag(page, free));
    // Outlines with names, then whole cards.
    for (const zoom of [0.22, 0.7]) {
      const at = card;
      frames.push(...(await framesOf(page, () => zoomTo(page, at, zoom))));
      ({ card, free } = await sweep(page));
      frames.push(...(await framesOf(page, () => drag(page, free))));
    }
    ({ card, free } = await sweep(page));
    const cardFrames = await framesOf(page, () => drag(page, card));
    frames.push(...(await framesOf(page, () => zoomTo(page, free, fitted))));
    const hovers: { took: number[]; sinceInput: number[] } = await page.evaluate('probe.took()');
    const heap = await heapMb(page);
    const changes = await eventToPaint(page, server, url);
    return {
      cards,
      firstPictureMs,
      expandAllMs,
      panP50Ms: percentile(frames, 0.5),
      panP95Ms: percentile(frames, 0.95),
      cardDragP95Ms: percentile(cardFrames, 0.95),
      // From the pointer event in the page; the browser holds it back until the next frame, which the second figure includes.
      hoverMs: percentile(hovers.took, 0.95),
      hoverFromInputMs: percentile(hovers.sinceInput, 0.95),
      hovers: hovers.took.length,
      eventToPaintMs: percentile(changes, 0.95),
      heapMb: heap,
    };
  } finally {
    await browser.close();
    await stop();
  }
}

/** Sizes named behind the bench's name are measured instead of all. */
export async function graphFrames(): Promise<Figures> {
  const figures: Figures = {};
  const named = process.argv.slice(3).map(Number);
  for (const nodes of named.length > 0 ? named : SIZES) figures[`n${nodes}`] = await measure(nodes);
  return figures;
}
