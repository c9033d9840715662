/** เมนูแก้จน: what help there is. Items are never removed: what changes gets a new row from its day on. */
import { sql } from 'kysely'
import { eligibleSchema, type Eligible, type HelpItem } from '../../domain/logbook/eligibility.ts'
import { dimensions, type Dimension } from '../../domain/logbook/entry.ts'
import type { Db, Tx } from '../db/database.ts'
import { everybody } from './rules.ts'

export interface CatalogueFacts {
  nameTh: string
  nameEn: string
  dimension: Dimension
  agency: string
  eligible: Eligible
  amountTh: string
  amountEn: string
  amountBaht: number | null
  source: string
}

export interface CatalogueRow extends CatalogueFacts {
  provinceCode: number
  code: string
  validFrom: string
  validTo: string | null
  accountId: string | null
  accountName: string | null
  updatedAt: Date
}

/** An item as a case proposes it, with its names. */
export type NamedHelpItem = HelpItem &
  Pick<CatalogueFacts, 'nameTh' | 'nameEn' | 'agency' | 'amountTh' | 'amountEn' | 'amountBaht'>

/**
 * The items that can be given in a province on a day: its own, and everybody's where it has none of that code.
 *
 * @param provinceCode two digits as a number
 * @param on common-era day
 */
export async function helpItemsIn(db: Db, provinceCode: number, on: string): Promise<NamedHelpItem[]> {
  return catalogueRows(db, provinceCode, { on })
}

/** Everything that stands in a province's catalogue; a code that the province has rows of its own for is its own. */
export async function catalogueRows(
  db: Db,
  provinceCode: number,
  only: { on?: string | undefined; dimension?: Dimension | undefined } = {},
): Promise<CatalogueRow[]> {
  let query = selectRows(db).where((check) =>
    check.or([
      check('item.province_code', '=', provinceCode),
      check.and([
        check('item.province_code', '=', everybody),
        check.not(
          check.exists(
            check
              .selectFrom('catalogue_item as own')
              .select(sql`1`.as('one'))
              .where('own.province_code', '=', provinceCode)
              .whereRef('own.code', '=', 'item.code'),
          ),
        ),
      ]),
    ]),
  )
  if (only.on !== undefined) {
    const day = only.on
    query = query
      .where('item.valid_from', '<=', day)
      .where((check) => check.or([check('item.valid_to', 'is', null), check('item.valid_to', '>=', day)]))
  }
  if (only.dimension !== undefined) query = query.where('item.dimension', '=', only.dimension)
  return (await query.execute()).map(toRow)
}

/** Every row of one code of one owner, by first day. */
export async function catalogueRowsOf(db: Db, provinceCode: number, code: string): Promise<CatalogueRow[]> {
  const rows = await selectRows(db)
    .where('item.province_code', '=', provinceCode)
    .where('item.code', '=', code)
    .execute()
  return rows.map(toRow)
}

/** Whether an owner has an item of this name that is still given on the day. */
export async function hasCatalogueName(db: Db, provinceCode: number, nameTh: string, on: string): Promise<boolean> {
  const row = await db
    .selectFrom('catalogue_item')
    .select('code')
    .where('province_code', '=', provinceCode)
    .where('name_th', '=', nameTh)
    .where((check) => check.or([check('valid_to', 'is', null), check('valid_to', '>=', on)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function selectRows(db: Db) {
  return db
    .selectFrom('catalogue_item as item')
    .leftJoin('account', 'account.id', 'item.account_id')
    .selectAll('item')
    .select('account.name as account_name')
    .orderBy('item.code')
    .orderBy('item.valid_from')
}

function toRow(row: Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number]): CatalogueRow {
  return {
    provinceCode: row.province_code,
    code: row.code,
    nameTh: row.name_th,
    nameEn: row.name_en,
    dimension: dimensions.find((one) => one === row.dimension)!,
    agency: row.agency,
    eligible: eligibleSchema.parse(row.eligible),
    amountTh: row.amount_th,
    amountEn: row.amount_en,
    amountBaht: row.amount_baht,
    source: row.source,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    accountId: row.account_id,
    accountName: row.account_name,
    updatedAt: row.updated_at,
  }
}

/** Puts a row where it belongs: a new one, or in the place of that of the same first day. */
export async function putCatalogueRow(
  tx: Tx,
  row: Omit<CatalogueRow, 'accountName' | 'updatedAt'> & { now: Date },
): Promise<void> {
  const facts = {
    name_th: row.nameTh,
    name_en: row.nameEn,
    dimension: row.dimension,
    agency: row.agency,
    eligible: JSON.stringify(row.eligible),
    amount_th: row.amountTh,
    amount_en: row.amountEn,
    amount_baht: row.amountBaht,
    source: row.source,
    valid_to: row.validTo,
    account_id: row.accountId,
    updated_at: row.now,
  }
  await tx
    .insertInto('catalogue_item')
    .values({ province_code: row.provinceCode, code: row.code, valid_from: row.validFrom, ...facts })
    .onConflict((conflict) => conflict.columns(['province_code', 'code', 'valid_from']).doUpdateSet(facts))
    .execute()
}

/** Changes of a province's catalogue come one after another, so that no two rows of an item hold on one day. */
export async function lockCatalogue(tx: Tx, provinceCode: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(2568, ${provinceCode})`.execute(tx)
}
