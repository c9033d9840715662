/** Members of a household, as people change them by hand, and the ids that are shown in clear. */
import type { HouseholdRef, householdEdit } from '../../contract/households.ts'
import type { InputOf } from '../../contract/route.ts'
import { readMemberEntry, type Given } from '../../domain/hand-entry.ts'
import type { MemberFacts } from '../../domain/member.ts'
import { maskNationalId } from '../../domain/national-id.ts'
import { Problem, type FieldFault } from '../../domain/problem.ts'
import { nameKey } from '../../domain/thai/key.ts'
import { dayInThailand } from '../../domain/time.ts'
import type { FactChange } from '../queries/fact-changes.ts'
import type { HouseholdKey, StoredHousehold } from '../queries/households.ts'
import {
  insertMembers,
  knownMemberIds,
  membersOf,
  updateMember,
  type MemberChange,
  type NewMember,
  type StoredMember,
} from '../queries/members.ts'
import { readSettings } from '../queries/settings.ts'
import type { Secrets } from '../secrets.ts'
import type { ActionContext } from './context.ts'
import { householdAt, keyOf } from './household-change.ts'
import { memberName, readNationalId } from './household-view.ts'

/** Shows one id in clear, and writes down to whom and why. */
export async function revealNationalId(
  context: ActionContext,
  input: HouseholdRef & { memberId: string; reason: string },
): Promise<string> {
  const household = await householdAt(context, 'nationalId.reveal', keyOf(input))
  const member = (await membersOf(context.tx, keyOf(input))).find(({ id }) => id === input.memberId)
  const nationalId = member ? readNationalId(member, context.secrets) : null
  if (nationalId === null) throw new Problem('notFound')
  await context.audit({
    action: 'nationalId.reveal',
    subjectKind: 'household',
    subjectId: household.id,
    areaCode: household.area_code,
    detail: { memberId: input.memberId, reason: input.reason },
  })
  return nationalId
}

type MemberOperations = Pick<InputOf<typeof householdEdit>, 'add' | 'change' | 'left' | 'back'>

export interface MemberChanges {
  faults: FieldFault[]
  changes: FactChange[]
  /** Writes them; to be called when there are no faults. */
  store(): Promise<void>
}

/** Works out what a person's changes of members come to. Field names in faults are `add.0.nationalId`, `change.1.title`. */
export async function changeMembers(
  context: ActionContext,
  household: StoredHousehold,
  operations: MemberOperations,
): Promise<MemberChanges> {
  const { tx, now, secrets } = context
  const key: HouseholdKey = { provinceCode: household.province_code, id: household.id }
  const rules = { today: dayInThailand(now), acceptPractice: (await readSettings(tx)).practice }
  const members = new Map((await membersOf(tx, key)).map((member) => [member.id, member]))
  const taken = await knownMemberIds(
    tx,
    key.provinceCode,
    operations.add.map(({ id }) => id),
  )
  const faults: FieldFault[] = []
  const changes: FactChange[] = []
  const added: NewMember[] = []
  const updates: { id: string; change: MemberChange }[] = []
  let lastPosition = Math.max(0, ...[...members.values()].map((member) => member.position))

  for (const [index, { id, ...given }] of operations.add.entries()) {
    const { facts, faults: found } = readMemberEntry(given, rules, `add.${index}.`)
    faults.push(...found)
    if (taken.has(id)) faults.push({ field: `add.${index}.id`, fault: 'alreadyAdded' })
    const position = facts.order ?? (lastPosition += 1)
    added.push(newMember(facts, { id, key, areaCode: household.area_code, position, now, secrets }))
    changes.push({ memberId: id, field: 'member', oldValue: null, newValue: nameOfFacts(facts) })
  }
  for (const [index, { id, facts: given }] of operations.change.entries()) {
    const member = members.get(id)
    if (!member) {
      faults.push({ field: `change.${index}.id`, fault: 'memberUnknown' })
      continue
    }
    // A title glued to a name that is sent alone is taken off only when the title is known.
    const known = given.firstName === undefined ? {} : { title: given.title === undefined ? member.title : given.title }
    const { facts, faults: found } = readMemberEntry({ ...given, ...known }, rules, `change.${index}.`)
    faults.push(...found)
    const { change, changes: made } = changedMember(member, facts, secrets)
    if (made.length === 0) continue
    updates.push({ id, change: { ...change, updated_at: now } })
    changes.push(...made)
  }
  const setState = (ids: readonly string[], state: 'active' | 'withdrawn', name: string) => {
    for (const [index, id] of ids.entries()) {
      const member = members.get(id)
      if (!member) faults.push({ field: `${name}.${index}`, fault: 'memberUnknown' })
      else if (member.state !== state) {
        updates.push({ id, change: { state, updated_at: now } })
        const label = memberName(member)
        const isBack = state === 'active'
        changes.push({
          memberId: id,
          field: 'member',
          oldValue: isBack ? null : label,
          newValue: isBack ? label : null,
        })
      }
    }
  }
  setState(operations.left, 'withdrawn', 'left')
  setState(operations.back, 'active', 'back')
  return {
    faults,
    changes,
    store: async () => {
      await insertMembers(tx, added)
      for (const { id, change } of updates) await updateMember(tx, key.provinceCode, id, change)
    },
  }
}

/** A member's row; the id in clear goes no further than here. */
export function newMember(
  facts: MemberFacts,
  place: { id: string; key: HouseholdKey; areaCode: string; position: number; now: Date; secrets: Secrets },
): NewMember {
  const { nationalId } = facts
  return {
    province_code: place.key.provinceCode,
    id: place.id,
    household_id: place.key.id,
    area_code: place.areaCode,
    position: place.position,
    relation: facts.relation,
    title: facts.title,
    first_name: facts.firstName,
    last_name: facts.lastName,
    name_key: keyOfName(facts.firstName, facts.lastName),
    national_id_hash: nationalId === null ? null : place.secrets.hashNationalId(nationalId),
    national_id_cipher: nationalId === null ? null : place.secrets.encryptNationalId(nationalId),
    sex: facts.sex,
    birth_date: facts.birthDate,
    birth_precision: facts.birthPrecision,
    occupation: facts.occupation,
    annual_income: facts.annualIncome,
    created_at: place.now,
    updated_at: place.now,
  }
}

function keyOfName(firstName: string, lastName: string | null): string {
  return nameKey(lastName === null ? firstName : `${firstName} ${lastName}`)
}

function nameOfFacts(facts: MemberFacts): string {
  return memberName({ title: facts.title, first_name: facts.firstName, last_name: facts.lastName })
}

const columnByField = {
  order: 'position',
  relation: 'relation',
  title: 'title',
  firstName: 'first_name',
  lastName: 'last_name',
  sex: 'sex',
  birthDate: 'birth_date',
  birthPrecision: 'birth_precision',
  occupation: 'occupation',
  annualIncome: 'annual_income',
} as const

function changedMember(
  member: StoredMember,
  facts: Given<MemberFacts>,
  secrets: Secrets,
): { change: MemberChange; changes: FactChange[] } {
  const change: Record<string, unknown> = {}
  const changes: FactChange[] = []
  for (const [field, column] of Object.entries(columnByField)) {
    const value = facts[field as keyof typeof columnByField]
    const old = member[column]
    if (value === undefined || value === old || (field === 'order' && value === null)) continue
    change[column] = value
    changes.push({
      memberId: member.id,
      field,
      oldValue: old === null ? null : String(old),
      newValue: value === null ? null : String(value),
    })
  }
  if ('first_name' in change || 'last_name' in change) {
    const lastName = 'last_name' in change ? (change['last_name'] as string | null) : member.last_name
    change['name_key'] = keyOfName((change['first_name'] as string | undefined) ?? member.first_name, lastName)
  }
  if (facts.nationalId !== undefined) {
    const old = readNationalId(member, secrets)
    if (old !== facts.nationalId) {
      const { nationalId } = facts
      change['national_id_hash'] = nationalId === null ? null : secrets.hashNationalId(nationalId)
      change['national_id_cipher'] = nationalId === null ? null : secrets.encryptNationalId(nationalId)
      changes.push({
        memberId: member.id,
        field: 'nationalId',
        oldValue: old === null ? null : maskNationalId(old),
        newValue: nationalId === null ? null : maskNationalId(nationalId),
      })
    }
  }
  return { change, changes }
}
