/** Rows of a batch per subdistrict and verdict: the queue's areas and the overview's invalid and waiting rows. */
import { sql } from 'kysely'
import type { Verdict } from '../../../domain/import/verdict.ts'
import type { Db, Tx } from '../../db/database.ts'

/** Counts the batch anew; for all of it, or for some subdistricts after a decision. */
export async function rebuildImportFigures(
  tx: Tx,
  batchId: string,
  listCode: string,
  subdistricts?: readonly string[],
): Promise<void> {
  const some = subdistricts ? sql`and area_code = any(${[...subdistricts]}::text[])` : sql``
  const someRows = subdistricts ? sql`and left(area_code, 6) = any(${[...subdistricts]}::text[])` : sql``
  // New and same rows never change by a decision, except that a new one may be rejected, which keeps its verdict.
  await sql`delete from import_figure where batch_id = ${batchId} ${some}`.execute(tx)
  await sql`insert into import_figure (province_code, batch_id, area_code, list_code, verdict, waiting, rows)
    select province_code, batch_id, left(area_code, 6), ${listCode}, verdict, waiting, count(*)
    from row_verdict where batch_id = ${batchId} ${someRows}
    group by province_code, batch_id, left(area_code, 6), verdict, waiting`.execute(tx)
}

/** Takes one from the waiting rows of each (subdistrict, verdict) given, or adds one where `by` is positive. */
export async function moveWaiting(
  tx: Tx,
  batchId: string,
  listCode: string,
  moves: readonly { province: number; area: string; verdict: string; by: number }[],
): Promise<void> {
  if (moves.length === 0) return
  await sql`insert into import_figure as f (province_code, batch_id, area_code, list_code, verdict, waiting, rows)
    select m.province, ${batchId}::uuid, m.area, ${listCode}, m.verdict, side.waiting, sum(case when side.waiting then m.by else -m.by end)
    from jsonb_to_recordset(${JSON.stringify(moves)}::text::jsonb) as m (province smallint, area text, verdict text, by integer)
      cross join (values (true), (false)) as side (waiting)
    group by 1, 3, 5, 6 order by 1, 3, 5, 6
    on conflict (province_code, batch_id, area_code, verdict, waiting) do update set rows = f.rows + excluded.rows`.execute(
    tx,
  )
}

/** An undone batch waits for nobody and refuses nothing any more. */
export async function removeImportFigures(tx: Tx, batchId: string): Promise<void> {
  await tx.deleteFrom('import_figure').where('batch_id', '=', batchId).execute()
}

export interface VerdictCounts {
  households: number
  waiting: number
  verdicts: Partial<Record<Verdict, number>>
}

export async function countVerdicts(db: Db, batchId: string): Promise<VerdictCounts> {
  const rows = await db
    .selectFrom('import_figure')
    .select(['verdict', 'waiting'])
    .select((select) => select.fn.sum<number>('rows').as('rows'))
    .where('batch_id', '=', batchId)
    .groupBy(['verdict', 'waiting'])
    .execute()
  const verdicts: Partial<Record<Verdict, number>> = {}
  let households = 0
  let waiting = 0
  for (const row of rows) {
    const count = Number(row.rows)
    verdicts[row.verdict as Verdict] = (verdicts[row.verdict as Verdict] ?? 0) + count
    households += count
    if (row.waiting) waiting += count
  }
  return { households, waiting, verdicts }
}
