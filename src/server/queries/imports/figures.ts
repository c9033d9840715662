/** Rows of a batch per village and verdict: the queue's areas and the overview's invalid and waiting rows. */
import { sql, type RawBuilder } from 'kysely'
import { areaRange, provinceOf } from '../../../domain/area.ts'
import { correctedMark, mostDaysKept } from '../../../domain/import/keeping.ts'
import type { Verdict } from '../../../domain/import/verdict.ts'
import type { Db, Tx } from '../../db/database.ts'

/** Counts the batch anew. */
export async function rebuildImportFigures(tx: Tx, batchId: string, listCode: string): Promise<void> {
  await sql`delete from import_figure where batch_id = ${batchId}`.execute(tx)
  await sql`insert into import_figure (province_code, batch_id, area_code, list_code, verdict, waiting, rows)
    select province_code, batch_id, area_code, ${listCode}, verdict, waiting, count(*)
    from row_verdict where batch_id = ${batchId}
    group by province_code, batch_id, area_code, verdict, waiting`.execute(tx)
}

/** Takes one from the waiting rows of each (village, verdict) given, or adds one where `by` is positive. */
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

/** The two numbers of the overview that count rows of imports. */
export type CountedRows = 'invalid' | 'waiting'

/**
 * Rows that the overview counts in an area, as (batch_id, area_code, kind, rows): why these, says
 * docs/decisions/0016-rows-of-imports.md.
 */
export function countedRows(area: string, now: Date): RawBuilder<unknown> {
  const { from, to } = areaRange(area)
  const ofProvince = area === '' ? sql`` : sql`and figure.province_code = ${provinceOf(area)}`
  const lookedAtSince = new Date(now.getTime() - mostDaysKept * 24 * 60 * 60 * 1000)
  const isEntered = (batch: string) => sql`${sql.ref(`${batch}.state`)} in ('committing', 'committed')`
  const isLive = (batch: string) => sql`(${isEntered(batch)}
    or (${sql.ref(`${batch}.state`)} = 'reviewing' and ${sql.ref(`${batch}.updated_at`)} > ${lookedAtSince}))`
  // Browsers number a file that is downloaded twice.
  const isCorrection = sql`regexp_replace(newer.file_name, '( ?\\([0-9]+\\))?\\.[^.]+$', '')
    = regexp_replace(batch.file_name, '\\.[^.]+$', '') || ${correctedMark}::text`
  return sql`
    select figure.batch_id, figure.area_code, kind, figure.rows
    from import_figure figure
    join import_batch batch on batch.id = figure.batch_id and ${isLive('batch')}
    cross join lateral (values ('invalid', figure.verdict = 'invalid'), ('waiting', figure.waiting and batch.elsewhere <> 'held')) as kinds(kind, is_kind)
    where is_kind and figure.rows > 0 and figure.area_code >= ${from} and figure.area_code < ${to} ${ofProvince}
      and not exists (
        select 1 from import_batch batch join import_batch newer on newer.list_code = batch.list_code
          and newer.mapping->>'sheet' = batch.mapping->>'sheet' and (newer.created_at, newer.id) > (batch.created_at, batch.id)
        where batch.id = figure.batch_id and starts_with(figure.area_code, newer.area_code)
          and ((newer.file_digest = batch.file_digest and ${isLive('newer')})
            or (kind = 'invalid' and ${isEntered('newer')} and ${isCorrection})))`
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
