import { defineConfig } from '@playwright/test';

const browser = process.env['MESHDECK_BROWSER'];

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/e2e',
  // Each file starts a console and a cluster of its own; two at a time is what a small machine carries.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    // Recording takes a third of the time: asked for with MESHDECK_TRACE=1 where a failure has to be looked into.
    trace: process.env['MESHDECK_TRACE'] === '1' ? 'retain-on-failure' : 'off',
    launchOptions: {
      ...(browser === undefined ? {} : { executablePath: browser }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
