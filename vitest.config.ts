import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const REPLACES_MODULES = ['lib/server/weights/audit.test.ts'];

export default defineConfig({
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('.', import.meta.url)),
      'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url)),
    },
  },
  test: {
    environment: 'node',
    restoreMocks: true,
    // Many wait for a process of their own: on two cores, two at a time take little more than half as long as one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A file that replaces modules has them to itself; the others share what they load, which takes a third of the time.
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['{lib,components,sandbox,bin,app,engine}/**/*.test.{ts,tsx}'],
          exclude: REPLACES_MODULES,
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: REPLACES_MODULES } },
    ],
  },
});
