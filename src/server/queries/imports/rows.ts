/** Rows of a batch with their verdicts, for the queue and the lists beside it. */
import { sql } from 'kysely'
import { areaRange } from '../../../domain/area.ts'
import type { Fault } from '../../../domain/import/staged.ts'
import type { Decision, Verdict, VerdictReason } from '../../../domain/import/verdict.ts'
import type { Db, Tx } from '../../db/database.ts'

export interface StoredVerdict {
  province_code: number
  row_number: number
  area_code: string
  verdict: Verdict
  reason: VerdictReason
  score: number | null
  candidate_id: string | null
  /** Where the candidate stands; null when there is none, or the person's wall hides it. */
  candidate_area: string | null
  candidate_centre: string | null
  duplicate_of: number | null
  waiting: boolean
  decision: Decision | null
  decided_by: string | null
  decided_at: Date | null
  household_id: string | null
  committed_at: Date | null
}

export interface RowFilter {
  verdict?: string | undefined
  reason?: string | undefined
  /** Only rows inside one of these. */
  areas: readonly string[]
  areaCode?: string | undefined
  waiting?: boolean | undefined
  afterRow: number
  limit: number
}

export async function listVerdicts(db: Db, batchId: string, filter: RowFilter): Promise<StoredVerdict[]> {
  let query = db
    .selectFrom('row_verdict as v')
    .leftJoin('account as a', 'a.id', 'v.decided_by')
    .leftJoin('household as h', (join) =>
      join.onRef('h.province_code', '=', 'v.province_code').onRef('h.id', '=', 'v.candidate_id'),
    )
    .select([
      'v.province_code',
      'v.row_number',
      'v.area_code',
      'v.verdict',
      'v.reason',
      'v.score',
      'v.candidate_id',
      'h.area_code as candidate_area',
      'h.centre_id as candidate_centre',
      'v.duplicate_of',
      'v.waiting',
      'v.decision',
      'a.name as decided_by',
      'v.decided_at',
      'v.household_id',
      'v.committed_at',
    ])
    .where('v.batch_id', '=', batchId)
    .where('v.row_number', '>', filter.afterRow)
    .where(inAreas(filter.areas))
  if (filter.areaCode !== undefined) query = query.where(inAreas([filter.areaCode]))
  if (filter.verdict !== undefined) query = query.where('v.verdict', '=', filter.verdict)
  if (filter.reason !== undefined) query = query.where('v.reason', '=', filter.reason)
  if (filter.waiting !== undefined) query = query.where('v.waiting', '=', filter.waiting)
  // Only such rows can wait; naming them lets the index of the queue be used.
  if (filter.waiting === true) query = query.where('v.verdict', 'in', ['match', 'conflict'])
  return (await query.orderBy('v.row_number').limit(filter.limit).execute()) as StoredVerdict[]
}

function inAreas(areas: readonly string[]) {
  if (areas.length === 0) return sql<boolean>`false`
  const ranges = areas.map((area) => {
    const { from, to } = areaRange(area)
    return sql`(v.area_code >= ${from} and v.area_code < ${to})`
  })
  return sql<boolean>`(${sql.join(ranges, sql` or `)})`
}

export interface StagedPerson {
  leader_row: number
  row_number: number
  province_code: number
  area_code: string
  village_name: string | null
  house_code: string | null
  family_number: string | null
  house_number: string | null
  lane: string | null
  road: string | null
  phone: string | null
  stated_members: number | null
  note: string | null
  position: number | null
  relation: string | null
  title: string | null
  first_name: string | null
  last_name: string | null
  national_id_hash: Uint8Array | null
  national_id_cipher: Uint8Array | null
  sex: string | null
  birth_date: string | null
  birth_precision: string | null
  occupation: string | null
  annual_income: number | null
  latitude: number | null
  longitude: number | null
  faults: readonly Fault[] | null
}

const stagedPersonColumns = sql`leader_row, row_number, province_code, area_code, village_name, house_code, family_number, house_number,
  lane, road, phone, stated_members, note, position, relation, title, first_name, last_name, national_id_hash,
  national_id_cipher, sex, birth_date, birth_precision, occupation, annual_income, latitude, longitude, faults`

/** The leading rows given and every row that follows one of them, in order. */
export async function readStaged(db: Db, batchId: string, leaders: readonly number[]): Promise<StagedPerson[]> {
  const { rows } = await sql<StagedPerson>`
    select ${stagedPersonColumns} from source_row
    where batch_id = ${batchId} and row_number = any(${[...leaders]}::int[])
    union all
    select ${stagedPersonColumns} from source_row
    where batch_id = ${batchId} and leader_row = any(${[...leaders]}::int[]) and leader_row <> row_number and not invalid
    order by 1, 2`.execute(db)
  return rows
}

export interface CandidateHousehold {
  id: string
  area_code: string
  centre_id: string | null
  house_code: string | null
  family_number: string | null
  house_number: string | null
  lane: string | null
  road: string | null
  phone: string | null
  latitude: number | null
  longitude: number | null
  stated_members: number | null
  note: string | null
  list_set: string
  as_of: string
  trust: number
  village_name: string | null
}

export async function readCandidates(
  db: Db,
  keys: readonly { province: number; id: string }[],
): Promise<CandidateHousehold[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<CandidateHousehold>`
    select h.id, h.area_code, h.centre_id, h.house_code, h.family_number, h.house_number, h.lane, h.road, h.phone, h.latitude,
      h.longitude, h.stated_members, h.note, h.list_set, h.as_of, h.trust,
      (select a.name_th from area a where a.code = h.area_code order by a.valid_from desc limit 1) as village_name
    from household h
    where h.province_code = any(${[...new Set(keys.map(({ province }) => province))]}::int[])
      and h.id = any(${keys.map(({ id }) => id)}::uuid[])`.execute(db)
  return rows
}

export interface CandidateMember {
  household_id: string
  position: number
  relation: string | null
  title: string | null
  first_name: string
  last_name: string | null
  national_id_hash: Uint8Array | null
  national_id_cipher: Uint8Array | null
  sex: string | null
  birth_date: string | null
  birth_precision: string | null
  occupation: string | null
  annual_income: number | null
}

export async function readCandidateMembers(
  db: Db,
  keys: readonly { province: number; id: string }[],
): Promise<CandidateMember[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<CandidateMember>`
    select household_id, position, relation, title, first_name, last_name, national_id_hash, national_id_cipher, sex,
      birth_date, birth_precision, occupation, annual_income
    from member
    where province_code = any(${[...new Set(keys.map(({ province }) => province))]}::int[])
      and household_id = any(${keys.map(({ id }) => id)}::uuid[]) and state = 'active'
    order by household_id, position, id`.execute(db)
  return rows
}

/** Verdicts of some rows, held until the transaction ends. */
export async function lockVerdicts(tx: Tx, batchId: string, rows: readonly number[]): Promise<StoredVerdict[]> {
  const { rows: found } = await sql<StoredVerdict>`
    select v.province_code, v.row_number, v.area_code, v.verdict, v.reason, v.score, v.candidate_id,
      h.area_code as candidate_area, h.centre_id as candidate_centre, v.duplicate_of, v.waiting, v.decision,
      v.decided_by, v.decided_at, v.household_id, v.committed_at
    from row_verdict v left join household h on h.province_code = v.province_code and h.id = v.candidate_id
    where v.batch_id = ${batchId} and v.row_number = any(${[...rows]}::int[]) order by v.row_number for update of v`.execute(
    tx,
  )
  return found
}

/** Numbers of waiting rows of one kind, at most `limit`. */
export async function findWaiting(
  tx: Tx,
  batchId: string,
  filter: {
    verdict?: string | undefined
    reason?: string | undefined
    areas: readonly string[]
    areaCode?: string | undefined
    leastScore?: number | undefined
    mostScore?: number | undefined
  },
  limit: number,
): Promise<number[]> {
  let query = tx
    .selectFrom('row_verdict as v')
    .select('v.row_number')
    .where('v.batch_id', '=', batchId)
    .where('v.waiting', '=', true)
    .where('v.verdict', 'in', filter.verdict === undefined ? ['match', 'conflict'] : [filter.verdict])
    .where(inAreas(filter.areas))
  if (filter.areaCode !== undefined) query = query.where(inAreas([filter.areaCode]))
  if (filter.reason !== undefined) query = query.where('v.reason', '=', filter.reason)
  if (filter.leastScore !== undefined) query = query.where('v.score', '>=', filter.leastScore)
  if (filter.mostScore !== undefined) query = query.where('v.score', '<=', filter.mostScore)
  const rows = await query.orderBy('v.row_number').limit(limit).execute()
  return rows.map((row) => row.row_number)
}

/** Stores a decision, or takes it back with null: the row then waits again if it did before. */
export async function storeDecision(
  tx: Tx,
  batchId: string,
  rows: readonly number[],
  decision: Decision | null,
  by: string,
  now: Date,
): Promise<void> {
  if (rows.length === 0) return
  await sql`update row_verdict set decision = ${decision}, decided_by = ${decision === null ? null : by}::uuid,
      decided_at = ${decision === null ? null : now}::timestamptz,
      waiting = ${decision === null} and verdict in ('match', 'conflict') and household_id is null
    where batch_id = ${batchId} and row_number = any(${[...rows]}::int[])`.execute(tx)
}

/** Rows that were decided and are not yet in the registry. */
export interface DecisionCounts {
  /** To be taken in. */
  decided: number
  /** Left out. */
  rejected: number
  /** Of both, those that the rules would take in, or would let wait, without the decision. */
  instead: number
}

export async function countDecisions(db: Db, batchId: string): Promise<DecisionCounts> {
  const { rows } = await sql<DecisionCounts>`select (count(*) filter (where decision <> 'reject'))::int as decided,
      (count(*) filter (where decision = 'reject'))::int as rejected,
      (count(*) filter (where verdict not in ('duplicate', 'invalid')))::int as instead
    from row_verdict where batch_id = ${batchId} and decision is not null and committed_at is null`.execute(db)
  return rows[0]!
}

/** Rows left out of the registry: invalid, or rejected by a person; with what was wrong. */
export async function readRejects(
  db: Db,
  batchId: string,
): Promise<{ row_number: number; faults: readonly Fault[] | null }[]> {
  const { rows } = await sql<{ row_number: number; faults: readonly Fault[] | null }>`
    select s.row_number, s.faults from row_verdict v
      join source_row s on s.batch_id = v.batch_id and s.row_number = v.row_number and s.province_code = v.province_code
    where v.batch_id = ${batchId} and v.verdict not in ('new', 'same') and (v.verdict = 'invalid' or v.decision = 'reject')
    union all
    select s.row_number, s.faults from row_verdict v
      join source_row s on s.batch_id = v.batch_id and s.row_number = v.row_number and s.province_code = v.province_code
    where v.batch_id = ${batchId} and v.verdict = 'new' and v.decision = 'reject'
    order by 1`.execute(db)
  return rows
}

/** Households per area one level below, and verdict; with the area's name. */
export async function readAreaCounts(
  db: Db,
  batchId: string,
  areas: readonly string[],
  within: string,
  digits: number,
): Promise<
  {
    area_code: string
    name_th: string | null
    name_en: string | null
    verdict: Verdict
    waiting: boolean
    rows: number
  }[]
> {
  const { rows } = await sql<{
    area_code: string
    name_th: string | null
    name_en: string | null
    verdict: Verdict
    waiting: boolean
    rows: number
  }>`
    select counted.*, a.name_th, a.name_en from (
      select left(v.area_code, ${digits}) as area_code, v.verdict, v.waiting, sum(v.rows)::int as rows
      from import_figure v where v.batch_id = ${batchId} and ${inAreas(areas)} and ${inAreas([within])}
      group by 1, 2, 3 having sum(v.rows) > 0) counted
      left join lateral (select name_th, name_en from area where area.code = counted.area_code
        order by valid_from desc limit 1) a on true
    order by counted.area_code`.execute(db)
  return rows
}
