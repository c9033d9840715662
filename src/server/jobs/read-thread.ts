/**
 * Reads a list in a thread of its own: cells → row rules → facts, national ids hashed and encrypted, ids made, and all of
 * it as JSON texts that the database takes as they are. The thread that answers requests only passes them on.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '../../domain/problem.ts'
import { createAreaLookup, type KnownArea } from '../../domain/import/areas.ts'
import type { ColumnMapping } from '../../domain/import/field.ts'
import { createRowReader } from '../../domain/import/row.ts'
import { isInvalid, type StagedRow } from '../../domain/import/staged.ts'
import { wordsKey } from '../../domain/thai/key.ts'
import { stageRow } from '../actions/imports/stage-row.ts'
import { openFileSource } from '../files/sources.ts'
import { openTable } from '../files/table.ts'
import { openStoredFile } from '../files/upload-store.ts'
import type { ByteSource } from '../files/source.ts'
import { createSecrets, type Secrets } from '../secrets.ts'
import type { SheetRow } from '../../domain/import/sheet.ts'

/** Where the bytes are: a file of the upload store, or a plain file named on the command line. */
export type FilePlace = { path: string; upload: { id: string; size: number } | null }

export interface ReadTask {
  kind: 'rows'
  file: FilePlace
  keys: string
  mapping: ColumnMapping
  areas: KnownArea[]
  /** Fills in what the file leaves unsaid. */
  areaCode: string
  /** Rows outside of these are refused, and stand at the first of them. */
  allowedAreas: readonly string[]
  listDate: string
  today: string
  acceptPractice: boolean
  /** Rows up to this number are stored already and only looked at to know which household they belong to. */
  after: number
  /** Rows of the sheet that make one text. */
  rowsPerBatch: number
  /** Which of so many threads this is: each takes every so-manieth text's rows. */
  part: number
  parts: number
}

export interface LookTask {
  kind: 'look'
  file: FilePlace
  keys: string
  rowsPerSheet: number
}

export interface LookedFile {
  format: string
  encoding: string | null
  delimiter: string | null
  sheets: { name: string; hidden: boolean; rowEstimate: number | null; rows: SheetRow[] }[]
}

export interface VillageName {
  code: string
  name: string
  key: string
}

export type FromThread =
  | { kind: 'estimate'; rows: number | null }
  | { kind: 'batch'; json: string; rows: number }
  | { kind: 'done'; rows: number; faults: Record<string, number>; villages: VillageName[] }
  | { kind: 'looked'; file: LookedFile }
  | { kind: 'problem'; problem: string; details: Record<string, unknown> }
  | { kind: 'error'; message: string }

/** How many texts may be on their way to the database before the reading waits. */
const mostOnTheWay = 4

if (parentPort !== null && isTask(workerData)) void start(workerData)

function isTask(data: unknown): data is ReadTask | LookTask {
  return typeof data === 'object' && data !== null && 'kind' in data && (data.kind === 'rows' || data.kind === 'look')
}

async function start(task: ReadTask | LookTask): Promise<void> {
  const port = parentPort!
  const post = (message: FromThread): void => port.postMessage(message)
  try {
    const secrets = createSecrets(task.keys)
    const source = await openSource(task.file, secrets)
    try {
      if (task.kind === 'look') post({ kind: 'looked', file: await look(source, task.rowsPerSheet) })
      else await readRows(source, secrets, task, post)
    } finally {
      await source.close()
    }
  } catch (error) {
    if (error instanceof Problem) post({ kind: 'problem', problem: error.problem, details: error.details })
    else post({ kind: 'error', message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' })
  }
  port.close()
}

function openSource(file: FilePlace, secrets: Secrets): Promise<ByteSource & { close(): Promise<void> }> {
  if (file.upload === null) return openFileSource(file.path)
  return openStoredFile(file.path, file.upload.id, file.upload.size, secrets)
}

const mostSheets = 30

async function look(source: ByteSource, rowsPerSheet: number): Promise<LookedFile> {
  const table = await openTable(source)
  try {
    const sheets: LookedFile['sheets'] = []
    for (const sheet of table.sheets.slice(0, mostSheets)) {
      const rows: SheetRow[] = []
      for await (const batch of table.rows(sheet.name)) {
        rows.push(...batch)
        if (rows.length >= rowsPerSheet) break
      }
      sheets.push({ ...sheet, rows: rows.slice(0, rowsPerSheet) })
    }
    return {
      format: table.format,
      encoding: table.encoding ?? null,
      delimiter: table.delimiter ?? null,
      sheets,
    }
  } finally {
    await table.close()
  }
}

async function readRows(
  source: ByteSource,
  secrets: Secrets,
  task: ReadTask,
  post: (message: FromThread) => void,
): Promise<void> {
  const table = await openTable(source)
  const sheet = table.sheets.find(({ name }) => name === task.mapping.sheet)
  if (!sheet) throw new Problem('sheetNotFound')
  post({ kind: 'estimate', rows: sheet.rowEstimate })
  const gate = createGate()
  const readRow = createRowReader({
    mapping: task.mapping,
    areas: createAreaLookup(task.areas, task.listDate),
    defaultArea: task.areaCode,
    allowedAreas: task.allowedAreas,
    listDate: task.listDate,
    today: task.today,
    acceptPractice: task.acceptPractice,
  })
  const leaderByKey = new Map<string, number>()
  const faults = new Map<string, number>()
  const villages = new Map<string, VillageName>()
  let texts: string[] = []
  let rows = 0
  let seen = 0
  /** Also an empty text is handed over, since the texts of several threads are put in order by their number. */
  const flush = async (): Promise<void> => {
    post({ kind: 'batch', json: `[${texts.join(',')}]`, rows: texts.length })
    texts = []
    await gate.enter()
  }
  try {
    for await (const batch of table.rows(sheet.name)) {
      for (const sheetRow of batch) {
        const block = Math.floor(seen / task.rowsPerBatch)
        seen += 1
        if (block % task.parts !== task.part) continue
        const row = readRow(sheetRow)
        if (row !== null) {
          rows += 1
          for (const { fault } of row.faults) faults.set(fault, (faults.get(fault) ?? 0) + 1)
          const invalid = isInvalid(row)
          if (!invalid) noteVillage(villages, row)
          const leaderRow = invalid ? row.rowNumber : leaderOf(leaderByKey, row)
          if (row.rowNumber > task.after)
            texts.push(JSON.stringify(stageRow(row, secrets, { leaderRow, areaCode: task.allowedAreas[0]! })))
        }
        if (seen % task.rowsPerBatch === 0) await flush()
      }
    }
    if (texts.length > 0) await flush()
  } finally {
    await table.close()
  }
  post({ kind: 'done', rows, faults: Object.fromEntries(faults), villages: [...villages.values()] })
}

/** The first right row of a household stands for it. */
function leaderOf(leaderByKey: Map<string, number>, row: StagedRow): number {
  if (row.householdKey === null) return row.rowNumber
  const leader = leaderByKey.get(row.householdKey)
  if (leader !== undefined) return leader
  leaderByKey.set(row.householdKey, row.rowNumber)
  return row.rowNumber
}

function noteVillage(villages: Map<string, VillageName>, { household }: StagedRow): void {
  const { areaCode, villageName } = household
  if (villageName === null || areaCode.endsWith('00') || villages.has(areaCode)) return
  villages.set(areaCode, { code: areaCode, name: villageName, key: wordsKey(villageName) })
}

/** Lets a few texts be on their way at once; the other side answers each with a message. */
function createGate(): { enter(): Promise<void> } {
  let onTheWay = 0
  let resume: (() => void) | null = null
  parentPort!.on('message', () => {
    onTheWay -= 1
    resume?.()
    resume = null
  })
  return {
    async enter() {
      onTheWay += 1
      while (onTheWay >= mostOnTheWay) await new Promise<void>((resolve) => (resume = resolve))
    },
  }
}
