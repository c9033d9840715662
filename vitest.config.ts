import { defineConfig } from 'vitest/config'

// Its own file, so that tests run from the top folder and not from the web program's.
export default defineConfig({ test: { include: ['{src,test}/**/*.test.{ts,tsx}'] } })
