/**
 * Milliseconds of a search by a part of a name, at 114,310 and 2.5 million households, through the HTTP door. Beside it the
 * bare index: the same LIKE with LIMIT 50 on one connection.
 */
import pg from 'pg'
import { sql } from 'kysely'
import { likePattern } from '../../src/domain/search.ts'
import { nameKey } from '../../src/domain/thai/key.ts'
import { createRandom } from '../../src/practice/random.ts'
import { createAsker } from './_ask.ts'
import { createRegistry, isQuick, percentile, print, runs, time, wanted } from './_common.ts'
import { fillRegistry, namesOf } from './_registry.ts'

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
  const { given, surnames } = namesOf(size)
  if (!registry.isFilled) await fillRegistry(registry.deps.database, size, province)
  const ask = createAsker(registry)
  const random = createRandom('search', size)
  const part = (name: string, length: number) => {
    const key = nameKey(name)
    return key.slice(Math.max(0, Math.floor((key.length - length) / 2))).slice(0, length)
  }
  const words: Record<string, () => string> = {
    'given name': () => random.pick(given),
    surname: () => random.pick(surnames),
    'given name and surname': () => `${random.pick(given)} ${random.pick(surnames)}`,
    'part of a surname, 4 letters': () => part(random.pick(surnames), 4),
    'part of a surname, 3 letters': () => part(random.pick(surnames), 3),
    'first 2 letters': () => nameKey(random.pick(surnames)).slice(0, 2),
    'no such name': () => `${part(random.pick(surnames), 3)}ฮฬฆ`,
    'house number alone': () => String(1 + random.below(300)),
    'house number with a stroke': () => `${1 + random.below(300)}/${1 + random.below(9)}`,
  }
  const areas = { nation: '', province: '31', district: '3104', subdistrict: '310401' }
  for (const [level, area] of Object.entries(areas)) {
    if (level === 'nation' && province !== null) continue
    for (const [kind, word] of Object.entries(words)) {
      const searches = Array.from({ length: runs }, word)
      await time(10, (run) => ask({ area, search: searches[run] }))
      const milliseconds = await time(runs, (run) => ask({ area, search: searches[run] }))
      const limit = await bareIndex(searches, area)
      for (const [name, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
      ] as const) {
        print({
          bench: 'search',
          case: `${kind}, ${level}, ${name}`,
          engine,
          size,
          figure: percentile(milliseconds, share),
          unit: 'ms',
          limit: percentile(limit, share),
        })
      }
    }
  }
  await registry.close()

  async function bareIndex(searches: readonly string[], area: string): Promise<number[]> {
    const patterns = searches.map((text) => likePattern(nameKey(text)))
    const statement = `select id from household where search_text like $1 and area_code >= $2 and area_code < $3 limit 50`
    if (registry.url === null) {
      return time(runs, (run) =>
        sql`select id from household where search_text like ${patterns[run]} and area_code >= ${area} and area_code < ${`${area}~`} limit 50`.execute(
          registry.deps.database.kysely,
        ),
      )
    }
    const client = new pg.Client({ connectionString: registry.url })
    await client.connect()
    const milliseconds = await time(runs, (run) => client.query(statement, [patterns[run], area, `${area}~`]))
    await client.end()
    return milliseconds
  }
}
