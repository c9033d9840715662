/** A registry to which phones send, for the tests of what becomes of it. */
import { afterAll, beforeAll, expect } from 'vitest'
import { householdEdit, householdMerge, householdShow, type HouseholdRef } from '../../src/contract/households.ts'
import { logbookCase } from '../../src/contract/logbook.ts'
import { syncUnfiledDecide, syncUnfiledList } from '../../src/contract/sync.ts'
import type { ContentOf } from '../../src/domain/logbook/entry.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { logbook } from '../support/logbook.ts'
import { createWorld, type World } from '../_world.ts'
import { add, draft, makePractice } from './_households.ts'
import { employ, getPhone, type TestPhone } from './_phones.ts'

export let world: World
export let mentor: Actor
export let province: Actor
export let phone: TestPhone
export const today = '2023-06-15'
export const village = '31040101'
export const farVillage = '31050101'
export const reason = 'ตรวจสอบกับผู้ใหญ่บ้านแล้ว'

/** Opens a registry for the file that calls this, with a mentor who has a phone of one district, and the people of the province. */
export function openSync(): void {
  beforeAll(async () => {
    world = await createWorld()
    await makePractice(world)
    province = await world.person('province', '31')
    mentor = await world.person('mentor', '3104')
    world.setNow(`${today}T03:00:00Z`)
    await employ(world, mentor)
    phone = await getPhone(world, mentor, ['3104'])
  }, 120_000)
  afterAll(() => world.close())
}

export const { says, corrects } = logbook()
export const fresh = <Entry extends { id: string }>(entry: Entry): Entry => ({ ...entry, id: newId() })
export const visit = (day = '2023-06-01', content: Partial<ContentOf<'visit'>> = {}) =>
  fresh(says('visit', day, content))

let lastHouseNumber = 500
/** One that no household has yet. */
export const nextHouseNumber = () => String((lastHouseNumber += 1))

export async function household(area = village): Promise<HouseholdRef> {
  world.setNow('2022-12-20T03:00:00Z')
  const houseNumber = nextHouseNumber()
  const who = `สมศรี${houseNumber} มีสุข${houseNumber}`
  const ref = await add(world, province, draft(area, [who], { houseNumber }))
  world.setNow(`${today}T03:00:00Z`)
  return ref
}

export const story = async (ref: HouseholdRef) => (await world.ask(province, logbookCase, { ...ref })).output
export const show = async (ref: HouseholdRef) => (await world.ask(province, householdShow, { ...ref })).output
export const isSound = async () => expect((await recount(world.database.kysely)).differences).toEqual([])
export const audits = (action: string) =>
  world.database.kysely.selectFrom('audit_entry').selectAll().where('action', '=', action).orderBy('id').execute()
export const unfiled = async (by = province, input = {}) => (await world.ask(by, syncUnfiledList, input)).output.items
export const unfiledOf = async (id: string, by = province) => (await unfiled(by)).find(({ itemId }) => itemId === id)
export const decide = (itemId: string, more: Record<string, unknown>, by = province) =>
  world.ask(by, syncUnfiledDecide, { province: '31', itemId, reason, ...more })

export async function merge(kept: HouseholdRef, other: HouseholdRef) {
  const [one, two] = [await show(kept), await show(other)]
  const input = { ...kept, version: one.version, otherId: other.id, otherVersion: two.version, reason: 'บ้านเดียวกัน' }
  expect((await world.ask(province, householdMerge, input)).problem).toBeNull()
}

export async function move(ref: HouseholdRef, areaCode: string) {
  const { version } = await show(ref)
  const answer = await world.ask(province, householdEdit, { ...ref, version, facts: { areaCode }, reason: 'ย้ายบ้าน' })
  expect(answer.problem).toBeNull()
}
