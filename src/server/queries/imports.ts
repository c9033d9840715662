/** Batches: where each import stands on its way into the registry, and how its columns were read. */
import { sql } from 'kysely'
import type { KnownArea } from '../../domain/import/areas.ts'
import type { ColumnMapping } from '../../domain/import/field.ts'
import type { Db, Tx } from '../db/database.ts'
import type { CommitCounts } from './imports/commit.ts'
import { countedRows, type CountedRows } from './imports/figures.ts'

export interface BatchProgress {
  phase: 'detecting' | 'reading' | 'matching' | 'committing' | 'undoing'
  done: number
  total: number | null
  /** When the phase began here, ISO; and how much was done before, when it was taken up again. */
  since: string
  from: number
}

export interface BatchCountsStored {
  rows?: number
  households?: number
  verdicts?: Record<string, number>
  waiting?: number
  decided?: number
  /** Left out by a person. */
  rejected?: number
  /** What the first commit would take in. */
  ready?: number
  /** Rows that stand in the registry of another area. */
  elsewhere?: number
  faults?: Record<string, number>
}

export interface StoredBatch {
  id: string
  upload_id: string
  list_code: string
  list_name_th: string
  list_name_en: string
  list_trust: number
  list_date: string
  area_code: string
  file_name: string
  file_digest: string
  format: string | null
  mapping: ColumnMapping | null
  reach: string[]
  state: string
  progress: Partial<BatchProgress>
  counts: BatchCountsStored
  result: CommitCounts | null
  problem: { code: number; problem: string; details: Record<string, unknown> } | null
  guard_waived: boolean
  elsewhere: 'shown' | 'held' | 'waived'
  committed_through: number
  matched_at: Date | null
  account_id: string
  account_name: string
  created_at: Date
  updated_at: Date
  committed_at: Date | null
  undone_at: Date | null
}

function selectBatches(db: Db) {
  return db
    .selectFrom('import_batch as b')
    .innerJoin('target_list as l', 'l.code', 'b.list_code')
    .innerJoin('account as a', 'a.id', 'b.account_id')
    .select([
      'b.id',
      'b.upload_id',
      'b.list_code',
      'l.name_th as list_name_th',
      'l.name_en as list_name_en',
      'l.trust as list_trust',
      'b.list_date',
      'b.area_code',
      'b.file_name',
      'b.file_digest',
      'b.format',
      'b.mapping',
      'b.reach',
      'b.state',
      'b.progress',
      'b.counts',
      'b.result',
      'b.problem',
      'b.guard_waived',
      'b.elsewhere',
      'b.committed_through',
      'b.matched_at',
      'b.account_id',
      'a.name as account_name',
      'b.created_at',
      'b.updated_at',
      'b.committed_at',
      'b.undone_at',
    ])
}

export async function findBatch(db: Db, id: string): Promise<StoredBatch | undefined> {
  const row = await selectBatches(db).where('b.id', '=', id).executeTakeFirst()
  return row as StoredBatch | undefined
}

/** Holds other requests about the batch back until the transaction ends. */
export async function lockBatch(tx: Tx, id: string): Promise<StoredBatch | undefined> {
  await tx.selectFrom('import_batch').select('id').where('id', '=', id).forUpdate().execute()
  return findBatch(tx, id)
}

export interface BatchFilter {
  /** Ranges of areas that the person reaches: batches inside, or around, any of them. */
  areas: readonly string[]
  areaCode?: string | undefined
  listCode?: string | undefined
  waiting?: boolean | undefined
  /** Only those with rows that the overview counts in `areaCode`. */
  counted?: { rows: CountedRows; now: Date } | undefined
  /** Only batches made before this one. */
  before: { at: Date; id: string } | null
  limit: number
}

export async function listBatches(
  db: Db,
  filter: BatchFilter,
): Promise<(StoredBatch & { counted_rows: number | null })[]> {
  const { counted } = filter
  const countedOf = sql`select batch_id, sum(rows)::int as rows
    from (${countedRows(filter.areaCode ?? '', counted?.now ?? new Date(0))}) as counted
    where kind = ${counted?.rows ?? ''} group by batch_id`
  let query = counted
    ? selectBatches(db)
        .innerJoin(sql<{ batch_id: string; rows: number }>`(${countedOf})`.as('counted'), 'counted.batch_id', 'b.id')
        .select('counted.rows as counted_rows')
    : selectBatches(db).select(sql<number | null>`null::int`.as('counted_rows'))
  const reached = filter.areas.map(
    (area) => sql<boolean>`(b.area_code like ${`${area}%`} or ${area} like b.area_code || '%')`,
  )
  query = query.where(reached.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(reached, sql` or `)})`)
  if (filter.areaCode !== undefined && filter.areaCode !== '')
    query = query.where(
      sql<boolean>`(b.area_code like ${`${filter.areaCode}%`} or ${filter.areaCode} like b.area_code || '%')`,
    )
  if (filter.listCode !== undefined) query = query.where('b.list_code', '=', filter.listCode)
  if (filter.waiting)
    query = query.where(
      sql<boolean>`exists (select 1 from import_figure f where f.batch_id = b.id and f.waiting and f.rows > 0)`,
    )
  if (filter.before) {
    const { at, id } = filter.before
    query = query.where(sql<boolean>`(b.created_at, b.id) < (${at}, ${id}::uuid)`)
  }
  const rows = await query.orderBy('b.created_at', 'desc').orderBy('b.id', 'desc').limit(filter.limit).execute()
  return rows as (StoredBatch & { counted_rows: number | null })[]
}

/** Imports of a file with this digest, newest first. */
export async function batchesOfDigest(
  db: Db,
  digest: string,
): Promise<{ id: string; list_code: string; area_code: string; state: string; created_at: Date }[]> {
  return db
    .selectFrom('import_batch')
    .select(['id', 'list_code', 'area_code', 'state', 'created_at'])
    .where('file_digest', '=', digest)
    .where('state', 'not in', ['cancelled', 'failed'])
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute()
}

/** Every batch that was made from one of these uploads. */
export async function batchesOfUploads(
  db: Db,
  uploadIds: readonly string[],
): Promise<Pick<StoredBatch, 'upload_id' | 'state' | 'matched_at' | 'counts' | 'updated_at'>[]> {
  const rows = await db
    .selectFrom('import_batch')
    .select(['upload_id', 'state', 'matched_at', 'counts', 'updated_at'])
    .where(sql<boolean>`upload_id = any(${[...uploadIds]}::uuid[])`)
    .execute()
  return rows.map((row) => ({ ...row, counts: row.counts as BatchCountsStored }))
}

/** Imports of which rows are staged that may never come into the registry. */
export async function batchesWithLooseRows(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select b.id from import_batch b
    where b.state in ('cancelled', 'failed', 'reviewing') and b.committed_through = 0 and b.result is null
      and exists (select 1 from source_row s where s.batch_id = b.id)`.execute(db)
  return rows.map(({ id }) => id)
}

/**
 * The newest import of a file into a list that the command line began for somebody and that did not come to its end. A
 * dry run goes on with a dry run only, an import with either.
 */
export async function findCommandImport(
  db: Db,
  wanted: {
    fileDigest: string
    listCode: string
    listDate: string
    areaCode: string
    accountId: string
    sheet?: string
    dryRun?: boolean
  },
): Promise<{ id: string } | undefined> {
  const { rows } = await sql<{ id: string; mapping: ColumnMapping }>`
    select b.id, b.mapping from import_batch b
      join audit_entry a on a.subject_kind = 'batch' and a.subject_id = b.id::text and a.action = 'import.start'
        and a.detail->>'from' = 'command' and (not ${wanted.dryRun === true} or (a.detail->>'dryRun')::boolean)
    where b.file_digest = ${wanted.fileDigest} and b.list_code = ${wanted.listCode}
      and b.list_date = ${wanted.listDate}::date and b.area_code = ${wanted.areaCode}
      and b.account_id = ${wanted.accountId}::uuid and b.state in ('reading', 'matching', 'reviewing', 'committing')
    order by b.created_at desc`.execute(db)
  return rows.find(({ mapping }) => wanted.sheet === undefined || mapping.sheet === wanted.sheet)
}

export async function insertBatch(
  tx: Tx,
  batch: {
    id: string
    uploadId: string
    listCode: string
    listDate: string
    areaCode: string
    fileName: string
    fileDigest: string
    accountId: string
    state: string
    now: Date
  },
): Promise<void> {
  await tx
    .insertInto('import_batch')
    .values({
      id: batch.id,
      upload_id: batch.uploadId,
      list_code: batch.listCode,
      list_date: batch.listDate,
      area_code: batch.areaCode,
      file_name: batch.fileName,
      file_digest: batch.fileDigest,
      account_id: batch.accountId,
      state: batch.state,
      created_at: batch.now,
      updated_at: batch.now,
    })
    .execute()
}

export interface BatchChange {
  state?: string
  format?: string
  mapping?: ColumnMapping
  sample?: Uint8Array | null
  reach?: readonly string[]
  villages?: readonly { code: string; name: string; key: string }[]
  progress?: Partial<BatchProgress>
  counts?: BatchCountsStored
  result?: CommitCounts
  problem?: { code: number; problem: string; details: Record<string, unknown> } | null
  guardWaived?: boolean
  elsewhere?: StoredBatch['elsewhere']
  committedThrough?: number
  matchedAt?: Date | null
  committedAt?: Date
  undoneAt?: Date
  undoneBy?: string | null
}

/**
 * Changes a batch, only while it is in one of the states given.
 *
 * @returns whether it was
 */
export async function changeBatch(
  tx: Tx,
  id: string,
  change: BatchChange,
  now: Date,
  states?: readonly string[],
): Promise<boolean> {
  const set: Record<string, unknown> = { updated_at: now }
  const json = (column: string, value: unknown): void => {
    if (value !== undefined) set[column] = value === null ? null : JSON.stringify(value)
  }
  const plain = (column: string, value: unknown): void => {
    if (value !== undefined) set[column] = value
  }
  plain('state', change.state)
  plain('format', change.format)
  json('mapping', change.mapping)
  plain('sample', change.sample)
  json('reach', change.reach)
  json('villages', change.villages)
  json('progress', change.progress)
  json('counts', change.counts)
  json('result', change.result)
  json('problem', change.problem)
  plain('guard_waived', change.guardWaived)
  plain('elsewhere', change.elsewhere)
  plain('committed_through', change.committedThrough)
  plain('matched_at', change.matchedAt)
  plain('committed_at', change.committedAt)
  plain('undone_at', change.undoneAt)
  plain('undone_by', change.undoneBy)
  let query = tx
    .updateTable('import_batch')
    .set(set as never)
    .where('id', '=', id)
  if (states) query = query.where('state', 'in', [...states])
  const result = await query.executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/**
 * Rows that the dry runs of a person since a moment said to stand elsewhere, beside those of this batch. A file that is
 * checked again under the same mapping tells nothing new and counts once.
 */
export async function countElsewhereLately(
  db: Db,
  batch: Pick<StoredBatch, 'id' | 'account_id'>,
  since: Date,
): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select coalesce(sum(most), 0)::int as rows from (
      select max((e.detail->>'elsewhere')::int) as most
      from audit_entry e
        join import_batch b on b.id::text = e.subject_id
        join import_batch own on own.id = ${batch.id}
      where e.account_id = ${batch.account_id} and e.action = 'import.judged' and e.at > ${since}
        and not (b.file_digest = own.file_digest and b.mapping is not distinct from own.mapping)
      group by b.file_digest, b.mapping) judged`.execute(db)
  return rows[0]!.rows
}

export async function readBatchSample(db: Db, id: string): Promise<Uint8Array | null> {
  const row = await db.selectFrom('import_batch').select('sample').where('id', '=', id).executeTakeFirst()
  return row?.sample ?? null
}

export async function readBatchVillages(
  db: Db,
  id: string,
): Promise<readonly { code: string; name: string; key: string }[]> {
  const row = await db.selectFrom('import_batch').select('villages').where('id', '=', id).executeTakeFirst()
  return (row?.villages ?? []) as { code: string; name: string; key: string }[]
}

export async function findRememberedMapping(
  db: Db,
  provinceCode: number,
  fingerprint: string,
  listCode: string,
): Promise<ColumnMapping | null> {
  const row = await db
    .selectFrom('remembered_mapping')
    .select('mapping')
    .where('province_code', '=', provinceCode)
    .where('fingerprint', '=', fingerprint)
    .where('list_code', '=', listCode)
    .executeTakeFirst()
  return (row?.mapping as ColumnMapping | undefined) ?? null
}

export async function rememberMapping(
  tx: Tx,
  provinceCode: number,
  fingerprint: string,
  listCode: string,
  mapping: ColumnMapping,
  now: Date,
): Promise<void> {
  const json = JSON.stringify(mapping)
  await tx
    .insertInto('remembered_mapping')
    .values({ province_code: provinceCode, fingerprint, list_code: listCode, mapping: json, updated_at: now })
    .onConflict((conflict) =>
      conflict.columns(['province_code', 'fingerprint', 'list_code']).doUpdateSet({ mapping: json, updated_at: now }),
    )
    .execute()
}

/** Dry runs that a person started since a moment. */
export async function countDryRuns(db: Db, accountId: string, since: Date): Promise<number> {
  const row = await db
    .selectFrom('audit_entry')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('action', '=', 'import.start')
    .where('at', '>=', since)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** Areas as row rules know them: every name that an official one has had, with its days, and the villages of one area. */
export async function readKnownAreas(db: Db, areaCode: string): Promise<KnownArea[]> {
  const { rows } = await sql<KnownArea>`
    select code, name_th as "nameTh", name_en as "nameEn", valid_from::text as "validFrom", valid_to::text as "validTo"
    from area where length(code) < 8 or (code >= ${areaCode} and code < ${`${areaCode}~`})
    order by code, valid_from desc`.execute(db)
  return rows
}

/** Whether somebody else changed households of these provinces since the dry run looked. */
export async function hasRegistryMoved(
  db: Db,
  batchId: string,
  provinces: readonly number[],
  since: Date,
): Promise<boolean> {
  const { rows } = await sql<{ moved: boolean }>`
    select exists (select 1 from household where province_code = any(${[...provinces]}::int[])
      and updated_at > ${since} and created_batch is distinct from ${batchId}::uuid) as moved`.execute(db)
  return rows[0]!.moved
}

/**
 * Whether households came into these provinces from somebody else since a moment, as the log tells: the households of the
 * batch itself would all have to be passed to see it from theirs.
 */
export async function hasRegistryGrown(
  db: Db,
  batchId: string,
  provinces: readonly number[],
  since: Date,
): Promise<boolean> {
  const acts = ['household.add', 'household.unmerge', 'household.restore', 'import.commitRange', 'import.undoRange']
  const { rows } = await sql<{ grown: boolean }>`
    select exists (select 1 from audit_entry where province_code = any(${[0, ...provinces]}::int[]) and at > ${since}
      and action = any(${acts}::text[]) and subject_id is distinct from ${batchId}
      -- What an import had brought in to its end before this one was begun, the dry run of this one saw.
      and not (action = 'import.commitRange' and exists (
        select 1 from import_batch own join import_batch earlier on earlier.committed_at < own.created_at
        where own.id = ${batchId}::uuid and earlier.id::text = audit_entry.subject_id))) as grown`.execute(db)
  return rows[0]!.grown
}

/** Whether another import was told to commit and did not come to its end yet. */
export async function doesAnotherCommit(db: Db, batchId: string): Promise<boolean> {
  const row = await db
    .selectFrom('import_batch')
    .select('id')
    .where('state', '=', 'committing')
    .where('id', '<>', batchId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Wide sorts and joins of one import fit into memory, and the search index takes new rows in by large lots; only inside
 * its transaction.
 */
export async function prepareBulk(tx: Tx): Promise<void> {
  // What a range touches is looked up in the indexes, and lies in memory: the planner would read whole tables for each range.
  await sql`select set_config('work_mem', '128MB', true), set_config('jit', 'off', true),
    set_config('gin_pending_list_limit', '512MB', true), set_config('random_page_cost', '1.1', true)`.execute(tx)
}

/** Sorts what waits beside the search index into it, so that searches are quick again. */
export async function settleSearchIndex(tx: Tx): Promise<void> {
  await sql`select set_config('maintenance_work_mem', '256MB', true)`.execute(tx)
  await sql`select gin_clean_pending_list('household_search')`.execute(tx)
}

/** Tells the planner what bulk work brought in; vacuuming is left to the server's own housekeeping. */
export async function analyze(tx: Tx, tables: readonly string[]): Promise<void> {
  await sql.raw(`analyze ${tables.join(', ')}`).execute(tx)
}
