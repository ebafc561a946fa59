/**
 * How the matrix of the whitelist behaves in a large mesh, in production mode in Chromium: time to the first complete picture,
 * frame times while it is scrolled both ways by script, and from the key of an edit to the draft's bar that tells what it would do.
 */
import type { Page } from '@playwright/test';
import { startBrowser, startConsole } from './console';
import type { Figures } from './run';
import { percentile } from './statistics';

const SIZES = [300, 1000, 2000];
const VIEWPORT = { width: 1440, height: 900 };
const EDITS = 40;
const SCROLL_STEPS = 240;

/** Runs in every page from its start, as text because the bundler's helpers do not exist there. */
const PROBE = `
window.probe = {
  /** Milliseconds from the start of the navigation until the matrix has its cells. */
  opened: () => new Promise((resolve) => {
    const look = () => {
      const cells = document.querySelectorAll('[role=grid] [role=gridcell][data-permission=direct]').length;
      if (cells > 0) requestAnimationFrame(() => resolve(performance.now()));
      else requestAnimationFrame(look);
    };
    look();
  }),
  scroll: (steps) => new Promise((resolve) => {
    const grid = document.querySelector('[role=grid]');
    const [height, width] = [grid.scrollHeight - grid.clientHeight, grid.scrollWidth - grid.clientWidth];
    const deltas = [];
    let before;
    let step = 0;
    const frame = (now) => {
      if (before !== undefined) deltas.push(now - before);
      before = now;
      step += 1;
      // Down and across as a hand would: some lines a frame, and now and then a jump.
      grid.scrollTop = step % 60 === 0 ? height * Math.random() : Math.min(height, grid.scrollTop + 60);
      grid.scrollLeft = step % 90 === 0 ? width * Math.random() : Math.min(width, grid.scrollLeft + 40);
      if (step < steps) requestAnimationFrame(frame);
      else resolve(deltas);
    };
    requestAnimationFrame(frame);
  }),
  edits: () => {
    const took = [];
    let pressed;
    addEventListener('keydown', (event) => { if (event.key === ' ') pressed = performance.now(); }, true);
    new MutationObserver(() => {
      if (pressed === undefined) return;
      const bar = document.querySelector('[role=status] strong')?.textContent ?? '';
      if (bar === window.probe.bar) return;
      window.probe.bar = bar;
      took.push(performance.now() - pressed);
      pressed = undefined;
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    window.probe.took = () => took;
  },
};`;

async function edit(page: Page): Promise<number[]> {
  await page.evaluate('probe.edits()');
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('Control+Home');
  for (let n = 0; n < EDITS; n += 1) {
    await page.keyboard.press(' ');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
  }
  return page.evaluate('probe.took()');
}

async function measure(nodes: number): Promise<Record<string, number>> {
  const { url, stop } = await startConsole(`scale=${nodes}`);
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.addInitScript(PROBE);
    // The browser's own caches are filled by a first visit, as they are for whoever uses the console.
    await page.goto(`${url}/sources/sandbox/meshes/scale/backends`);
    await page.evaluate('probe.opened()');
    const opened: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      await page.goto(`${url}/sources/sandbox/meshes/scale/backends`);
      opened.push(await page.evaluate<number>('probe.opened()'));
    }
    const cells = await page.getByRole('grid').getAttribute('aria-rowcount');
    const columns = await page.getByRole('grid').getAttribute('aria-colcount');
    const frames = await page.evaluate<number[]>(`probe.scroll(${SCROLL_STEPS})`);
    const edits = await edit(page);
    return {
      rows: Number(cells) - 1,
      columns: Number(columns) - 1,
      openMs: percentile(opened, 0.5),
      scrollP50Ms: percentile(frames, 0.5),
      scrollP95Ms: percentile(frames, 0.95),
      // From the key to the bar that tells of it: the impact is worked out and drawn.
      impactMs: percentile(edits, 0.95),
      impactP50Ms: percentile(edits, 0.5),
      edits: edits.length,
    };
  } finally {
    await browser.close();
    await stop();
  }
}

/** Sizes named behind the bench's name are measured instead of all. */
export async function matrix(): Promise<Figures> {
  const figures: Figures = {};
  const named = process.argv.slice(3).map(Number);
  for (const nodes of named.length > 0 ? named : SIZES) figures[`n${nodes}`] = await measure(nodes);
  return figures;
}
