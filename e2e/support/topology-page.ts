/** The topology screen as a user finds it: by names and roles. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export interface Place {
  x: number;
  y: number;
}

export class TopologyPage {
  readonly inspector: Locator;
  readonly connection: Locator;
  readonly review: Locator;

  constructor(
    readonly page: Page,
    private readonly url: string,
    private readonly mesh = 'shop',
    private readonly source = 'sandbox',
  ) {
    this.inspector = page.getByRole('complementary', { name: 'Inspector' });
    this.connection = page.locator('[data-phase]');
    this.review = page.getByRole('dialog');
  }

  /** Opens the screen and waits until it is live and the cards are arranged. */
  async open(query = ''): Promise<void> {
    await this.page.goto(`${this.url}/sources/${this.source}/meshes/${this.mesh}/topology${query}`);
    await this.live();
    await this.page.locator('.react-flow__node-card').first().waitFor();
  }

  /** Opens the screen with a router's route in the inspector. */
  async openRoute(router: string, route: string): Promise<void> {
    await this.open(`?selected=router:${router}&route=${route}`);
    await expect(this.editor(route)).toBeVisible();
  }

  async live(): Promise<void> {
    await expect(this.connection).toHaveAttribute('data-phase', 'live');
  }

  /** A card by its key, such as `router:shop/cart`. */
  card(key: string): Locator {
    return this.page.locator(`.react-flow__node[data-id="${key}"]`);
  }

  /** Where every card stands on the canvas, whatever the camera does. */
  async places(): Promise<Record<string, Place>> {
    const places = await this.page.locator('.react-flow__node').evaluateAll((nodes) =>
      nodes.map((node) => {
        const { m41, m42 } = new DOMMatrix(getComputedStyle(node).transform);
        return [node.getAttribute('data-id') ?? '', { x: m41, y: m42 }] as const;
      }),
    );
    return Object.fromEntries(places);
  }

  /** How the camera stands. */
  camera(): Promise<string> {
    return this.page
      .locator('.react-flow__viewport')
      .evaluate((viewport) => getComputedStyle(viewport).transform);
  }

  /** Pairs of cards that stand on each other. */
  async overlaps(): Promise<string[]> {
    return this.page.locator('.react-flow__node-card, .react-flow__node-mark').evaluateAll((cards) => {
      const boxes = cards.map((card) => {
        const { m41: x, m42: y } = new DOMMatrix(getComputedStyle(card).transform);
        const { clientWidth: width, clientHeight: height } = card;
        return { id: card.getAttribute('data-id') ?? '', x, y, width, height };
      });
      return boxes.flatMap((a, n) =>
        boxes
          .slice(n + 1)
          .filter(
            (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
          )
          .map((b) => `${a.id} and ${b.id}`),
      );
    });
  }

  /** The bar's handle between two targets, within a card or the inspector. */
  divider(within: Locator, left: string, right: string): Locator {
    return within.getByRole('slider', { name: `Divider between ${left} and ${right}` });
  }

  /** The editor of a route in the inspector. */
  editor(route: string): Locator {
    return this.inspector.getByRole('group', { name: `Weights of route ${route}`, exact: true });
  }

  /** The number field of a target in the inspector. */
  weight(target: string): Locator {
    return this.inspector.getByRole('textbox', { name: `Weight of ${target} in percent` });
  }

  /** Types a weight and sets it. */
  async setWeight(target: string, points: number): Promise<void> {
    await this.weight(target).fill(String(points));
    await this.weight(target).press('Enter');
  }

  /** Drags a handle by so many points of its bar. */
  async drag(handle: Locator, points: number): Promise<void> {
    const [box, track] = await Promise.all([handle.boundingBox(), handle.locator('..').boundingBox()]);
    if (!box || !track) throw new Error('the bar is not on screen');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + (track.width * points) / 200, y, { steps: 4 });
    await this.page.mouse.move(x + (track.width * points) / 100, y, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Moves a handle to a place near by with the arrow keys. */
  async nudge(handle: Locator, to: number): Promise<void> {
    const at = Number(await handle.getAttribute('aria-valuenow'));
    expect(Math.abs(at - to)).toBeLessThanOrEqual(2);
    for (let step = 0; step < Math.abs(at - to); step += 1)
      await handle.press(at > to ? 'ArrowLeft' : 'ArrowRight');
    await expect(handle).toHaveAttribute('aria-valuenow', String(to));
  }

  /** Waits for the dry run and applies what is reviewed. */
  async apply(): Promise<void> {
    await this.review.getByRole('button', { name: 'Apply', exact: true }).click();
  }
}
