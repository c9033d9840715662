import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Files that need a database name their engine in the report; browser tests run by their own command.
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    setupFiles: ['test/support/threads.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // As patient as the browser tests: a second is what the library would wait.
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
})
