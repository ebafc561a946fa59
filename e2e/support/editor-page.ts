/** The editor of a node's backends as a user finds it: by names and roles. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export class EditorPage {
  readonly yaml: Locator;
  readonly review: Locator;
  readonly reviewButton: Locator;

  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    this.yaml = page.getByRole('textbox', { name: 'YAML' });
    this.review = page.getByRole('dialog');
    this.reviewButton = page.getByRole('button', { name: 'Review…' });
  }

  /** Opens the editor of a node, at one of its entries, and waits until it is live. */
  async open(node: string, service?: string): Promise<void> {
    const query = new URLSearchParams({ edit: `node:${node}` });
    if (service !== undefined) query.set('to', `service:${service}`);
    await this.page.goto(`${this.url}/sources/sandbox/meshes/shop/backends?${query}`);
    await expect(this.page.locator('[data-phase]')).toHaveAttribute('data-phase', 'live');
    await expect(this.yaml).toBeVisible();
  }

  /** An entry of the form, by what it names. */
  entry(name: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${name} `) });
  }

  async add(what: 'backend' | 'backend group', name: string): Promise<void> {
    const field = this.page.getByRole('combobox', { name: `Add a ${what}`, exact: true });
    await field.fill(name);
    await field.press('Enter');
  }

  /** Reviews the draft and waits for the cluster's word. */
  async openReview(word = 'Would be taken'): Promise<void> {
    await this.reviewButton.click();
    await expect(this.review.getByText(word).first()).toBeVisible();
  }

  async apply(): Promise<void> {
    await this.review.getByRole('button', { name: 'Apply' }).click();
    await expect(this.review.getByText('All 1 node applied.')).toBeVisible();
  }

  async closeReview(): Promise<void> {
    await this.review.getByRole('button', { name: 'Close' }).last().click();
  }
}
