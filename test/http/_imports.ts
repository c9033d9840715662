/** Sends files through the import door as a browser would, with the background work done at once. */
import { createHash } from 'node:crypto'
import { importRows, type ImportRow } from '../../src/contract/import-rows.ts'
import {
  importCommit,
  importCreate,
  importMap,
  importProposal,
  importShow,
  importStart,
  type Batch,
} from '../../src/contract/imports.ts'
import { uploadAppend, uploadBegin, uploadComplete } from '../../src/contract/uploads.ts'
import { nationalIdWithCheckDigit } from '../../src/domain/national-id.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { jobHandlers } from '../../src/server/jobs/handlers.ts'
import { putSetting } from '../../src/server/queries/settings.ts'
import type { World } from '../_world.ts'

/** A made-up national id, the same for the same number. */
export function practiceId(number: number): string {
  return nationalIdWithCheckDigit(`9${String(number).padStart(11, '0')}`)
}

export const headings = 'รหัสตำบล,หมู่ที่,ชื่อหมู่บ้าน,บ้านเลขที่,รหัสประจำบ้าน,คำนำหน้า,ชื่อ,นามสกุล,เลขประจำตัวประชาชน,โทรศัพท์'

export interface Line {
  subdistrict?: string
  moo?: string
  village?: string
  houseNumber?: string
  houseCode?: string
  title?: string
  firstName?: string
  lastName?: string
  nationalId?: string
  phone?: string
}

/** A list as text: one line per household, what is left out is empty. */
export function listText(lines: readonly Line[]): string {
  const rows = lines.map((line) =>
    [
      line.subdistrict ?? '310101',
      line.moo ?? '1',
      line.village ?? 'บ้านโคก',
      line.houseNumber ?? '',
      line.houseCode ?? '',
      line.title ?? 'นาย',
      line.firstName ?? '',
      line.lastName ?? '',
      line.nationalId ?? '',
      line.phone ?? '',
    ].join(','),
  )
  return `${[headings, ...rows].join('\r\n')}\r\n`
}

/** Lets the registry take made-up ids. */
export async function allowPractice(world: World): Promise<void> {
  await inTransaction(world.database, 'program', (tx) => putSetting(tx, 'practice', true, new Date()))
}

/** Leaves nothing of the imports before, nor of the households that they brought in. */
export async function clearImports(world: World): Promise<void> {
  for (const table of [
    'listing',
    'member',
    'fact_change',
    'fact_span',
    'progress_pending',
    'household',
    'row_verdict',
    'source_row',
    'import_figure',
    'household_figure',
    'import_batch',
    'audit_entry',
  ] as const)
    await world.database.kysely.deleteFrom(table).execute()
}

export async function runJobs(world: World): Promise<void> {
  await world.deps.jobs.exhaust(jobHandlers(world.deps))
}

export async function upload(world: World, actor: Actor, bytes: Uint8Array, fileName = 'รายชื่อ.csv'): Promise<string> {
  const begun = await world.ask(actor, uploadBegin, { fileName, size: bytes.length })
  const uploadId = begun.output.id
  for (let offset = 0; offset < bytes.length; offset += 300_000) {
    const piece = bytes.subarray(offset, offset + 300_000)
    await world.ask(actor, uploadAppend, { uploadId, offset, bytes: piece })
  }
  const digest = createHash('sha256').update(bytes).digest('hex')
  const completed = await world.ask(actor, uploadComplete, { uploadId, digest })
  if (completed.status !== 200) throw new Error(String(completed.problem))
  return uploadId
}

export interface ImportOptions {
  list?: string
  area?: string
  listDate?: string
  fileName?: string
}

/** Up to the dry run. */
export async function judge(
  world: World,
  actor: Actor,
  content: string | Uint8Array,
  options: ImportOptions = {},
): Promise<Batch> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const uploadId = await upload(world, actor, bytes, options.fileName)
  const created = await world.ask(actor, importCreate, {
    uploadId,
    listCode: options.list ?? 'tpmap-2565',
    areaCode: options.area ?? '31',
    ...(options.listDate === undefined ? {} : { listDate: options.listDate }),
  })
  if (created.status !== 200) throw new Error(`import.create ${String(created.problem)}`)
  const batchId = created.output.id
  await runJobs(world)
  const detected = (await world.ask(actor, importShow, { batchId })).output
  if (detected.state !== 'detected') return detected
  const proposal = (await world.ask(actor, importProposal, { batchId })).output
  const sheet = proposal.sheets.find(({ name }) => name === proposal.bestSheet)!
  const mapping = {
    sheet: sheet.name,
    headerRow: sheet.headerRow,
    columns: Object.fromEntries(sheet.fields.map(({ field, column }) => [field, column])),
  }
  const mapped = await world.ask(actor, importMap, { batchId, mapping })
  if (mapped.status !== 200) throw new Error(`import.map ${String(mapped.problem)}`)
  const started = await world.ask(actor, importStart, { batchId })
  if (started.status !== 200) throw new Error(`import.start ${String(started.problem)}`)
  await runJobs(world)
  return (await world.ask(actor, importShow, { batchId })).output
}

export async function commit(world: World, actor: Actor, batchId: string): Promise<Batch> {
  const answer = await world.ask(actor, importCommit, { batchId })
  if (answer.status !== 200) throw new Error(`import.commit ${String(answer.problem)}`)
  await runJobs(world)
  return (await world.ask(actor, importShow, { batchId })).output
}

export async function bringIn(
  world: World,
  actor: Actor,
  content: string | Uint8Array,
  options: ImportOptions = {},
): Promise<Batch> {
  const judged = await judge(world, actor, content, options)
  if (judged.state !== 'reviewing')
    throw new Error(`the dry run ended as ${judged.state} ${JSON.stringify(judged.problem)}`)
  return commit(world, actor, judged.id)
}

export async function rowsOf(
  world: World,
  actor: Actor,
  batchId: string,
  filter: Record<string, unknown> = {},
): Promise<ImportRow[]> {
  const answer = await world.ask(actor, importRows, { batchId, ...filter })
  if (answer.status !== 200) throw new Error(`import.rows ${String(answer.problem)}`)
  return answer.output.rows
}

/** The registry as a person would count it, without ids and times. */
export async function registry(world: World): Promise<string[]> {
  const households = await world.database.kysely
    .selectFrom('household')
    .selectAll()
    .where('state', '=', 'active')
    .execute()
  const members = await world.database.kysely.selectFrom('member').selectAll().where('state', '=', 'active').execute()
  return households
    .map((household) => {
      const own = members
        .filter((member) => member.household_id === household.id)
        .map((member) =>
          [
            member.position,
            member.title,
            member.first_name,
            member.last_name,
            member.national_id_hash ? Buffer.from(member.national_id_hash).toString('hex') : '-',
            member.area_code,
          ].join(' '),
        )
        .sort()
      return [
        household.area_code,
        household.house_code,
        household.house_number,
        household.phone,
        household.head_name,
        household.sort_key,
        household.search_text.split(' ').sort().join(' '),
        household.list_set,
        household.member_count,
        own.join('; '),
      ].join(' | ')
    })
    .sort()
}
