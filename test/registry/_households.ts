/** Households put straight into the tables, for tests that are about what is counted and not about how they came in. */
import type { Database } from '../../src/server/db/database.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { newId } from '../../src/server/ids.ts'
import { rebuildFigures } from '../../src/server/queries/figures.ts'

export interface PlantedHousehold {
  area: string
  lists: readonly string[]
  persons?: number
  state?: 'active' | 'merged' | 'withdrawn'
}

/** Stores households with their listings and members and counts their provinces. @returns their ids in order */
export async function plantHouseholds(database: Database, households: readonly PlantedHousehold[]): Promise<string[]> {
  const now = new Date('2022-12-20T03:00:00Z')
  const ids: string[] = []
  await inTransaction(database, 'program', async (tx) => {
    for (const { area, lists, persons = 2, state = 'active' } of households) {
      const id = newId()
      ids.push(id)
      const key = { province_code: Number(area.slice(0, 2)), area_code: area }
      await tx
        .insertInto('household')
        .values({
          ...key,
          id,
          state,
          as_of: '2022-12-09',
          list_set: [...lists].toSorted().join(','),
          member_count: persons,
          created_at: now,
          updated_at: now,
        })
        .execute()
      for (const list of lists) {
        await tx
          .insertInto('listing')
          .values({ ...key, id: newId(), household_id: id, list_code: list, list_date: '2022-12-09', created_at: now })
          .execute()
      }
      for (let position = 1; position <= persons; position += 1) {
        await tx
          .insertInto('member')
          .values({
            ...key,
            id: newId(),
            household_id: id,
            position,
            first_name: 'สมชาย',
            name_key: 'สมชาย',
            created_at: now,
            updated_at: now,
          })
          .execute()
      }
    }
    for (const province of new Set(households.map(({ area }) => Number(area.slice(0, 2))))) {
      await rebuildFigures(tx, province)
    }
  })
  return ids
}
