/** The backends screen as a user finds it: by names and roles. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export class BackendsPage {
  readonly grid: Locator;
  readonly review: Locator;

  constructor(
    readonly page: Page,
    private readonly url: string,
    private readonly mesh = 'shop',
  ) {
    this.grid = page.getByRole('grid');
    this.review = page.getByRole('dialog');
  }

  /** Opens the matrix at a cell and waits until it is live. */
  async open(node: string, service: string): Promise<void> {
    const query = new URLSearchParams({ from: `node:${node}`, to: `service:${service}` });
    await this.page.goto(`${this.url}/sources/sandbox/meshes/${this.mesh}/backends?${query}`);
    await expect(this.page.locator('[data-phase]')).toHaveAttribute('data-phase', 'live');
    await expect(this.cell(node, service)).toBeVisible();
  }

  cell(node: string, service: string): Locator {
    return this.grid.getByRole('gridcell', { name: new RegExp(`^${node} to ${service}:`) });
  }

  /** Reviews the draft and waits for the cluster's word. */
  async openReview(): Promise<void> {
    await this.page.getByRole('button', { name: 'Review…' }).click();
    await expect(this.review.getByText('Would be taken').first()).toBeVisible();
  }

  async apply(): Promise<void> {
    await this.review.getByRole('button', { name: 'Apply' }).click();
  }
}
