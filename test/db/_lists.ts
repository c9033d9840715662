/** Brings lists into a registry by the statements of an import alone, without files and jobs. */
import type { HouseholdFacts } from '../../src/domain/household.ts'
import type { MemberFacts } from '../../src/domain/member.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { defaultSettings } from '../../src/domain/settings.ts'
import { settleTouched } from '../../src/server/actions/imports/settle.ts'
import { stagedColumns, stageRow } from '../../src/server/actions/imports/stage-row.ts'
import type { Tx } from '../../src/server/db/database.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { newId } from '../../src/server/ids.ts'
import { commitRange, type CommitStamp } from '../../src/server/queries/imports/commit.ts'
import type { JudgedBatch } from '../../src/server/queries/imports/judge.ts'
import { judgeAgainstRegistry, judgeInFile } from '../../src/server/queries/imports/match.ts'
import type { TouchedCase } from '../../src/server/queries/imports/spans.ts'
import { insertStaged } from '../../src/server/queries/imports/stage.ts'
import { undoRange } from '../../src/server/queries/imports/undo.ts'
import { changeBatch, insertBatch } from '../../src/server/queries/imports.ts'
import { completeUpload, insertUpload } from '../../src/server/queries/uploads.ts'
import type { World } from '../_world.ts'

/** What a row says; what is left out is not known. */
export interface ListRow {
  household: Partial<HouseholdFacts> & { areaCode: string }
  member: Partial<MemberFacts> & { firstName: string }
}

export interface ListOptions {
  list: string
  listDate?: string
  trust?: number
  /** When it comes in. */
  now?: Date
}

const whole = { after: 0, through: 1_000_000 }

function factsOf({ household, member }: ListRow): { household: HouseholdFacts; member: MemberFacts } {
  return {
    household: {
      villageName: null,
      houseCode: null,
      familyNumber: null,
      houseNumber: null,
      lane: null,
      road: null,
      phone: null,
      latitude: null,
      longitude: null,
      memberCount: null,
      note: null,
      ...household,
    },
    member: {
      order: null,
      relation: null,
      title: 'นาย',
      lastName: null,
      nationalId: null,
      sex: 'male',
      birthDate: null,
      birthPrecision: null,
      occupation: null,
      annualIncome: null,
      ...member,
    },
  }
}

function stampOf(account: Actor, now: Date): CommitStamp {
  const settle = (inner: Tx, cases: readonly TouchedCase[]) => settleTouched(inner, now, cases)
  return { accountId: account.userId, now, settle }
}

/** Brings rows in under one batch: staged, judged, and committed as far as nobody has to decide. */
export async function bring(
  world: World,
  account: Actor,
  rows: readonly ListRow[],
  { list, listDate = '2022-09-30', trust = 50, now = new Date() }: ListOptions,
): Promise<JudgedBatch> {
  const batch: JudgedBatch = {
    id: newId(),
    listCode: list,
    listDate,
    trust,
    reach: ['31'],
    rules: defaultSettings.survivorship,
    thresholds: defaultSettings['match.thresholds'],
    weights: defaultSettings['match.weights'],
  }
  const staged = rows.map((row, index) => {
    const stagedRow = { rowNumber: index + 1, householdKey: null, ...factsOf(row), faults: [] }
    return stageRow(stagedRow, world.deps.secrets, { leaderRow: index + 1, areaCode: '31' })
  })
  await inTransaction(world.database, 'program', async (tx) => {
    await insertUpload(tx, { id: batch.id, accountId: account.userId, fileName: 'x', size: 1, now })
    await completeUpload(tx, batch.id, 'x', now)
    await insertBatch(tx, {
      id: batch.id,
      uploadId: batch.id,
      listCode: list,
      listDate: batch.listDate,
      areaCode: '31',
      fileName: 'x',
      fileDigest: 'x',
      accountId: account.userId,
      state: 'committing',
      now,
    })
    await insertStaged(tx, batch.id, JSON.stringify(staged), stagedColumns)
    await judgeInFile(tx, batch)
    await judgeAgainstRegistry(tx, batch, whole, rows.length > 1)
    await commitRange(tx, batch, whole, false, stampOf(account, now))
    await changeBatch(tx, batch.id, { state: 'committed', committedThrough: rows.length }, now)
  })
  return batch
}

/** Decides whatever waits of a batch, and takes it in. */
export async function decide(
  world: World,
  account: Actor,
  batch: JudgedBatch,
  decision: 'accept' | 'keep',
  now = new Date(),
): Promise<void> {
  await world.database.kysely
    .updateTable('row_verdict')
    .set({ waiting: false, decision })
    .where('batch_id', '=', batch.id)
    .where('waiting', '=', true)
    .where('candidate_id', 'is not', null)
    .execute()
  await inTransaction(world.database, 'program', (tx) =>
    commitRange(tx, batch, whole, true, stampOf(account, now)).then(() => {}),
  )
}

/** Takes a batch back. */
export async function undo(world: World, account: Actor, batch: JudgedBatch, now = new Date()): Promise<void> {
  await inTransaction(world.database, 'program', async (tx) => {
    await changeBatch(tx, batch.id, { state: 'undoing' }, now)
    await undoRange(tx, batch, whole, stampOf(account, now))
    await changeBatch(tx, batch.id, { state: 'undone' }, now)
  })
}

/** Empties the registry. */
export async function clear(world: World): Promise<void> {
  for (const table of [
    'listing',
    'member',
    'fact_change',
    'fact_span',
    'progress_pending',
    'household',
    'row_verdict',
    'source_row',
    'import_batch',
  ] as const)
    await world.database.kysely.deleteFrom(table).execute()
}
