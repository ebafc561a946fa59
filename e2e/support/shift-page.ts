/** The page of one TrafficShift as a user finds it. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export class ShiftPage {
  readonly region: Locator;
  readonly steps: Locator;
  /** What was judged, newest first; the first row is the head. */
  readonly verdicts: Locator;

  constructor(
    readonly page: Page,
    private readonly url: string,
    readonly name: string,
  ) {
    this.region = page.getByRole('region', { name: `Traffic shift ${name}` });
    this.steps = this.region.getByRole('list', { name: 'Steps' }).getByRole('listitem');
    this.verdicts = this.region.getByRole('region', { name: 'Verdicts' }).getByRole('row');
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.url}/sources/sandbox/shifts/shop/${this.name}`);
    await this.region.waitFor();
  }

  /** Waits until the badge tells this phase. */
  async phase(phase: string, timeout?: number): Promise<void> {
    // Other attempts on the route have badges of their own, further down.
    const badge = this.region.locator('[data-tone]').first();
    await expect(badge).toHaveText(new RegExp(`^\\W+${phase}$`), timeout === undefined ? {} : { timeout });
  }

  /** Waits until a step, counted from 0, has at least begun. */
  async reached(step: number, timeout: number): Promise<void> {
    await expect(this.steps.nth(step)).toHaveAttribute('data-state', /^(current|done|left)$/, { timeout });
  }

  /** A control that is done at once, or after one more question. */
  async control(name: string): Promise<void> {
    await this.region.getByRole('button', { name, exact: true }).click();
  }
}
