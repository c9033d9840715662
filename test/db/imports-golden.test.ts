/**
 * Whole files with what becomes of each row, kept beside them in test/golden/import: one folder for each case, its files
 * brought in by name order (`1-<list>.csv`). UPDATE_GOLDEN=1 writes what is found, to be read before it is kept.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportRow } from '../../src/contract/import-rows.ts'
import { bringIn, registry, rowsOf, allowPractice } from '../http/_imports.ts'
import { createWorld, engine, type World } from '../_world.ts'

const folder = fileURLToPath(new URL('../golden/import/', import.meta.url))
const cases = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))

function line(row: ImportRow): string {
  const faults = row.faults.map(({ field, fault, invalid }) => `${field}:${fault}${invalid ? '!' : ''}`).join(' ')
  const score = row.score === null ? '' : ` ${row.score}`
  return `${row.rowNumber} ${row.areaCode} ${row.verdict} ${row.reason}${score}${row.waiting ? ' waits' : ''} ${faults}`.trimEnd()
}

describe(`Whole files (${engine})`, () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
    await allowPractice(world)
  })
  afterAll(() => world.close())

  it.each(cases)('%s', async (name) => {
    for (const table of ['listing', 'member', 'fact_change', 'household', 'row_verdict', 'source_row'] as const)
      await world.database.kysely.deleteFrom(table).execute()
    const secretary = await world.person('province', '31')
    const found: string[] = []
    const files = readdirSync(join(folder, name)).filter((file) => /^[0-9]-/.test(file))
    for (const file of files.toSorted()) {
      const list = file.replace(/^[0-9]-|\.[a-z]+$/g, '')
      const batch = await bringIn(world, secretary, readFileSync(join(folder, name, file)), { list, fileName: file })
      found.push(`# ${file}`, ...(await rowsOf(world, secretary, batch.id, { limit: 100 })).map(line))
    }
    // Keyed hashes and sort keys are the machine's business.
    found.push('# registry', ...(await registry(world)).map((text) => text.replace(/\b[0-9a-f]{32}\b/g, 'id')))
    const path = join(folder, name, 'expected.txt')
    const text = `${found.join('\n')}\n`
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text)
    expect(text).toBe(readFileSync(path, 'utf8'))
  })
})
