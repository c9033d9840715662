/** Households for tests, brought in through the door by somebody of the village. */
import { expect } from 'vitest'
import {
  householdAdd,
  type HouseholdDraft,
  type HouseholdRef,
  type MemberDraft,
} from '../../src/contract/households.ts'
import { nationalIdWithCheckDigit } from '../../src/domain/national-id.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { putSetting } from '../../src/server/queries/settings.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { newId } from '../../src/server/ids.ts'
import type { World } from '../_world.ts'

/** Invented people have ids of class 9, which only a practice registry takes. */
export async function makePractice(world: World): Promise<void> {
  await inTransaction(world.database, 'program', (tx) => putSetting(tx, 'practice', true, new Date()))
}

export function inventedId(number: number): string {
  return nationalIdWithCheckDigit(`9${String(number).padStart(11, '0')}`)
}

export function person(name: string, more: Partial<MemberDraft> = {}): MemberDraft {
  const [firstName = '', lastName = null] = name.split(' ')
  return {
    order: null,
    relation: null,
    title: null,
    firstName,
    lastName,
    nationalId: null,
    sex: null,
    birthDate: null,
    birthPrecision: null,
    occupation: null,
    annualIncome: null,
    ...more,
  }
}

export function draft(areaCode: string, names: readonly (string | MemberDraft)[], more: Partial<HouseholdDraft> = {}) {
  return {
    areaCode,
    villageName: null,
    houseCode: null,
    familyNumber: null,
    houseNumber: null,
    lane: null,
    road: null,
    phone: null,
    latitude: null,
    longitude: null,
    note: null,
    members: names.map((name) => (typeof name === 'string' ? person(name) : name)),
    ...more,
  } satisfies HouseholdDraft
}

/** Adds a household; doubts are answered with "another one". */
export async function add(world: World, actor: Actor, household: HouseholdDraft): Promise<HouseholdRef> {
  const answer = await world.ask(actor, householdAdd, {
    id: newId(),
    draft: household,
    separateReason: 'เป็นคนละครัวเรือนกัน',
  })
  if (answer.status !== 200 || answer.output.verdict !== 'added') expect(answer).toBe('added')
  return answer.output.verdict === 'added' ? answer.output.household : { province: '', id: '' }
}
