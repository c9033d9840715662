import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { importDecide, importDecideAll } from '../../src/contract/import-rows.ts'
import {
  importCancel,
  importCommit,
  importCreate,
  importShow,
  importStart,
  importUndo,
} from '../../src/contract/imports.ts'
import { uploadAppend, uploadBegin, uploadComplete, uploadShow } from '../../src/contract/uploads.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import { createWorld, engine, type World } from '../_world.ts'
import {
  allowPractice,
  bringIn,
  clearImports,
  commit,
  judge,
  listText,
  practiceId,
  registry,
  rowsOf,
  runJobs,
  upload,
} from './_imports.ts'

const somchai = {
  houseNumber: '12/3',
  houseCode: '31010000001',
  firstName: 'สมชาย',
  lastName: 'ใจดี',
  nationalId: practiceId(1),
}
const malee = { houseNumber: '15', title: 'นาง', firstName: 'มาลี', lastName: 'แสงทอง', nationalId: practiceId(2) }

describe(`Importing a list (${engine})`, () => {
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

  it('brings every household in once, with its head, its list and its way to be found', async () => {
    const batch = await bringIn(world, secretary, listText([somchai, malee]))
    expect(batch).toMatchObject({
      state: 'committed',
      counts: { rows: 2, households: 2, waiting: 0, verdicts: { new: 2 } },
    })
    expect(batch.result).toMatchObject({ householdsMade: 2, membersMade: 2, listingsMade: 2 })
    const households = await world.database.kysely.selectFrom('household').selectAll().orderBy('house_number').execute()
    expect(households[0]).toMatchObject({
      province_code: 31,
      area_code: '31010101',
      head_name: 'นายสมชาย ใจดี',
      search_text: ' สมชาย ใจดี บานโคก 12/3 31010000001',
      list_set: 'tpmap-2565',
      member_count: 1,
      house_number_key: '12/3',
    })
    expect(households[0]!.centre_id).not.toBeNull()
    const figures = await world.database.kysely
      .selectFrom('household_figure')
      .selectAll()
      .orderBy('area_code')
      .execute()
    expect(figures.map(({ area_code, households: count, persons }) => [area_code, count, persons])).toEqual([
      ['31', 2, 2],
      ['3101', 2, 2],
      ['310101', 2, 2],
      ['31010101', 2, 2],
    ])
    const village = await world.database.kysely
      .selectFrom('area')
      .selectAll()
      .where('code', '=', '31010101')
      .executeTakeFirst()
    expect(village).toMatchObject({ name_th: 'บ้านโคก', origin: 'import' })
  })

  it('changes nothing when the same file comes twice, and says that it came before', async () => {
    const text = listText([
      somchai,
      malee,
      { firstName: 'ละออง', lastName: 'รักษา' },
      { firstName: 'ละออง', lastName: 'รักษา' },
    ])
    await bringIn(world, secretary, text)
    const before = await registry(world)
    const bytes = new TextEncoder().encode(text)
    const begun = await world.ask(secretary, uploadBegin, { fileName: 'again.csv', size: bytes.length })
    await world.ask(secretary, uploadAppend, { uploadId: begun.output.id, offset: 0, bytes })
    const completed = await world.ask(secretary, uploadComplete, { uploadId: begun.output.id })
    expect(completed.output.earlierImports).toHaveLength(1)
    const again = await bringIn(world, secretary, text)
    expect(again.counts?.verdicts).toMatchObject({ same: 3, duplicate: 1, new: 0 })
    expect(again.result).toMatchObject({ householdsMade: 0, householdsChanged: 0, membersMade: 0, listingsMade: 0 })
    expect(await registry(world)).toEqual(before)
    const versions = await world.database.kysely.selectFrom('household').select('version').execute()
    expect(versions.every(({ version }) => version === 1)).toBe(true)
  })

  it('takes a household that another list has too as the one it is, and fills in what was not known', async () => {
    await bringIn(world, secretary, listText([somchai]))
    const batch = await bringIn(world, secretary, listText([{ ...somchai, phone: '0812345678' }]), { list: 'thaiqm-2' })
    expect(batch.counts?.verdicts).toMatchObject({ match: 1 })
    const households = await world.database.kysely.selectFrom('household').selectAll().execute()
    expect(households).toHaveLength(1)
    expect(households[0]).toMatchObject({ list_set: 'thaiqm-2,tpmap-2565', phone: '0812345678', version: 2 })
    const changes = await world.database.kysely
      .selectFrom('fact_change')
      .select(['field', 'new_value'])
      .orderBy('field')
      .execute()
    expect(changes).toEqual([
      { field: 'asOf', new_value: '2022-12-09' },
      { field: 'list', new_value: 'thaiqm-2' },
      { field: 'phone', new_value: '0812345678' },
    ])
  })

  it('names invalid rows and repeated rows, and lets the right ones in', async () => {
    const batch = await bringIn(
      world,
      secretary,
      listText([
        somchai,
        somchai,
        { ...malee, nationalId: '9000000000000' },
        { ...malee, subdistrict: '100101' },
        malee,
        { firstName: 'บุญมี', lastName: 'ทองดี', houseNumber: '9' },
        { firstName: 'วันดี', lastName: 'สุขใจ', houseNumber: '10' },
      ]),
    )
    expect(batch.counts?.verdicts).toMatchObject({ new: 4, duplicate: 1, invalid: 2 })
    const rows = await rowsOf(world, secretary, batch.id, { verdict: 'duplicate' })
    expect(rows).toMatchObject([{ rowNumber: 3, duplicateOf: 2, reason: 'nationalIdInFile' }])
    const invalid = await rowsOf(world, secretary, batch.id, { verdict: 'invalid' })
    expect(invalid.map((row) => row.faults.filter((fault) => fault.invalid).map(({ fault }) => fault))).toEqual([
      ['nationalIdChecksum'],
      ['areaOutsidePermission'],
    ])
  })

  it('reads codes as of the day of the list, and says when one that is used no more had ended', async () => {
    const nongKhai = await world.person('province', '43')
    const chiangMai = await world.person('province', '50')
    const family = { moo: '1', firstName: 'สมชาย', lastName: 'ใจดี', nationalId: practiceId(1) }
    const old = await judge(world, nongKhai, listText([{ ...family, subdistrict: '430401' }]), {
      area: '43',
      listDate: '2022-09-30',
    })
    const [row] = await rowsOf(world, nongKhai, old.id)
    expect(row).toMatchObject({ verdict: 'invalid' })
    expect(row!.faults).toContainEqual({
      field: 'subdistrictCode',
      fault: 'areaEnded',
      day: '2011-03-22',
      invalid: true,
    })

    const heading = 'จังหวัด,อำเภอ,ตำบล,หมู่ที่,ชื่อ,นามสกุล'
    const renamed = `${heading}\r\nเชียงใหม่,อมก๋อย,สบโขง,1,สมชาย,ใจดี\r\n`
    const verdictOn = async (listDate: string) => {
      const batch = await judge(world, chiangMai, renamed, { area: '50', listDate })
      return (await rowsOf(world, chiangMai, batch.id)).map(({ verdict, areaCode }) => `${areaCode} ${verdict}`)
    }
    expect(await verdictOn('2022-03-06')).toEqual(['50180501 new'])
    expect(await verdictOn('2022-03-07')).toEqual(['50 invalid'])
  }, 120_000)

  it('asks before it takes a household of another list for the same by its likeness alone', async () => {
    await bringIn(world, secretary, listText([{ houseNumber: '7', firstName: 'ประเสริฐ', lastName: 'ทองคำดี' }]))
    const judged = await judge(
      world,
      secretary,
      listText([{ houseNumber: '7', firstName: 'ประเสริด', lastName: 'ทองคำดี' }]),
      { list: 'thaiqm-2' },
    )
    expect(judged.counts?.waiting).toBe(1)
    const [row] = await rowsOf(world, secretary, judged.id, { waiting: true })
    expect(row).toMatchObject({ waiting: true, candidate: { household: { houseNumber: '7' } } })
    expect(row!.score).toBeGreaterThanOrEqual(60)
    expect((await world.ask(secretary, importCommit, { batchId: judged.id })).problem).toBe('importNeedsDecision')
    const decided = await world.ask(secretary, importDecide, {
      batchId: judged.id,
      rows: [row!.rowNumber, 99],
      decision: 'accept',
    })
    expect(decided.output.outcomes).toEqual([
      { rowNumber: row!.rowNumber, outcome: 'decided' },
      { rowNumber: 99, outcome: 'notFound' },
    ])
    expect(decided.output.counts).toMatchObject({ waiting: 0, decided: 1 })
    const done = await commit(world, secretary, judged.id)
    expect(done.state).toBe('committed')
    expect(await registry(world)).toHaveLength(1)
  })

  it('commits what is sure and takes the doubtful rows in later, once they are decided', async () => {
    await bringIn(world, secretary, listText([{ houseNumber: '7', firstName: 'ประเสริฐ', lastName: 'ทองคำดี' }]))
    const list = listText([{ houseNumber: '7', firstName: 'ประเสริด', lastName: 'ทองคำดี' }, malee])
    const first = await bringIn(world, secretary, list, { list: 'thaiqm-2' })
    expect(first).toMatchObject({ state: 'committed', counts: { waiting: 1 }, result: { householdsMade: 1 } })
    expect((await world.ask(secretary, importCommit, { batchId: first.id })).problem).toBe('importNeedsDecision')
    await world.ask(secretary, importDecideAll, { batchId: first.id, decision: 'separate' })
    const second = await commit(world, secretary, first.id)
    expect(second).toMatchObject({
      state: 'committed',
      counts: { waiting: 0, decided: 0 },
      result: { householdsMade: 2 },
    })
    expect(await registry(world)).toHaveLength(3)
    expect((await world.ask(secretary, importCommit, { batchId: first.id })).problem).toBe('wrongState')
  })

  it('says how many households a commit will take in, after every decision', async () => {
    await bringIn(world, secretary, listText([{ houseNumber: '7', firstName: 'ประเสริฐ', lastName: 'ทองคำดี' }, somchai]))
    const doubtful = { houseNumber: '7', firstName: 'ประเสริด', lastName: 'ทองคำดี' }
    const judged = await judge(
      world,
      secretary,
      listText([
        doubtful,
        { ...somchai, phone: '0812345678' },
        malee,
        malee,
        { ...malee, nationalId: '9000000000000' },
      ]),
      { list: 'thaiqm-2' },
    )
    expect(judged.counts).toMatchObject({ waiting: 1, ready: 2, decided: 0, rejected: 0 })
    const decide = async (rowNumber: number, decision: string | null) => {
      const answer = await world.ask(secretary, importDecide, { batchId: judged.id, rows: [rowNumber], decision })
      expect(answer.output.outcomes).toMatchObject([{ outcome: 'decided' }])
      const { waiting, ready, decided, rejected } = answer.output.counts
      return { waiting, ready, decided, rejected }
    }
    expect(await decide(2, 'reject')).toEqual({ waiting: 0, ready: 2, decided: 0, rejected: 1 })
    expect(await decide(2, null)).toEqual({ waiting: 1, ready: 2, decided: 0, rejected: 0 })
    expect(await decide(2, 'accept')).toEqual({ waiting: 0, ready: 3, decided: 1, rejected: 0 })
    // A new household that is left out, and a repeated row that is one of its own after all.
    expect(await decide(4, 'reject')).toEqual({ waiting: 0, ready: 2, decided: 1, rejected: 1 })
    expect(await decide(5, 'separate')).toEqual({ waiting: 0, ready: 3, decided: 2, rejected: 1 })
    const done = await commit(world, secretary, judged.id)
    expect(done.result!.listingsMade).toBe(3)
    expect(done.counts).toMatchObject({ ready: 0, decided: 0, rejected: 1 })
  })

  it('asks when an id says one household and the house code another, and when an id comes with quite another name', async () => {
    await bringIn(world, secretary, listText([somchai, { ...malee, houseCode: '31010000002' }]))
    const judged = await judge(
      world,
      secretary,
      listText([
        { ...somchai, houseCode: '31010000002' },
        { ...malee, firstName: 'กัญญารัตน์', lastName: 'วงศ์พานิช' },
      ]),
      { list: 'thaiqm-2' },
    )
    const rows = await rowsOf(world, secretary, judged.id)
    expect(rows.map(({ reason, waiting }) => [reason, waiting])).toEqual([
      ['twoHouseholds', true],
      ['differentName', true],
    ])
  })

  it('never names a household that stands outside the reach of the person', async () => {
    const elsewhere = await world.person('province', '32')
    await bringIn(world, elsewhere, listText([{ ...somchai, subdistrict: '320101' }]), { area: '32' })
    const judged = await judge(world, secretary, listText([{ ...somchai, houseCode: '' }]), { list: 'thaiqm-2' })
    const [row] = await rowsOf(world, secretary, judged.id)
    expect(row).toMatchObject({ verdict: 'conflict', reason: 'standsElsewhere', candidate: null, differences: [] })
    expect(row!.choices).toEqual(['separate', 'reject'])
    const stored = await world.database.kysely
      .selectFrom('row_verdict')
      .select('candidate_id')
      .where('batch_id', '=', judged.id)
      .execute()
    expect(stored).toEqual([{ candidate_id: null }])
  })

  it('stops at a file that is mostly wrong until a person says why it may go on', async () => {
    const judged = await judge(world, secretary, listText([somchai, somchai, somchai]))
    expect(judged.guard).toEqual({ share: 67, limit: 50, waived: false })
    expect((await world.ask(secretary, importCommit, { batchId: judged.id })).problem).toBe('importGuard')
  })

  it('takes a whole import back, and keeps what another list or a person did since', async () => {
    const first = await bringIn(world, secretary, listText([somchai, malee]))
    await bringIn(world, secretary, listText([{ ...somchai, phone: '0812345678' }]), { list: 'thaiqm-2' })
    const answer = await world.ask(secretary, importUndo, { batchId: first.id, reason: 'ไฟล์ผิด' })
    expect(answer.status).toBe(200)
    await runJobs(world)
    expect((await world.ask(secretary, importShow, { batchId: first.id })).output.state).toBe('undone')
    const households = await world.database.kysely.selectFrom('household').selectAll().orderBy('house_number').execute()
    expect(households.map(({ state, list_set, phone }) => [state, list_set, phone])).toEqual([
      ['active', 'thaiqm-2', '0812345678'],
      ['withdrawn', '', null],
    ])
  })

  it('gives a fact back when the import that changed it is undone, but not when it was changed again', async () => {
    await bringIn(
      world,
      secretary,
      listText([
        { ...somchai, phone: '0811111111' },
        { ...malee, phone: '0822222222' },
      ]),
    )
    const newer = await bringIn(
      world,
      secretary,
      listText([
        { ...somchai, phone: '0833333333' },
        { ...malee, phone: '0844444444' },
      ]),
      { list: 'thaiqm-2' },
    )
    await world.database.kysely
      .updateTable('household')
      .set({ phone: '0855555555' })
      .where('house_number', '=', '15')
      .execute()
    await world.ask(secretary, importUndo, { batchId: newer.id, reason: 'ไฟล์ผิด' })
    await runJobs(world)
    const phones = await world.database.kysely
      .selectFrom('household')
      .select(['phone', 'list_set'])
      .orderBy('house_number')
      .execute()
    expect(phones).toEqual([
      { phone: '0811111111', list_set: 'tpmap-2565' },
      { phone: '0855555555', list_set: 'tpmap-2565' },
    ])
  })

  it('takes in the rows of all that a municipal centre covers across districts, and of nothing else', async () => {
    const covered = ['310102', '310401', '31040305']
    const officer = await world.person('district', '31', { areas: covered, centreId: newId() })
    const file = listText([
      { ...somchai, subdistrict: '310102' },
      { ...malee, subdistrict: '310401' },
      { subdistrict: '310403', moo: '5', firstName: 'บุญมี', lastName: 'ทองดี', houseNumber: '9' },
      { subdistrict: '310403', moo: '6', firstName: 'วันดี', lastName: 'สุขใจ', houseNumber: '10' },
      { subdistrict: '310101', firstName: 'กัญญา', lastName: 'วงศ์พานิช', houseNumber: '11' },
      ...['ก', 'ข', 'ค', 'ง'].map((letter) => ({ subdistrict: '310102', firstName: `แก้ว${letter}`, lastName: 'ดี' })),
    ])
    const batch = await bringIn(world, officer, file, { area: '31' })
    expect(batch).toMatchObject({ state: 'committed', counts: { verdicts: { new: 7, invalid: 2 } } })
    expect(batch.may).toEqual(expect.arrayContaining(['import.commit', 'import.undo']))
    // Also what was refused stands where its person sees it.
    const refused = await rowsOf(world, officer, batch.id, { verdict: 'invalid' })
    expect(refused.map(({ rowNumber, faults }) => [rowNumber, faults.find(({ invalid }) => invalid)?.fault])).toEqual([
      [5, 'areaOutsidePermission'],
      [6, 'areaOutsidePermission'],
    ])
    const stand = await world.database.kysely
      .selectFrom('household')
      .select('area_code')
      .distinct()
      .orderBy('area_code')
      .execute()
    expect(stand.map(({ area_code }) => area_code)).toEqual(['31010201', '31040101', '31040305'])

    // Who answers for one part only may neither take the whole back nor bring a file that speaks of more.
    const part = await world.person('district', '310102')
    const undo = { batchId: batch.id, reason: 'ไฟล์ผิด' }
    expect((await world.ask(part, importUndo, undo)).problem).toBe('notFound')
    const uploadId = await upload(world, part, new TextEncoder().encode(file))
    const wider = { uploadId, listCode: 'tpmap-2565', areaCode: '31' }
    expect((await world.ask(part, importCreate, wider)).problem).toBe('notFound')
    const around = await upload(world, officer, new TextEncoder().encode(file))
    expect((await world.ask(officer, importCreate, { ...wider, uploadId: around, areaCode: '32' })).problem).toBe(
      'notFound',
    )
    expect((await world.ask(officer, importUndo, undo)).status).toBe(200)
  }, 120_000)

  it('shows nobody else an upload or a batch of another province', async () => {
    const uploadId = await upload(world, secretary, new TextEncoder().encode(listText([somchai])))
    const other = await world.person('province', '32')
    expect((await world.ask(other, uploadShow, { uploadId })).problem).toBe('notFound')
    const batch = await judge(world, secretary, listText([somchai]))
    expect((await world.ask(other, importShow, { batchId: batch.id })).problem).toBe('notFound')
    expect((await world.ask(other, importCancel, { batchId: batch.id })).problem).toBe('notFound')
  })

  it('lets a tambon team see and decide only the rows of their own tambon', async () => {
    await bringIn(
      world,
      secretary,
      listText([
        { houseNumber: '7', firstName: 'ประเสริฐ', lastName: 'ทองคำดี' },
        { subdistrict: '310102', houseNumber: '8', firstName: 'ทองใบ', lastName: 'แสนสุขดี' },
      ]),
    )
    const judged = await judge(
      world,
      secretary,
      listText([
        { houseNumber: '7', firstName: 'ประเสริด', lastName: 'ทองคำดี' },
        { subdistrict: '310102', houseNumber: '8', firstName: 'ทองไบ', lastName: 'แสนสุขดี' },
      ]),
      { list: 'thaiqm-2' },
    )
    const team = await world.person('operations', '310102')
    const rows = await rowsOf(world, team, judged.id, { waiting: true })
    expect(rows.map(({ areaCode }) => areaCode)).toEqual(['31010201'])
    const decided = await world.ask(team, importDecide, { batchId: judged.id, rows: [2, 3], decision: 'reject' })
    expect(decided.output.outcomes.map(({ outcome }) => outcome)).toEqual(['notFound', 'decided'])
    expect((await world.ask(team, importCommit, { batchId: judged.id })).problem).toBe('notPermitted')
  })

  it('lets one person start only so many dry runs a day', async () => {
    world.setNow('2026-01-05T03:00:00Z')
    const busy = await world.person('province', '31')
    const batch = await judge(world, busy, listText([somchai]))
    const rows = Array.from({ length: 40 }, (_, index) => ({
      province_code: 31,
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      at: new Date('2026-01-05T02:00:00Z'),
      account_id: busy.userId,
      action: 'import.start',
    }))
    await world.database.kysely.insertInto('audit_entry').values(rows).execute()
    await world.database.kysely
      .updateTable('import_batch')
      .set({ state: 'mapped' })
      .where('id', '=', batch.id)
      .execute()
    expect((await world.ask(busy, importStart, { batchId: batch.id })).problem).toBe('tooManyTries')
  })
})
