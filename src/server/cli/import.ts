/** `kaejon import`: a file on this machine goes the same way as one sent on the pages, without a person in between. */
import { createWriteStream, existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { commonArea } from '../../domain/area.ts'
import { mayAt, partsWithin, reachOf } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { cancelImport } from '../actions/imports.ts'
import type { Deps } from '../deps.ts'
import { removeFiles } from '../jobs/import-files.ts'
import { rejectsBytes, rejectsFileName } from '../http/import-rejects.ts'
import type { RunControl } from '../jobs/import-meter.ts'
import { ImportStopped, runImport, type ImportOutcome } from '../jobs/import-run.ts'
import type { StoredBatch } from '../queries/imports.ts'
import { readRejects } from '../queries/imports/rows.ts'
import { findList, readLists } from '../queries/lists.ts'
import { act, actorFor, CommandStopped, exitCodes } from './registry.ts'

export interface ImportOptions {
  file: string
  list: string
  area?: string | undefined
  sheet?: string | undefined
  listDate?: string | undefined
  /** Judge every row and keep nothing. */
  isDryRun: boolean
  username?: string | undefined
  /** Go on although most rows are invalid or double. */
  isConfirmed: boolean
  control?: RunControl
  /** Told when an import that was begun before is taken up again; `isClaimed` while another process may be at it. */
  resumed?: (batch: StoredBatch, isClaimed: boolean) => void
}

export interface ImportReport {
  exitCode: number
  rows: number
  households: number
  /** Households by verdict. */
  verdicts: Readonly<Record<string, number>>
  waiting: number
  result: ImportOutcome['batch']['result']
  /** Per cent of invalid and double households when the import stopped there; null otherwise. */
  guard: number | null
  /** Nothing more happens before somebody of the province allows to see which rows stand in other areas. */
  isHeld: boolean
  /** The workbook of rows that were left out, beside the file; null when there are none. */
  rejectsPath: string | null
  state: string
}

/**
 * @throws Problem as an import on the pages does, CommandStopped for a file, list or person that does not exist
 */
export async function importFile(deps: Deps, options: ImportOptions): Promise<ImportReport> {
  const path = resolve(options.file)
  if (!existsSync(path)) throw new CommandStopped(`ไม่พบไฟล์ ${options.file}\nThere is no file ${options.file}.`)
  const actor = await actorFor(deps, options.username)
  const own = reachOf(actor, 'import.write')?.areas ?? []
  // Whoever answers for several areas may bring a file that speaks of all of them.
  const area = options.area ?? commonArea(own)
  const reach = partsWithin(area, own)
  for (const permission of ['import.write', ...(options.isDryRun ? [] : ['import.commit' as const])] as const) {
    if (reach.length === 0 || !reach.every((part) => mayAt(actor, permission, { areaCode: part })))
      throw new Problem('notPermitted')
  }
  await requireList(deps, options.list, area)
  const outcome = await runImport({
    deps,
    path,
    listCode: options.list,
    areaCode: area,
    reach,
    accountId: actor.userId,
    dryRun: options.isDryRun,
    waiveGuard: options.isConfirmed,
    ...(options.listDate === undefined ? {} : { listDate: options.listDate }),
    ...(options.sheet === undefined ? {} : { sheet: options.sheet }),
    ...(options.control === undefined ? {} : { control: options.control }),
    ...(options.resumed === undefined ? {} : { resumed: options.resumed }),
  }).catch((error: unknown) => {
    throw error instanceof ImportStopped ? new CommandStopped(stoppedText, exitCodes.stopped) : error
  })
  const { batch, guard, isHeld } = outcome
  const rejectsPath = await writeRejects(deps, path, outcome)
  // Nothing of a dry run stays, nor of an import that is to be run again with --yes.
  if (options.isDryRun || guard !== null) await act(deps, actor, (context) => cancelImport(context, batch.id))
  await removeFiles(deps)
  const { rows = 0, households = 0, verdicts = {}, waiting = 0 } = batch.counts
  return {
    exitCode: guard !== null || isHeld || waiting > 0 ? exitCodes.needsDecision : exitCodes.done,
    rows,
    households,
    verdicts,
    waiting,
    result: batch.result,
    guard,
    isHeld,
    rejectsPath,
    state: options.isDryRun ? 'dry-run' : batch.state,
  }
}

const stoppedText = `หยุดที่จุดปลอดภัยแล้ว ไม่มีครัวเรือนใดบันทึกค้างครึ่งทาง สั่งคำสั่งเดิมอีกครั้งเพื่อทำต่อจากที่หยุด
Stopped at a safe point; no household is half stored. Run the same command again to go on from there.`

async function requireList(deps: Deps, code: string, area: string): Promise<void> {
  const list = await findList(deps.database.kysely, code)
  if (list && (list.province_code === 0 || area.startsWith(String(list.province_code)))) return
  const lists = await readLists(deps.database.kysely, area === '' ? null : Number(area.slice(0, 2)))
  const known = lists.map((each) => `  ${each.code.padEnd(20)} ${each.name_th}`).join('\n')
  throw new CommandStopped(`ไม่พบบัญชี ${code} บัญชีที่มี:\nThere is no list ${code}. These are known:\n${known}`)
}

async function writeRejects(deps: Deps, path: string, { batch }: ImportOutcome): Promise<string | null> {
  const rejects = await readRejects(deps.database.kysely, batch.id)
  if (rejects.length === 0 || !batch.mapping) return null
  const target = freePath(join(dirname(path), rejectsFileName(basename(path))))
  const bytes = rejectsBytes({ path, upload: null }, deps.secrets.export(), batch.mapping, rejects)
  // Names and ids of people: for the eyes of the one who brought the list.
  await pipeline(Readable.from(bytes), createWriteStream(target, { flags: 'wx', mode: 0o600 }))
  return target
}

/** The path itself, or with a number behind it: a workbook that somebody corrects is never written over. */
function freePath(path: string): string {
  let free = path
  for (let number = 2; existsSync(free); number += 1) free = path.replace(/\.xlsx$/, `-${number}.xlsx`)
  return free
}
