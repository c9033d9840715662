/** Once for all browser tests: the pages as they are released, built into a folder of their own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    builtPages: string
  }
}

export default async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'kaejon-web-'))
  await build({ mode: 'test', logLevel: 'error', build: { outDir: folder } })
  provide('builtPages', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
