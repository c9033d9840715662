/** Holds of areas: between two days no visit is due there. */
import { sql, type Selectable } from 'kysely'
import { areaPath, areaRange, provinceOf } from '../../domain/area.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

export interface StoredHold extends Selectable<Tables['duty_hold']> {
  account_name: string | null
}

/** Holds that are not over on the day, in the area and around it; the earliest first. */
export async function openHolds(db: Db, area: string, day: string): Promise<StoredHold[]> {
  const { from, to } = areaRange(area)
  const around = areaPath(area).filter((code) => code !== '')
  const ofProvince = area === '' ? sql`` : sql`and hold.province_code = ${provinceOf(area)}`
  const { rows } = await sql<StoredHold>`
    select hold.*, account.name as account_name
    from duty_hold hold left join account on account.id = hold.account_id
    where hold.ended_at is null and hold.until_on >= ${day} ${ofProvince}
      and (hold.area_code = any(${around}::text[]) or (hold.area_code >= ${from} and hold.area_code < ${to}))
    order by hold.from_on, hold.area_code, hold.id`.execute(db)
  return rows
}

/** Those that hold on the day. */
export async function holdsInForce(db: Db, area: string, day: string): Promise<StoredHold[]> {
  return (await openHolds(db, area, day)).filter(({ from_on }) => from_on <= day)
}

/** The hold, kept as it is until the transaction ends. */
export async function lockHold(tx: Tx, provinceCode: number, id: string) {
  return tx
    .selectFrom('duty_hold')
    .selectAll()
    .where('province_code', '=', provinceCode)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** @returns false when a hold of that id is already there */
export async function insertHold(tx: Tx, hold: Omit<Selectable<Tables['duty_hold']>, 'ended_at'>): Promise<boolean> {
  const result = await tx
    .insertInto('duty_hold')
    .values(hold)
    .onConflict((conflict) => conflict.columns(['province_code', 'id']).doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1
}

export async function endHold(tx: Tx, provinceCode: number, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('duty_hold')
    .set({ ended_at: now })
    .where('province_code', '=', provinceCode)
    .where('id', '=', id)
    .execute()
}
