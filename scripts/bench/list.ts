/**
 * Milliseconds of a page of fifty households, at 114,310 and 2.5 million households, through the HTTP door: filters, orders
 * and pages deep inside. Beside it the bare index: fifty ids in the order of one index on one connection.
 */
import { sql } from 'kysely'
import { createAsker } from './_ask.ts'
import { createRegistry, isQuick, percentile, print, runs, time, wanted } from './_common.ts'
import { fillRegistry } from './_registry.ts'

const deepPages = 200
const cases = isQuick
  ? [{ engine: 'postgres', size: 20_000, province: '31' } as const]
  : [
      { engine: 'embedded', size: 114_310, province: '31' } as const,
      { engine: 'postgres', size: 114_310, province: '31' } as const,
      { engine: 'postgres', size: 2_500_000, province: null } as const,
    ]

for (const { engine, size, province } of cases.filter(wanted)) {
  // With --keep, the one that the benchmark of progress filled is as good.
  const registry = await createRegistry(engine, `progress_${size}`)
  if (!registry.isFilled) await fillRegistry(registry.deps.database, size, province)
  const ask = createAsker(registry)
  const areas = { nation: '', province: '31', district: '3104', subdistrict: '310401', village: '31040101' }
  const filters = {
    'by name': {},
    'by name, one list': { list: 'tpmap-2565' },
    'by name, list with nobody': { list: 'vulnerable' },
    'by address': { sort: 'address' },
    'by last change': { sort: 'updated' },
  }
  for (const [level, area] of Object.entries(areas)) {
    if (level === 'nation' && province !== null) continue
    const limit = await time(runs, () =>
      sql`select id from household where area_code >= ${area} and area_code < ${`${area}~`} order by area_code, sort_key, id limit 50`.execute(
        registry.deps.database.kysely,
      ),
    )
    for (const [filter, input] of Object.entries(filters)) {
      await time(5, () => ask({ area, ...input }))
      report(`${filter}, ${level}, first page`, await time(runs, () => ask({ area, ...input })))
    }
    let cursor: string | null = null
    const pages = await time(deepPages, async () => {
      const answer: { next: string | null } = await ask({ area, cursor })
      cursor = answer.next
    })
    report(`by name, ${level}, ${deepPages} pages one after another`, pages)

    function report(what: string, milliseconds: readonly number[]): void {
      for (const [name, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
      ] as const) {
        const figure = percentile(milliseconds, share)
        print({
          bench: 'list',
          case: `${what}, ${name}`,
          engine,
          size,
          figure,
          unit: 'ms',
          limit: percentile(limit, share),
        })
      }
    }
  }
  await registry.close()
}
