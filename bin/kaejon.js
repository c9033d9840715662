#!/usr/bin/env node
// The command line: the built program, or in development the source itself.
import { existsSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
const built = new URL('../dist/server/cli.js', import.meta.url)
const source = new URL('../src/server/cli.ts', import.meta.url)

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Kaejon needs Node 20.19 or newer; this is ${process.versions.node}.\n`)
  process.exitCode = 1
} else if (existsSync(built)) {
  await import(built.href)
} else if (!(await runSource())) {
  process.stderr.write(
    'โปรแกรมยังไม่ได้ประกอบ กรุณาสั่ง npm ci แล้ว npm run build ก่อน\nThe program is not built yet: run npm ci, then npm run build.\n',
  )
  process.exitCode = 1
}

/** Runs the TypeScript as it stands, where the development tools are installed. */
async function runSource() {
  if (!existsSync(source)) return false
  let tsx
  try {
    tsx = await import('tsx/esm/api')
  } catch {
    return false
  }
  tsx.register()
  await import(source.href)
  return true
}
