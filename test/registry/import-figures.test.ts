import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { figureOverview } from '../../src/contract/figures.ts'
import { importDecide, importRows } from '../../src/contract/import-rows.ts'
import { importCancel, importList, importUndo } from '../../src/contract/imports.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { defaultSettings } from '../../src/domain/settings.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { putSetting } from '../../src/server/queries/settings.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { allowPractice, bringIn, clearImports, judge, listText, practiceId, rowsOf, runJobs } from '../http/_imports.ts'

const sound = { houseNumber: '1', firstName: 'สมชาย', lastName: 'ใจดี', nationalId: practiceId(1) }
const wrong = { houseNumber: '2', firstName: 'มาลี', lastName: 'แสงทอง', nationalId: '9000000000000' }
const wrongToo = { ...wrong, moo: '2', village: 'บ้านหนอง', houseNumber: '3', lastName: 'รักดี' }
/** The same house and nearly the same name on another list: a person has to say whether it is the same. */
const doubtful = { houseNumber: '1', firstName: 'สมชาย', lastName: 'ใจดีมาก' }

describe(`rows of imports in the overview (${engine})`, { timeout: 120_000 }, () => {
  let world: World
  let secretary: Actor
  beforeAll(async () => {
    world = await createWorld()
    await allowPractice(world)
    // Half of these files is wrong.
    const limits = { ...defaultSettings['import.limits'], guardShare: 100 }
    await inTransaction(world.database, 'program', (tx) => putSetting(tx, 'import.limits', limits, new Date()))
  })
  beforeEach(async () => {
    world.setNow('2026-02-01T03:00:00Z')
    await clearImports(world)
    secretary = await world.person('province', '31')
  })
  afterAll(() => world.close())

  const rowsIn = async (area: string) => {
    const { total } = (await world.ask(secretary, figureOverview, { area })).output
    return [total.invalidRows, total.waitingRows]
  }

  /** What opens from the two numbers of an area: as many rows as they say, in every import that is listed. */
  const rowsBehind = async (area: string) => {
    const found: number[] = []
    for (const counted of ['invalid', 'waiting'] as const) {
      const { batches } = (await world.ask(secretary, importList, { areaCode: area, counted })).output
      for (const batch of batches) {
        const filter = counted === 'invalid' ? { verdict: 'invalid' } : { waiting: true }
        const rows = await rowsOf(world, secretary, batch.id, { ...filter, areaCode: area, limit: 100 })
        expect(batch.countedRows).toBe(rows.length)
      }
      found.push(batches.reduce((sum, { countedRows }) => sum + (countedRows ?? 0), 0))
    }
    return found
  }

  const expectRows = async (area: string, rows: [invalid: number, waiting: number]) => {
    expect(await rowsIn(area)).toEqual(rows)
    expect(await rowsBehind(area)).toEqual(rows)
  }

  it('counts down to the village, and opens the rows behind each number', async () => {
    await bringIn(world, secretary, listText([sound, wrong, wrongToo]))
    const other = await judge(world, secretary, listText([doubtful]), { list: 'thaiqm-2' })
    for (const area of ['31', '3101', '310101']) await expectRows(area, [2, 1])
    await expectRows('31010101', [1, 1])
    await expectRows('31010102', [1, 0])
    await expectRows('3102', [0, 0])
    const { children } = (await world.ask(secretary, figureOverview, { area: '310101' })).output
    const lines = children.map(({ area, invalidRows, waitingRows }) => [area.code, invalidRows, waitingRows])
    expect(lines.filter(([, ...rows]) => rows.some((count) => count !== 0))).toEqual([
      ['31010101', 1, 1],
      ['31010102', 1, 0],
    ])

    const [row] = (await world.ask(secretary, importRows, { batchId: other.id, waiting: true })).output.rows
    await world.ask(secretary, importDecide, { batchId: other.id, rows: [row!.rowNumber], decision: 'separate' })
    await expectRows('31010101', [1, 0])
    await world.ask(secretary, importDecide, { batchId: other.id, rows: [row!.rowNumber], decision: null })
    await expectRows('31010101', [1, 1])
  })

  it('counts a file that comes twice once, also while its second coming is only looked at', async () => {
    const text = listText([sound, wrong])
    await bringIn(world, secretary, text)
    const again = await judge(world, secretary, text)
    await expectRows('31', [1, 0])
    await world.ask(secretary, importCancel, { batchId: again.id })
    await expectRows('31', [1, 0])
    // Another list is another matter.
    await bringIn(world, secretary, text, { list: 'thaiqm-2' })
    await expectRows('31', [2, 0])
    const third = await bringIn(world, secretary, text)
    await world.ask(secretary, importUndo, { batchId: third.id, reason: 'ทดสอบ' })
    await runJobs(world)
    await expectRows('31', [2, 0])
  })

  it('counts what is still wrong once the workbook of left-out rows is brought in again', async () => {
    await bringIn(world, secretary, listText([sound, wrong, wrongToo]), { fileName: 'รายชื่อ.csv' })
    const corrected = { ...wrong, nationalId: practiceId(2) }
    const text = listText([corrected, wrongToo])
    const options = { fileName: 'รายชื่อ-แก้ไข (1).csv' }
    const looked = await judge(world, secretary, text, options)
    await world.ask(secretary, importCancel, { batchId: looked.id })
    await expectRows('31', [2, 0])
    await bringIn(world, secretary, text, options)
    await expectRows('31', [1, 0])
  })

  it('takes a corrected part of the province for nothing but that part', async () => {
    const corrected = { ...wrong, nationalId: practiceId(2) }
    await bringIn(world, secretary, listText([wrong, { ...wrong, subdistrict: '310201', houseNumber: '9' }]), {
      fileName: 'อีกไฟล์.csv',
    })
    await bringIn(world, secretary, listText([corrected]), {
      fileName: 'อีกไฟล์-แก้ไข.csv',
      area: '3101',
    })
    await expectRows('3101', [0, 0])
    await expectRows('3102', [1, 0])
  })

  it('forgets a dry run that nobody went on with for a month', async () => {
    await judge(world, secretary, listText([sound, wrong]))
    world.setNow('2026-03-02T03:00:00Z')
    await expectRows('31', [1, 0])
    world.setNow('2026-03-04T03:00:00Z')
    await expectRows('31', [0, 0])
  })
})
