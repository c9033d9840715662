/** Choosing the areas of a phone in a country of 75,000 villages: a level opened, and a common name looked for. */
import { areaChildren, areaSearch } from '../../src/contract/areas.ts'
import { wordsKey } from '../../src/domain/thai/key.ts'
import { areaDirectory } from '../../src/server/areas/directory.ts'
import type { Tx } from '../../src/server/db/database.ts'
import { putAreas } from '../../src/server/queries/areas.ts'
import { runs, time, type BenchRegistry } from './_common.ts'

const day = '2026-01-01'
const villagesEach = 10
const names = ['บ้านใหม่', 'หนองบัว', 'โคกสูง', 'ดอนแดง', 'หนองไผ่', 'โนนสวรรค์', 'ท่าม่วง', 'สระแก้ว', 'นาดี', 'ป่าแดง']

/** Answers how many villages there are now. */
export async function fillVillages(registry: BenchRegistry): Promise<number> {
  const below = (codes: readonly string[]) =>
    codes.flatMap((code) => areaDirectory().children(code, day)).map(({ code }) => code)
  const subdistricts = below(below(below([''])))
  const villages = subdistricts.flatMap((code) =>
    Array.from({ length: villagesEach }, (_, index) => {
      const nameTh = names[index % names.length]!
      const number = String(index + 1).padStart(2, '0')
      const known = { nameTh, nameEn: null, nameKey: wordsKey(nameTh), validFrom: day, validTo: null }
      return { code: code + number, ...known, origin: 'import' as const }
    }),
  )
  const { kysely } = registry.deps.database
  await kysely.transaction().execute((tx) => putAreas(tx as unknown as Tx, villages))
  return villages.length
}

/** Milliseconds of each answer, for a person of two subdistricts: the search is one question for each. */
export async function timeChoosing(
  ask: (method: 'GET' | 'POST', path: string, input: Record<string, unknown>) => Promise<unknown>,
): Promise<{ level: number[]; name: number[] }> {
  const levels = ['31', '3104', '310401', '310702']
  const reach = ['310401', '310702']
  const open = (run: number) => ask('GET', `${areaChildren.path}?area=${levels[run % levels.length]!}`, {})
  const find = (run: number) =>
    Promise.all(
      reach.map((within) =>
        ask('POST', areaSearch.path, {
          text: names[run % names.length]!,
          within,
          levels: ['district', 'subdistrict', 'village'],
          limit: 30,
        }),
      ),
    )
  await time(5, open)
  await time(5, find)
  return { level: await time(runs, open), name: await time(runs, find) }
}
