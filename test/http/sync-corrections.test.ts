/** Two corrections of one entry from phones: the second is kept, and the district lays both side by side and decides. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { householdMerge, householdShow, type HouseholdRef } from '../../src/contract/households.ts'
import { logbookCase } from '../../src/contract/logbook.ts'
import { syncUnfiledDecide, syncUnfiledList } from '../../src/contract/sync.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { logbook } from '../support/logbook.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { add, draft, makePractice } from './_households.ts'
import { employ, entryItem, getPhone, type TestPhone } from './_phones.ts'

let world: World
let province: Actor
let district: Actor
let first: TestPhone
let second: TestPhone
const today = '2023-06-15'
const village = '31040101'
const reason = 'ถามทั้งสองคนแล้ว'
type Correction = Extract<EntryDraft, { kind: 'correction' }>

beforeAll(async () => {
  world = await createWorld()
  await makePractice(world)
  province = await world.person('province', '31')
  district = await world.person('district', '3104')
  world.setNow(`${today}T03:00:00Z`)
  const mentors = [await world.person('mentor', '3104'), await world.person('mentor', '3104')]
  for (const mentor of mentors) await employ(world, mentor)
  first = await getPhone(world, mentors[0]!, ['3104'])
  second = await getPhone(world, mentors[1]!, ['3104'])
}, 120_000)
afterAll(() => world.close())

const { says, corrects } = logbook()
const fresh = <Entry extends { id: string }>(entry: Entry): Entry => ({ ...entry, id: newId() })
const visit = (seen: string) => fresh(says('visit', '2023-06-01', { seen }))

let houseNumber = 800
async function household(): Promise<HouseholdRef> {
  world.setNow('2022-12-20T03:00:00Z')
  houseNumber += 1
  const who = `แสงดาว${houseNumber} ใจซื่อ${houseNumber}`
  const ref = await add(world, province, draft(village, [who], { houseNumber: String(houseNumber) }))
  world.setNow(`${today}T03:00:00Z`)
  return ref
}

const story = async (ref: HouseholdRef) => (await world.ask(province, logbookCase, { ...ref })).output.entries
const isSound = async () => expect((await recount(world.database.kysely)).differences).toEqual([])
const waiting = async (id: string) =>
  (await world.ask(district, syncUnfiledList, {})).output.items.find(({ itemId }) => itemId === id)
const decide = (itemId: string, more: Record<string, unknown> = {}, by = district) =>
  world.ask(by, syncUnfiledDecide, { province: '31', itemId, reason, decision: 'record', ...more })

function saysInstead(seen: { id: string }, words: string, day = '2023-06-01'): Correction {
  const { kind, content } = says('visit', day, { seen: words })
  return fresh(corrects(seen, { kind, happenedOn: day, content }, {}, `ควรเป็น ${words}`, today)) as Correction
}

/** A visit that both phones held, corrected on each without a line; the second correction waits for the district. */
async function crossed(ref: HouseholdRef) {
  const entry = visit('อยู่คนเดียว')
  await first.push([first.seal(entryItem(ref, entry))])
  const [theirs, mine] = [saysInstead(entry, 'อยู่สองคน'), saysInstead(entry, 'อยู่สามคน')]
  expect(await first.push([first.seal(entryItem(ref, theirs))])).toMatchObject([{ outcome: 'recorded' }])
  const sealed = second.seal(entryItem(ref, mine))
  expect(await second.push([sealed])).toMatchObject([{ outcome: 'unfiled', problem: 'correctedMeanwhile' }])
  return { entry, theirs, mine, sealed }
}

describe(`a correction of a phone that came second (${engine})`, () => {
  it('is recorded once over the one that stands now, under its author’s name, when the district says so', async () => {
    const ref = await household()
    const { entry, theirs, mine, sealed } = await crossed(ref)
    expect(await waiting(mine.id)).toMatchObject({ problem: 'correctedMeanwhile', code: 409.12, household: ref })
    // Without having looked at what stands now, nothing is put over it.
    expect((await decide(mine.id)).problem).toBe('correctedMeanwhile')
    const decided = await decide(mine.id, { overVersion: theirs.id })
    expect(decided.output.outcome).toMatchObject({ itemId: mine.id, outcome: 'recorded', household: ref })
    const [told, ...others] = await story(ref)
    expect(others).toEqual([])
    expect(told).toMatchObject({ id: entry.id, latestId: mine.id, said: { content: { seen: 'อยู่สามคน' } } })
    expect(told!.versions.map(({ id, by }) => [id, by.id])).toEqual([
      [entry.id, first.owner.userId],
      [theirs.id, first.owner.userId],
      [mine.id, second.owner.userId],
    ])
    expect(await waiting(mine.id)).toBeUndefined()
    expect((await decide(mine.id, { overVersion: theirs.id })).problem).toBe('wrongState')
    // What still lies on the phone, as it was or put over theirs by its author, is there already.
    const again = { ...mine, content: { ...mine.content, corrects: theirs.id } }
    const both = [sealed, second.seal(entryItem(ref, again))]
    expect((await second.push(both)).map(({ outcome }) => outcome)).toEqual(['alreadyThere', 'alreadyThere'])
    expect((await story(ref))[0]!.versions).toHaveLength(3)
    const rows = await world.database.kysely
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'sync.unfiledDecide')
      .where('subject_id', '=', mine.id)
      .execute()
    expect(rows).toMatchObject([{ account_id: district.userId, detail: { isOver: true, author: second.owner.userId } }])
    await isSound()
  })

  it('may take the entry back, or restore what the first one took back, and gets another day with it', async () => {
    const [one, other] = [await household(), await household()]
    const [kept, lost] = [visit('ปลูกผัก'), visit('เลี้ยงไก่')]
    await first.push([first.seal(entryItem(one, kept)), first.seal(entryItem(other, lost))])
    const changes = saysInstead(kept, 'ปลูกข้าวโพด')
    const takesBack = fresh(corrects(lost, null, {}, 'ไม่ได้ไป', today)) as Correction
    await first.push([first.seal(entryItem(one, changes)), first.seal(entryItem(other, takesBack))])
    const removes = fresh(corrects(kept, null, {}, 'บันทึกผิดบ้าน', today)) as Correction
    const restores = saysInstead(lost, 'เลี้ยงไก่ไข่', '2023-06-02')
    await second.push([second.seal(entryItem(one, removes)), second.seal(entryItem(other, restores))])
    await decide(removes.id, { overVersion: changes.id })
    await decide(restores.id, { overVersion: takesBack.id, happenedOn: '2023-06-03' })
    expect(await story(one)).toMatchObject([{ id: kept.id, said: null, latestId: removes.id }])
    expect(await story(other)).toMatchObject([
      { id: lost.id, happenedOn: '2023-06-03', said: { content: { seen: 'เลี้ยงไก่ไข่' } } },
    ])
    await isSound()
  })

  it('waits on when what stands now is not what the person saw, or is of another entry', async () => {
    const [ref, elsewhere] = [await household(), await household()]
    const { entry, theirs, mine } = await crossed(ref)
    const [apart, far] = [visit('แวะอีกครั้ง'), visit('บ้านอื่น')]
    await first.push([first.seal(entryItem(ref, apart)), first.seal(entryItem(elsewhere, far))])
    for (const overVersion of [apart.id, far.id, newId(), mine.id, entry.id])
      expect((await decide(mine.id, { overVersion })).problem).toBe('correctedMeanwhile')
    const third = saysInstead(theirs, 'อยู่สี่คน')
    await first.push([first.seal(entryItem(ref, third))])
    expect((await decide(mine.id, { overVersion: theirs.id })).problem).toBe('correctedMeanwhile')
    expect(await waiting(mine.id)).toMatchObject({ problem: 'correctedMeanwhile' })
    expect((await story(ref)).find(({ id }) => id === entry.id)).toMatchObject({ latestId: third.id })
    const decided = await decide(mine.id, { overVersion: third.id })
    expect(decided.output.outcome).toMatchObject({ outcome: 'recorded' })
    expect((await story(ref)).find(({ id }) => id === apart.id)).toMatchObject({ latestId: apart.id })
    await isSound()
  })

  it('of a household that was merged meanwhile is decided where its logbook goes on', async () => {
    const [kept, ref] = [await household(), await household()]
    const { entry, theirs, mine } = await crossed(ref)
    const [one, two] = await Promise.all(
      [kept, ref].map(async (each) => (await world.ask(province, householdShow, { ...each })).output.version),
    )
    const merge = { ...kept, version: one, otherId: ref.id, otherVersion: two, reason: 'บ้านเดียวกัน' }
    expect((await world.ask(province, householdMerge, merge)).problem).toBeNull()
    const third = saysInstead(theirs, 'อยู่ห้าคน')
    expect(await first.push([first.seal(entryItem(kept, third))])).toMatchObject([{ outcome: 'recorded' }])
    const decided = await decide(mine.id, { overVersion: third.id })
    expect(decided.output.outcome).toMatchObject({ outcome: 'recorded', household: kept })
    expect(await story(kept)).toMatchObject([{ id: entry.id, latestId: mine.id }])
    await isSound()
  })

  it('is set aside as before, and decided by nobody who does not answer for its place', async () => {
    const ref = await household()
    const { theirs, mine, sealed } = await crossed(ref)
    const there = await world.person('district', '3105')
    expect((await decide(mine.id, { overVersion: theirs.id }, there)).problem).toBe('notFound')
    expect((await decide(mine.id, { overVersion: theirs.id }, first.owner)).problem).toBe('notPermitted')
    expect((await decide(mine.id, { decision: 'setAside' })).output.outcome).toBeNull()
    expect(await second.push([sealed])).toMatchObject([
      { outcome: 'unfiled', details: { decision: 'setAside', reason } },
    ])
    expect((await story(ref))[0]).toMatchObject({ latestId: theirs.id })
  })
})
