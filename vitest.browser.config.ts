import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A page may need a while on a busy machine; a second is what the library would wait.
    expect: { poll: { timeout: 30_000 } },
    globalSetup: 'test/e2e/_build.ts',
    pool: 'forks',
    // Each file has a browser and a server of its own, and most of a test waits for a page.
    maxWorkers: 2,
  },
})
