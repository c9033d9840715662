/** A registry in which people record at a desk, for the tests of the logbook. */
import { afterAll, beforeAll, expect } from 'vitest'
import { householdMerge, householdShow, type HouseholdRef } from '../../src/contract/households.ts'
import { logbookCase, logbookRecord } from '../../src/contract/logbook.ts'
import type { ContentOf, EntryDraft } from '../../src/domain/logbook/entry.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { logbook } from '../support/logbook.ts'
import { createWorld, type World } from '../_world.ts'
import { add, draft, makePractice } from './_households.ts'

export let world: World
export let mentor: Actor
export let secretary: Actor
export let province: Actor
export const found = '2022-12-20'
export const today = '2023-06-15'
export const village = '31040101'
export const elsewhere = '31050101'

/** Opens a registry for the file that calls this, with a mentor and a secretary of one district, and their province. */
export function openLogbook(): void {
  beforeAll(async () => {
    world = await createWorld()
    await makePractice(world)
    mentor = await world.person('mentor', '3104')
    secretary = await world.person('district', '3104')
    province = await world.person('province', '31')
  }, 120_000)
  afterAll(() => world.close())
}

export const { says, decides, corrects } = logbook()

let houseNumber = 100
/** A household of its own for each test, found half a year before anything is recorded. */
export async function household(area = village): Promise<HouseholdRef> {
  world.setNow(`${found}T03:00:00Z`)
  houseNumber += 1
  const who = `สมชาย${houseNumber} ใจดี${houseNumber}`
  const ref = await add(world, province, draft(area, [who], { houseNumber: String(houseNumber) }))
  world.setNow(`${today}T03:00:00Z`)
  return ref
}

export function fresh<Entry extends { id: string }>(entry: Entry): Entry {
  return { ...entry, id: newId() }
}
export const visit = (day = '2023-06-01', content: Partial<ContentOf<'visit'>> = {}) =>
  fresh(says('visit', day, content))
export const record = (ref: HouseholdRef, entry: EntryDraft, by = mentor) =>
  world.ask(by, logbookRecord, { ...ref, entry })
export const story = async (ref: HouseholdRef, by = province) => (await world.ask(by, logbookCase, { ...ref })).output
export const show = async (ref: HouseholdRef) => (await world.ask(province, householdShow, { ...ref })).output

export async function recorded<Entry extends EntryDraft>(ref: HouseholdRef, entry: Entry, by = mentor): Promise<Entry> {
  const answer = await record(ref, entry, by)
  expect(answer.problem).toBeNull()
  return entry
}

export async function merge(kept: HouseholdRef, other: HouseholdRef) {
  const [one, two] = [await show(kept), await show(other)]
  const input = { ...kept, version: one.version, otherId: other.id, otherVersion: two.version, reason: 'บ้านเดียวกัน' }
  const answer = await world.ask(province, householdMerge, input)
  expect(answer.problem).toBeNull()
  return answer.output.merges[0]!.id
}

export async function stored(where: { id: string }) {
  const { kysely } = world.database
  const entries = await kysely.selectFrom('entry').selectAll().where('household_id', '=', where.id).execute()
  const spans = await kysely.selectFrom('fact_span').selectAll().where('household_id', '=', where.id).execute()
  return { entries, spans, open: spans.filter((span) => span.to_at === null).map((span) => span.fact) }
}

export async function audited(action: string) {
  return world.database.kysely.selectFrom('audit_entry').selectAll().where('action', '=', action).execute()
}

export const isSound = async () => expect((await recount(world.database.kysely)).differences).toEqual([])
