import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Processes, not threads: a test may start threads, exit them and count them.
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // A test that passes the second time has found a bug.
    retry: 0,
    reporters: ['default', './scripts/tally-reporter.ts'],
    server: {
      deps: {
        // Tests are users: what they import by name is the build, loaded by Node and not rewritten.
        external: [/\/packages\/runtime\/dist\//],
      },
    },
    // `vitest --coverage` sees what unit tests import, which is src. `pnpm coverage` sees the build, in every
    // process and thread: what is external here is transformed there, and its counters no longer fit.
    coverage: {
      provider: 'v8',
      include: ['packages/runtime/src/**/*.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
});
