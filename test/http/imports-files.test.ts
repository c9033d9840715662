import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { importAreas } from '../../src/contract/import-rows.ts'
import { importCancel, importCommit, importRejects, importShow, importUndo } from '../../src/contract/imports.ts'
import { uploadAppend, uploadBegin, uploadComplete, uploadShow } from '../../src/contract/uploads.ts'
import { cellText } from '../../src/domain/import/cell.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { createMemorySource } from '../../src/server/files/sources.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { openTable } from '../../src/server/files/table.ts'
import { removeFiles } from '../../src/server/jobs/import-files.ts'
import { importHandlers } from '../../src/server/jobs/imports.ts'
import { createWorld, engine, requestFor, type World } from '../_world.ts'
import {
  allowPractice,
  bringIn,
  clearImports,
  commit,
  headings,
  judge,
  listText,
  practiceId,
  registry,
  rowsOf,
  runJobs,
} from './_imports.ts'

const people = 'รหัสตำบล,หมู่ที่,บ้านเลขที่,ลำดับสมาชิก,ความสัมพันธ์,คำนำหน้า,ชื่อ,นามสกุล,เลขประจำตัวประชาชน'

describe(`Files of an import (${engine})`, () => {
  let world: World
  let secretary: Actor

  beforeAll(async () => {
    world = await createWorld()
    await allowPractice(world)
  })
  beforeEach(async () => {
    await clearImports(world)
    secretary = await world.person('province', '31')
  })
  afterAll(() => world.close())

  it('makes one household of the rows of its members, wherever they stand in the file', async () => {
    const text = [
      people,
      `310101,1,12,2,คู่สมรส,นาง,มาลี,ใจดี,${practiceId(2)}`,
      `310101,1,15,1,หัวหน้าครัวเรือน,นาย,บุญมี,ทองดี,${practiceId(4)}`,
      `310101,1,12,1,หัวหน้าครัวเรือน,นาย,สมชาย,ใจดี,${practiceId(1)}`,
      `310101,1,12,3,บุตร,ด.ช.,ก้อง,ใจดี,${practiceId(3)}`,
      `310101,1,12,3,บุตร,ด.ช.,ก้อง,ใจดี,${practiceId(3)}`,
    ].join('\n')
    const batch = await bringIn(world, secretary, text)
    expect(batch.counts).toMatchObject({ rows: 5, households: 2, verdicts: { new: 2 } })
    const households = await world.database.kysely.selectFrom('household').selectAll().orderBy('house_number').execute()
    expect(households.map(({ head_name, member_count }) => [head_name, member_count])).toEqual([
      ['นายสมชาย ใจดี', 3],
      ['นายบุญมี ทองดี', 1],
    ])
    expect(households[0]!.search_text).toContain('กอง ใจดี')
    expect(households[0]!.search_text).toContain('มาลี ใจดี')
    const before = await registry(world)
    const again = await bringIn(world, secretary, `${text}\n310101,1,12,4,มารดา,นาง,สุดา,ใจดี,${practiceId(9)}`)
    expect(again.counts?.verdicts).toMatchObject({ same: 1, update: 1 })
    expect(again.result).toMatchObject({ membersMade: 1, householdsMade: 0, listingsMade: 0 })
    const after = await registry(world)
    expect(after.filter((line) => !before.includes(line))).toHaveLength(1)
    const grown = await world.database.kysely
      .selectFrom('household')
      .selectAll()
      .where('house_number', '=', '12')
      .executeTakeFirstOrThrow()
    expect(grown).toMatchObject({ member_count: 4, head_name: 'นายสมชาย ใจดี', version: 2 })
    expect(grown.search_text).toContain('สุดา ใจดี')
  })

  it('recognises a household by any of its members', async () => {
    await bringIn(
      world,
      secretary,
      listText([{ houseNumber: '12', firstName: 'มาลี', lastName: 'ใจดี', nationalId: practiceId(2) }]),
    )
    const text = [
      people,
      `310101,1,12,1,หัวหน้าครัวเรือน,นาย,สมชาย,ใจดี,${practiceId(1)}`,
      `310101,1,12,2,คู่สมรส,นาง,มาลี,ใจดี,${practiceId(2)}`,
    ].join('\n')
    const batch = await bringIn(world, secretary, text, { list: 'thaiqm-2' })
    expect(batch.counts?.verdicts).toMatchObject({ match: 1, new: 0 })
    const households = await world.database.kysely.selectFrom('household').selectAll().execute()
    expect(households).toMatchObject([{ member_count: 2, list_set: 'thaiqm-2,tpmap-2565' }])
  })

  it('goes on with an upload where it broke off, and refuses pieces that leave a hole', async () => {
    const bytes = new TextEncoder().encode(listText([{ firstName: 'สมชาย', lastName: 'ใจดี' }]))
    const begun = await world.ask(secretary, uploadBegin, { fileName: 'a.csv', size: bytes.length })
    const uploadId = begun.output.id
    await world.ask(secretary, uploadAppend, { uploadId, offset: 0, bytes: bytes.subarray(0, 50) })
    const hole = await world.ask(secretary, uploadAppend, { uploadId, offset: 80, bytes: bytes.subarray(80) })
    expect(hole).toMatchObject({ problem: 'uploadOutOfOrder', details: { received: 50 } })
    expect((await world.ask(secretary, uploadShow, { uploadId })).output).toMatchObject({
      received: 50,
      complete: false,
    })
    expect((await world.ask(secretary, uploadComplete, { uploadId })).problem).toBe('uploadOutOfOrder')
    await world.ask(secretary, uploadAppend, { uploadId, offset: 0, bytes: bytes.subarray(0, 50) })
    await world.ask(secretary, uploadAppend, { uploadId, offset: 30, bytes: bytes.subarray(30) })
    const wrong = await world.ask(secretary, uploadComplete, { uploadId, digest: '0'.repeat(64) })
    expect(wrong.problem).toBe('uploadChecksumMismatch')
    expect((await world.ask(secretary, uploadComplete, { uploadId })).output).toMatchObject({ complete: true })
  })

  it('keeps room on the disk for so many files of one person that are on their way, and no more', async () => {
    const busy = await world.person('province', '31')
    const begin = () => world.ask(busy, uploadBegin, { fileName: 'a.csv', size: 3 })
    const { output } = await begin()
    for (let number = 2; number <= 20; number += 1) expect((await begin()).status).toBe(200)
    expect((await begin()).problem).toBe('tooManyTries')
    await world.ask(busy, uploadAppend, { uploadId: output.id, offset: 0, bytes: new TextEncoder().encode('a,b') })
    await world.ask(busy, uploadComplete, { uploadId: output.id })
    expect((await begin()).status).toBe(200)
  })

  it('says what is wrong with a file that is no list', async () => {
    const pdf = await judge(world, secretary, new TextEncoder().encode('%PDF-1.7 สวัสดี'), { fileName: 'list.xlsx' })
    expect(pdf).toMatchObject({ state: 'failed', problem: { problem: 'unknownFileFormat' } })
  })

  it('gives the rejected rows back in a workbook that can be corrected and imported again', async () => {
    const text = listText([
      { firstName: 'สมชาย', lastName: 'ใจดี', houseNumber: '1', nationalId: '9000000000000' },
      { firstName: 'มาลี', lastName: 'แสงทอง', houseNumber: '2', nationalId: practiceId(2) },
      { firstName: 'บุญมี', lastName: 'ทองดี', houseNumber: '3', nationalId: practiceId(3) },
    ])
    const first = await bringIn(world, secretary, text)
    const { path, init } = requestFor(importRejects, { batchId: first.id })
    const response = await world.fetch(secretary, path, init)
    expect(response.status).toBe(200)
    const workbook = new Uint8Array(await response.arrayBuffer())
    const table = await openTable(createMemorySource(workbook))
    const rows = []
    for await (const batch of table.rows(table.sheets[0]!.name)) rows.push(...batch)
    expect(rows.map(({ cells }) => cells.map((cell) => cellText(cell)).join(','))).toEqual([
      headings,
      '310101,1,บ้านโคก,1,,นาย,สมชาย,ใจดี,9000000000000',
    ])
    const unchanged = await judge(world, secretary, workbook, { fileName: 'แก้ไข.xlsx' })
    expect(unchanged.counts).toMatchObject({ rows: 1, verdicts: { invalid: 1 } })
  })

  it('keeps the file for as long as a workbook can be made from it, a month at most, and no longer', async () => {
    const wrong = { firstName: 'สมชาย', lastName: 'ใจดี', houseNumber: '1', nationalId: '9000000000000' }
    const right = { firstName: 'มาลี', lastName: 'แสงทอง', houseNumber: '2', nationalId: practiceId(2) }
    const whole = await bringIn(world, secretary, listText([right]))
    const partly = await bringIn(
      world,
      secretary,
      listText([right, wrong, { ...right, houseNumber: '3', nationalId: practiceId(3) }]),
    )
    const cancelled = await judge(world, secretary, listText([wrong]))
    await world.ask(secretary, importCancel, { batchId: cancelled.id })
    const waiting = await judge(world, secretary, listText([right]))
    const uploads = await world.database.kysely.selectFrom('import_batch').select(['id', 'upload_id']).execute()
    const isKept = async (batch: { id: string }) => {
      const { upload_id } = uploads.find(({ id }) => id === batch.id)!
      const told = (await world.ask(secretary, importShow, { batchId: batch.id })).output.isFileKept
      expect(await world.deps.uploads.has(upload_id)).toBe(told)
      return told
    }
    await removeFiles(world.deps)
    expect([await isKept(whole), await isKept(partly), await isKept(cancelled), await isKept(waiting)]).toEqual([
      false,
      true,
      false,
      true,
    ])
    world.setNow(new Date(Date.now() + 31 * 24 * 60 * 60 * 1000).toISOString())
    await removeFiles(world.deps)
    expect([await isKept(partly), await isKept(waiting)]).toEqual([false, false])
    expect((await world.ask(secretary, importRejects, { batchId: partly.id })).problem).toBe('fileNotKept')
    expect(await world.deps.uploads.list()).toEqual([])
    // What was read from it is the provenance of households, and stays.
    expect(await world.database.kysely.selectFrom('source_row').select('row_number').execute()).not.toEqual([])
    world.setNow(new Date().toISOString())
  })

  it('says that an import failed when its work could not be done in many tries', async () => {
    const judged = await judge(world, secretary, listText([{ firstName: 'สมชาย', lastName: 'ใจดี' }]))
    const lost = Object.assign(new Error('the connection is lost'), { code: '08006' })
    const handlers = importHandlers(world.deps, {
      progress: () => {
        throw lost
      },
    })
    // From here on whoever takes a job up meets a lost connection, the run that the commit itself wakes too.
    await world.deps.jobs.exhaust(handlers)
    await world.ask(secretary, importCommit, { batchId: judged.id })
    expect((await world.ask(secretary, importShow, { batchId: judged.id })).output.state).toBe('committing')
    for (let hour = 0; hour < 5; hour += 1) {
      world.setNow(new Date(Date.now() + hour * 60 * 60 * 1000).toISOString())
      await world.deps.jobs.exhaust(handlers)
    }
    expect((await world.ask(secretary, importShow, { batchId: judged.id })).output).toMatchObject({
      state: 'failed',
      problem: { problem: 'unexpected' },
    })
    world.setNow(new Date().toISOString())
    expect(await commit(world, secretary, judged.id)).toMatchObject({ state: 'committed' })
  })

  it('splits the queue by area', async () => {
    const old = [
      { houseNumber: '7', firstName: 'ประเสริฐ', lastName: 'ทองคำดี' },
      { subdistrict: '310201', houseNumber: '8', firstName: 'ทองใบ', lastName: 'แสนสุขดี' },
    ]
    await bringIn(world, secretary, listText(old))
    const doubtful = old.map((line) => ({ ...line, firstName: `${line.firstName}ย์` }))
    const judged = await judge(world, secretary, listText([...doubtful, { firstName: 'ใหม่', lastName: 'จริงจัง' }]), {
      list: 'thaiqm-2',
    })
    const areas = (await world.ask(secretary, importAreas, { batchId: judged.id })).output.areas
    expect(areas.map(({ areaCode, waiting, verdicts }) => [areaCode, waiting, verdicts.new])).toEqual([
      ['3101', 1, 1],
      ['3102', 1, 0],
    ])
    expect(areas[0]!.nameTh).toBe('เมืองบุรีรัมย์')
  })

  it('keeps both sides apart when a person says that they are not one household', async () => {
    await bringIn(world, secretary, listText([{ houseNumber: '7', firstName: 'ประเสริฐ', lastName: 'ทองคำดี' }]))
    const judged = await judge(
      world,
      secretary,
      listText([{ houseNumber: '7', firstName: 'ประเสริด', lastName: 'ทองคำดี' }]),
      { list: 'thaiqm-2' },
    )
    const [row] = await rowsOf(world, secretary, judged.id)
    expect(row!.scoreTerms.map(({ term }) => term)).toEqual(['name', 'houseNumber', 'village', 'members'])
    await world.database.kysely
      .updateTable('row_verdict')
      .set({ waiting: false, decision: 'separate' })
      .where('batch_id', '=', judged.id)
      .execute()
    await commit(world, secretary, judged.id)
    expect(await registry(world)).toHaveLength(2)
  })

  it('forgets the rows of a dry run that was cancelled', async () => {
    const judged = await judge(world, secretary, listText([{ firstName: 'สมชาย', lastName: 'ใจดี' }]))
    expect((await world.ask(secretary, importCancel, { batchId: judged.id })).output.state).toBe('cancelled')
    expect(await world.database.kysely.selectFrom('source_row').selectAll().execute()).toEqual([])
    expect((await world.ask(secretary, importShow, { batchId: judged.id })).output.state).toBe('cancelled')
  })

  /** A file that is being read: its rows are staged, and a job is at it. */
  async function reading(change: { state: string } = { state: 'reading' }): Promise<string> {
    const judged = await judge(world, secretary, listText([{ firstName: 'สมชาย', lastName: 'ใจดี' }]))
    await world.database.kysely
      .updateTable('import_batch')
      .set({ ...change, matched_at: null })
      .where('id', '=', judged.id)
      .execute()
    return judged.id
  }

  const staged = async (batchId: string) =>
    (
      await world.database.kysely
        .selectFrom('source_row')
        .select('row_number')
        .where('batch_id', '=', batchId)
        .execute()
    ).length

  const acts = async (batchId: string) =>
    (
      await world.database.kysely
        .selectFrom('audit_entry')
        .select('action')
        .where('subject_id', '=', batchId)
        .where('action', 'not in', ['import.show', 'import.rows', 'import.proposal'])
        .orderBy('at')
        .orderBy('id')
        .execute()
    ).map(({ action }) => action)

  it.each(['reading', 'matching'])('forgets the rows of an import that was cancelled while %s', async (state) => {
    const batchId = await reading({ state })
    await inTransaction(world.database, 'program', (tx) =>
      world.deps.jobs.add(tx, 'import.read', { batchId }, world.deps.now()),
    )
    await world.ask(secretary, importCancel, { batchId })
    await runJobs(world)
    expect(await staged(batchId)).toBe(0)
    expect((await acts(batchId)).slice(-2)).toEqual(['import.cancel', 'import.forget'])
  })

  it('forgets the rows of an import that failed before every row was looked at', async () => {
    const batchId = await reading()
    const { upload_id } = await world.database.kysely
      .selectFrom('import_batch')
      .select('upload_id')
      .where('id', '=', batchId)
      .executeTakeFirstOrThrow()
    await world.deps.uploads.remove(upload_id)
    await inTransaction(world.database, 'program', (tx) =>
      world.deps.jobs.add(tx, 'import.read', { batchId }, world.deps.now()),
    )
    await runJobs(world)
    expect((await world.ask(secretary, importShow, { batchId })).output.state).toBe('failed')
    expect(await staged(batchId)).toBe(0)
    expect((await acts(batchId)).slice(-2)).toEqual(['import.failed', 'import.forget'])
  })

  it('forgets the rows of dry runs that nobody finished in a month, and of what was cancelled without a job', async () => {
    const left = await judge(world, secretary, listText([{ firstName: 'มาลี', lastName: 'แสงทอง' }]))
    const committed = await bringIn(world, secretary, listText([{ firstName: 'กัญญา', lastName: 'วงศ์พานิช' }]))
    const cancelled = await reading({ state: 'cancelled' })
    await removeFiles(world.deps)
    expect([await staged(left.id), await staged(committed.id), await staged(cancelled)]).toEqual([1, 1, 0])
    world.setNow(new Date(Date.now() + 31 * 24 * 60 * 60 * 1000).toISOString())
    await removeFiles(world.deps)
    world.setNow(new Date().toISOString())
    expect([await staged(left.id), await staged(committed.id)]).toEqual([0, 1])
    expect((await world.ask(secretary, importShow, { batchId: left.id })).output.state).toBe('cancelled')
    expect((await world.ask(secretary, importCommit, { batchId: left.id })).problem).toBe('wrongState')
  })

  it('leaves an audit row of every step, to the end and back', async () => {
    const village = { subdistrict: '310102', moo: '7', village: 'บ้านใหม่', firstName: 'กัญญา', lastName: 'วงศ์พานิช' }
    const batch = await bringIn(world, secretary, listText([village]))
    await world.ask(secretary, importUndo, { batchId: batch.id, reason: 'ไฟล์ผิด' })
    await runJobs(world)
    expect(await acts(batch.id)).toEqual([
      ...['import.create', 'import.detected', 'import.map', 'import.start', 'import.staged', 'import.judged'],
      ...['import.commit', 'import.villages'],
      ...['import.commitRange', 'import.committed', 'import.undo', 'import.undoRange', 'import.undone'],
    ])
  })
})
