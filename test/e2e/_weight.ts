/** What the field app weighs on the wire. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * In thousands of bytes, compressed: all scripts that a phone keeps, the worker included, and beside them what only a browser
 * keeps that reads no QR codes itself.
 */
export function weigh(): { kilobytes: number; files: number; detector: number } {
  const folder = 'dist/web'
  const worker = readFileSync(join(folder, 'service-worker.js'), 'utf8')
  const kept = [...worker.matchAll(/\/(assets\/[^`"']+\.js|schemas\.js)/g)].map(([, name]) => name!)
  const names = [...new Set([...kept, 'service-worker.js'])]
  const weight = (some: string[]) =>
    some.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0) / 1000
  const always = names.filter((name) => !name.startsWith('assets/ownDetector-'))
  return {
    kilobytes: weight(always),
    files: always.length,
    detector: weight(names.filter((name) => !always.includes(name))),
  }
}
