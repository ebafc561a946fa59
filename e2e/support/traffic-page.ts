/** The Traffic screen as a user finds it. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export class TrafficPage {
  readonly table: Locator;
  readonly review: Locator;
  readonly search: Locator;

  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    this.table = page.getByRole('table', { name: 'Traffic' });
    this.review = page.getByRole('dialog');
    this.search = page.getByRole('combobox', { name: 'Find routes' });
  }

  /** Opens the screen; `q` is an expression of the find language. */
  async open(q = ''): Promise<void> {
    await this.page.goto(`${this.url}/traffic${q === '' ? '' : `?q=${encodeURIComponent(q)}`}`);
    await this.table.waitFor();
  }

  /** A row by `namespace/router / route`. */
  row(name: string): Locator {
    return this.table.getByRole('row').filter({ has: this.opener(name) });
  }

  opener(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async pick(...names: string[]): Promise<void> {
    for (const name of names) await this.row(name).getByRole('checkbox').check();
  }

  /** Picks routes and reviews that each gives its targets alike; waits for what the cluster says to it. */
  async reviewEven(...names: string[]): Promise<void> {
    await this.pick(...names);
    await this.page.getByRole('button', { name: 'Even…' }).click();
    await expect(this.review.getByText('Would be taken').first()).toBeVisible();
  }

  /** Confirms what is asked for, and applies. */
  async apply(): Promise<void> {
    await this.review.getByRole('checkbox', { name: /^Move \d+ points at once$/ }).check();
    await this.review.getByRole('button', { name: 'Apply', exact: true }).click();
  }

  /** What is said of one router in the review. */
  write(router: string): Locator {
    return this.review.locator('ol > li').filter({ has: this.page.getByText(router, { exact: true }) });
  }

  undo(): Locator {
    return this.review.getByRole('button', { name: /^Undo/ });
  }
}
