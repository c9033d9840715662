/** Help through the door: what each giver gave, and what stays the same for whoever says nothing of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogueList } from '../../src/contract/catalogue.ts'
import type { HouseholdRef } from '../../src/contract/households.ts'
import { logbookCase, logbookRecord } from '../../src/contract/logbook.ts'
import type { ContentOf, EntryDraft } from '../../src/domain/logbook/entry.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { logbook } from '../support/logbook.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { add, draft, makePractice } from './_households.ts'

let world: World
let mentor: Actor
let province: Actor
const today = '2023-06-15'

beforeAll(async () => {
  world = await createWorld()
  await makePractice(world)
  mentor = await world.person('mentor', '3104')
  province = await world.person('province', '31')
}, 120_000)
afterAll(() => world.close())

const { says } = logbook()
let houseNumber = 500
async function household(): Promise<HouseholdRef> {
  world.setNow('2022-12-20T03:00:00Z')
  houseNumber += 1
  const who = `สมหญิง${houseNumber} มีสุข${houseNumber}`
  const ref = await add(world, province, draft('31040101', [who], { houseNumber: String(houseNumber) }))
  world.setNow(`${today}T03:00:00Z`)
  return ref
}
const record = (ref: HouseholdRef, entry: EntryDraft) => world.ask(mentor, logbookRecord, { ...ref, entry })
const story = async (ref: HouseholdRef) => (await world.ask(province, logbookCase, { ...ref })).output
const help = (content: Partial<ContentOf<'assistance'>>) => ({
  ...says('assistance', '2023-06-01', content),
  id: newId(),
})
const shares: ContentOf<'assistance'>['givers'] = [
  { kind: 'agency', name: 'อบต.', value: 6_000, source: 'local' },
  { kind: 'community', name: 'วัด', value: 3_000, source: 'donation' },
]

describe(`help that several gave (${engine})`, () => {
  it('tells what each gave, and counts its whole once', async () => {
    const ref = await household()
    const answer = await record(ref, help({ value: 10_000, givers: shares }))
    expect(answer.problem).toBeNull()
    const told = await story(ref)
    expect(told.entries[0]?.said?.content).toMatchObject({ value: 10_000, givers: shares })
    expect(told.state.assistance).toMatchObject({ count: 1, value: 10_000 })
    await record(ref, help({ what: 'เตียงผู้ป่วย', value: null, givers: shares }))
    expect((await story(ref)).state.assistance).toMatchObject({ count: 2, value: 19_000 })
    expect((await recount(world.database.kysely)).differences).toEqual([])
  })

  it('is refused with a sentence of its own when the shares are more than the whole', async () => {
    const ref = await household()
    const answer = await record(ref, help({ value: 8_000, givers: shares }))
    expect(answer).toMatchObject({ status: 422, problem: 'sharesExceedValue' })
    expect(answer.details).toMatchObject({ fields: [{ field: 'entry.content.value', fault: 'sharesExceedValue' }] })
    expect((await story(ref)).entries).toEqual([])
  })

  it('is stored as it was sent: whoever says no share sends the very same entry again', async () => {
    const ref = await household()
    const entry = help({ value: 9_000, givers: shares.map(({ kind, name }) => ({ kind, name })) })
    await record(ref, entry)
    const stored = await world.database.kysely
      .selectFrom('entry')
      .select('content')
      .where('household_id', '=', ref.id)
      .executeTakeFirstOrThrow()
    expect(stored.content).toEqual(JSON.parse(JSON.stringify(entry.content)))
    expect((await record(ref, entry)).output.outcome).toBe('alreadyThere')
    const changed = { ...entry, content: { ...entry.content, givers: shares } }
    expect((await record(ref, changed)).problem).toBe('sameIdOtherContent')
  })
})

describe(`help that may come again (${engine})`, () => {
  it('is told with the case, for the items that this household was given, so that a form can warn', async () => {
    const ref = await household()
    const item = (await world.ask(province, catalogueList, { area: '31', on: today })).output.items[0]!
    expect((await story(ref)).givenAgain).toEqual([])
    await record(ref, help({ item: item.code, what: item.nameTh }))
    const { onlyOnce, againAfterMonths } = item.eligible
    expect((await story(ref)).givenAgain).toEqual([{ item: item.code, onlyOnce, againAfterMonths }])
  })
})
