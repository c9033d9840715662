/** The routes of imports. What touches files stands here; what is decided stands in `actions/imports.ts`. */
import { importAreas, importDecide, importDecideAll, importRows } from '../../contract/import-rows.ts'
import {
  importCancel,
  importCommit,
  importCreate,
  importList,
  importMap,
  importProposal,
  importRejects,
  importShow,
  importStart,
  importUndo,
  importWaiveElsewhere,
  importWaiveGuard,
  type Batch,
} from '../../contract/imports.ts'
import type { OutputOf } from '../../contract/route.ts'
import { createAreaLookup } from '../../domain/import/areas.ts'
import { cellText } from '../../domain/import/cell.ts'
import { checkMapping, findHeader, proposeMapping } from '../../domain/import/columns.ts'
import type { ImportField } from '../../domain/import/field.ts'
import { createRowReader } from '../../domain/import/row.ts'
import type { SheetCell, SheetRow } from '../../domain/import/sheet.ts'
import { rowFaults } from '../../domain/import/staged.ts'
import { maskNationalId } from '../../domain/national-id.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import {
  cancelImport,
  commitImport,
  createImport,
  decideAll,
  decideRows,
  mapImport,
  requireBatch,
  requireShown,
  rowAreas,
  startImport,
  undoImport,
  waiveElsewhere,
  waiveGuard,
  type AddJob,
} from '../actions/imports.ts'
import { agreedMapping } from '../actions/imports/agreed-mapping.ts'
import { areasOf, batchView, countsView, rowViews, viewWith } from '../actions/imports/views.ts'
import { unsealText } from '../files/upload-store.ts'
import { listBatches, readBatchSample, readKnownAreas, type StoredBatch } from '../queries/imports.ts'
import { findUpload } from '../queries/uploads.ts'
import { listVerdicts, readAreaCounts, readRejects } from '../queries/imports/rows.ts'
import { readSettings } from '../queries/settings.ts'
import { endpoint, type Call, type Endpoint } from './endpoint.ts'
import { rejectsWorkbook } from './import-rejects.ts'

export const importEndpoints: readonly Endpoint[] = [
  endpoint(importCreate, async (call, input) => answer(call, await createImport(call, input, adder(call)))),
  endpoint(importList, async (call, { areaCode, listCode, waiting, counted, cursor, limit }) => {
    const settings = await readSettings(call.tx)
    const batches = await listBatches(call.tx, {
      areas: call.reach.areas,
      areaCode,
      listCode,
      waiting,
      counted: counted && { rows: counted, now: call.now },
      before: readCursor(cursor),
      limit: limit + 1,
    })
    const shown = batches.slice(0, limit)
    const last = shown.at(-1)
    return {
      batches: shown.map((batch) => ({
        ...viewWith(settings, call.actor, batch, call.now),
        countedRows: batch.counted_rows,
      })),
      nextCursor: batches.length > limit && last ? `${last.created_at.toISOString()} ${last.id}` : null,
    }
  }),
  endpoint(importShow, async (call, { batchId }) => answer(call, await requireBatch(call, batchId, 'import.read'))),
  endpoint(importProposal, async (call, { batchId }) =>
    proposal(call, await requireBatch(call, batchId, 'import.write')),
  ),
  endpoint(importMap, async (call, { batchId, mapping }) => {
    const batch = await mapImport(call, batchId, mapping, async (found) => {
      const sheet = (await readSample(call, found)).sheets.find(({ name }) => name === mapping.sheet)
      if (!sheet) return null
      return headingsAt(sheet.rows, mapping.headerRow)
    })
    return preview(call, batch)
  }),
  endpoint(importStart, async (call, { batchId }) => answer(call, await startImport(call, batchId, adder(call)))),
  endpoint(importRows, async (call, { batchId, cursor, limit, ...filter }) => {
    const batch = await requireBatch(call, batchId, 'import.read')
    requireShown(batch)
    const afterRow = Number(cursor ?? 0) || 0
    const verdicts = await listVerdicts(call.tx, batch.id, {
      ...filter,
      areas: rowAreas(call, batch),
      afterRow,
      limit: limit + 1,
    })
    const shown = verdicts.slice(0, limit)
    const rows = await rowViews({ db: call.tx, secrets: call.secrets, batch, reach: call.reach }, shown)
    await call.audit({
      action: 'import.rows',
      subjectKind: 'batch',
      subjectId: batch.id,
      areaCode: batch.area_code,
      detail: { rows: rows.length, households: rows.flatMap(({ candidate }) => candidate?.householdId ?? []) },
    })
    return {
      rows,
      nextCursor: verdicts.length > limit ? String(shown.at(-1)!.row_number) : null,
    }
  }),
  endpoint(importAreas, async (call, { batchId, areaCode }) => {
    const batch = await requireBatch(call, batchId, 'import.read')
    requireShown(batch)
    const within = areaCode ?? batch.area_code
    const digits = Math.min(6, within.length + 2)
    const rows = await readAreaCounts(call.tx, batch.id, rowAreas(call, batch), within, digits)
    const areas = new Map<string, OutputOf<typeof importAreas>['areas'][number]>()
    for (const row of rows) {
      const area = areas.get(row.area_code) ?? {
        areaCode: row.area_code,
        nameTh: row.name_th ?? row.area_code,
        nameEn: row.name_en,
        verdicts: { new: 0, same: 0, update: 0, match: 0, duplicate: 0, conflict: 0, invalid: 0 },
        waiting: 0,
      }
      area.verdicts[row.verdict] += row.rows
      if (row.waiting) area.waiting += row.rows
      areas.set(row.area_code, area)
    }
    return { areas: [...areas.values()] }
  }),
  endpoint(importDecide, async (call, input) => {
    const { outcomes, batch } = await decideRows(call, input)
    return { outcomes, counts: countsView(batch)! }
  }),
  endpoint(importDecideAll, async (call, input) => {
    const { decided, batch } = await decideAll(call, input)
    return { decided, counts: countsView(batch)! }
  }),
  endpoint(importWaiveGuard, async (call, { batchId, reason }) =>
    answer(call, await waiveGuard(call, batchId, reason)),
  ),
  endpoint(importWaiveElsewhere, async (call, { batchId, reason }) =>
    answer(call, await waiveElsewhere(call, batchId, reason)),
  ),
  endpoint(importCommit, async (call, { batchId }) => answer(call, await commitImport(call, batchId, adder(call)))),
  endpoint(importCancel, async (call, { batchId }) => answer(call, await cancelImport(call, batchId))),
  endpoint(importUndo, async (call, { batchId, reason }) =>
    answer(call, await undoImport(call, batchId, reason, adder(call))),
  ),
  endpoint(importRejects, async (call, { batchId }) => {
    const batch = await requireBatch(call, batchId, 'import.write')
    if (batch.mapping === null || batch.counts.households === undefined)
      throw new Problem('wrongState', { state: batch.state })
    const upload = await findUpload(call.tx, batch.upload_id)
    if (!upload || !(await call.deps.uploads.has(upload.id))) throw new Problem('fileNotKept')
    const rejects = await readRejects(call.tx, batch.id)
    await call.audit({
      action: 'import.rejects',
      subjectKind: 'batch',
      subjectId: batch.id,
      areaCode: batch.area_code,
      detail: { rows: rejects.length },
    })
    return rejectsWorkbook(call.deps, batch, batch.mapping, upload, rejects)
  }),
]

function answer(call: Call, batch: StoredBatch): Promise<Batch> {
  return batchView(call.tx, call.actor, batch, call.now)
}

/** Queues the job with the action, and looks for it right after the commit. */
function adder(call: Call): AddJob {
  return async (kind, payload) => {
    await call.deps.jobs.add(call.tx, kind, payload, call.now)
    call.afterCommit(() => call.deps.jobs.wake())
  }
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  if (cursor === undefined) return null
  const [at = '', id = ''] = cursor.split(' ')
  const moment = new Date(at)
  if (Number.isNaN(moment.getTime()) || !/^[0-9a-f-]{36}$/.test(id)) throw new Problem('malformedInput')
  return { at: moment, id }
}

interface Sample {
  format: string
  encoding: string | null
  delimiter: string | null
  sheets: { name: string; hidden: boolean; rowEstimate: number | null; rows: SheetRow[] }[]
}

/** The first rows of the file, as the look at it kept them. */
async function readSample(call: Call, batch: StoredBatch): Promise<Sample> {
  const sealed = await readBatchSample(call.tx, batch.id)
  if (sealed === null)
    throw new Problem(batch.state === 'uploaded' ? 'importRunning' : 'wrongState', { state: batch.state })
  return JSON.parse(unsealText(call.secrets, batch.id, sealed)) as Sample
}

const shownRows = 20

async function proposal(call: Call, batch: StoredBatch): Promise<OutputOf<typeof importProposal>> {
  const sample = await readSample(call, batch)
  const sheets: OutputOf<typeof importProposal>['sheets'] = []
  for (const sheet of sample.sheets) sheets.push(await proposedSheet(call, batch, sheet))
  const best = sheets
    .filter((sheet) => !sheet.hidden && sheet.headerRow !== null)
    .toSorted((a, b) => b.fields.length - a.fields.length)[0]
  return {
    format: sample.format,
    encoding: sample.encoding,
    delimiter: sample.delimiter,
    sheets,
    bestSheet: best?.name ?? sheets[0]?.name ?? null,
  }
}

async function proposedSheet(
  call: Call,
  batch: StoredBatch,
  sheet: Sample['sheets'][number],
): Promise<OutputOf<typeof importProposal>['sheets'][number]> {
  const proposed = proposeMapping(sheet.name, sheet.rows)
  const rows = sheet.rows
    .slice(0, shownRows)
    .map(({ number, cells }) => ({ number, cells: cells.map((cell) => masked(cellText(cell))) }))
  const common = { name: sheet.name, hidden: sheet.hidden, rowEstimate: sheet.rowEstimate, rows }
  if (proposed === null) return { ...common, headerRow: null, headings: [], fields: [], remembered: false }
  const remembered = await agreedMapping(call.tx, proposed, batch.list_code, batch.area_code)
  if (remembered === null)
    return {
      ...common,
      headerRow: proposed.mapping.headerRow,
      headings: proposed.headings,
      fields: proposed.fields,
      remembered: false,
    }
  const fields = Object.entries(remembered.columns).flatMap(([field, column]) =>
    column === undefined
      ? []
      : [
          {
            field: field as ImportField,
            column,
            heading: proposed.headings[column] ?? '',
            score: 1,
            reason: 'remembered' as const,
          },
        ],
  )
  return { ...common, headerRow: proposed.mapping.headerRow, headings: proposed.headings, fields, remembered: true }
}

/** What may be a national id, wherever it stands in a text, shows its last three digits only. */
function masked(text: string): string {
  return text.replace(/[0-9](?:[ .-]?[0-9]){12,}/g, (digits) =>
    maskNationalId(digits.replace(/[^0-9]/g, '').slice(0, 13)),
  )
}

function headingsAt(rows: readonly SheetRow[], headerRow: number): string[] {
  const found = findHeader(rows)
  if (found?.headerRow === headerRow) return found.headings
  return rows.find(({ number }) => number === headerRow)?.cells.map((cell: SheetCell) => cellText(cell)) ?? []
}

const previewRows = 50

/** The first rows as they will be read. */
async function preview(call: Call, batch: StoredBatch): Promise<OutputOf<typeof importMap>> {
  const mapping = batch.mapping!
  const sample = await readSample(call, batch)
  const rows = sample.sheets.find(({ name }) => name === mapping.sheet)?.rows ?? []
  const settings = await readSettings(call.tx)
  const read = createRowReader({
    mapping,
    areas: createAreaLookup(await readKnownAreas(call.tx, batch.area_code), batch.list_date),
    defaultArea: batch.area_code,
    allowedAreas: areasOf(batch),
    listDate: batch.list_date,
    today: dayInThailand(call.now),
    acceptPractice: settings.practice,
  })
  const staged = rows.flatMap((row) => read(row) ?? []).slice(0, previewRows)
  return {
    rows: staged.map(({ rowNumber, household, member, faults }) => {
      const { latitude: _latitude, longitude: _longitude, areaCode, ...facts } = household
      return {
        rowNumber,
        household: { ...facts, areaCode: areaCode === '' ? null : areaCode, areaName: null },
        member: member
          ? { ...member, nationalIdMasked: member.nationalId === null ? null : maskNationalId(member.nationalId) }
          : null,
        faults: faults.map((one) => ({ ...one, invalid: rowFaults[one.fault] === 'invalid' })),
      }
    }),
    missing: checkMapping(mapping, batch.area_code),
  }
}
