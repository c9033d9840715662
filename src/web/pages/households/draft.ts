/** A household as it is being typed: read from the registry, checked, and turned into what changed. Pure. */
import type { z } from 'zod'
import type {
  HouseholdDraft,
  householdEdit,
  HouseholdView,
  MemberDraft,
  MemberView,
} from '../../../contract/households.ts'
import { villageCode } from '../../../domain/area.ts'
import { checkHouseCode } from '../../../domain/house-code.ts'
import { coordinateLimits } from '../../../domain/household.ts'
import { isNationalId } from '../../../domain/national-id.ts'
import { cleanText } from '../../../domain/thai/clean.ts'
import { thaiDigitsToArabic } from '../../../domain/thai/digits.ts'
import type { PartialDate } from '../../ui/buddhistDate.ts'

export type TypedDate = PartialDate | null | 'unreadable'

export const houseTexts = ['houseNumber', 'lane', 'road', 'houseCode', 'familyNumber', 'phone', 'note'] as const
export type HouseText = (typeof houseTexts)[number]

export const memberTexts = ['title', 'firstName', 'lastName', 'relation', 'occupation'] as const
export type MemberText = (typeof memberTexts)[number]

export interface TypedMember {
  id: string
  /** Not saved before. */
  isNew: boolean
  /** Lives there; false for one who left. */
  isHere: boolean
  texts: Record<MemberText, string>
  /** Digits as typed; a saved id is masked and stays unless digits are typed or it is taken off. */
  nationalId: string
  savedId: { masked: string } | null
  sex: 'male' | 'female' | null
  birth: TypedDate
  /** Baht; NaN while empty. */
  annualIncome: number
}

export interface TypedHousehold {
  /** A subdistrict (6 digits) or village (8); null while none is chosen. */
  areaCode: string | null
  /** Number and name of a village that the registry does not have yet, in a chosen subdistrict. */
  moo: string
  villageName: string
  texts: Record<HouseText, string>
  latitude: string
  longitude: string
  /** In their order: the head first. */
  members: TypedMember[]
  /** The day that the facts speak of; null for today. */
  asOf: TypedDate
  reason: string
}

export type DraftFault =
  | 'required'
  | 'areaTooWide'
  | 'moo'
  | 'houseCodeFormat'
  | 'coordinate'
  | 'nationalId'
  | 'date'
  | 'nobody'

/** Where a fault stands: a field of the household, or `member <id> <field>`; also the name of the field on the screen. */
export type Faults = ReadonlyMap<string, DraftFault>

export function memberField(id: string, field: string): string {
  return `member ${id} ${field}`
}

export function emptyMember(id: string): TypedMember {
  return {
    id,
    isNew: true,
    isHere: true,
    texts: { title: '', firstName: '', lastName: '', relation: '', occupation: '' },
    nationalId: '',
    savedId: null,
    sex: null,
    birth: null,
    annualIncome: Number.NaN,
  }
}

export function emptyHousehold(areaCode: string | null, firstMemberId: string): TypedHousehold {
  const texts = { houseNumber: '', lane: '', road: '', houseCode: '', familyNumber: '', phone: '', note: '' }
  return {
    ...{ areaCode, moo: '', villageName: '', texts, latitude: '', longitude: '' },
    members: [emptyMember(firstMemberId)],
    asOf: null,
    reason: '',
  }
}

export function typedFrom(household: HouseholdView): TypedHousehold {
  const { facts, members, formerMembers } = household
  return {
    areaCode: facts.areaCode.endsWith('00') ? facts.areaCode.slice(0, 6) : facts.areaCode,
    moo: '',
    villageName: '',
    texts: {
      houseNumber: facts.houseNumber ?? '',
      lane: facts.lane ?? '',
      road: facts.road ?? '',
      houseCode: facts.houseCode ?? '',
      familyNumber: facts.familyNumber ?? '',
      phone: facts.phone ?? '',
      note: facts.note ?? '',
    },
    latitude: facts.latitude === null ? '' : String(facts.latitude),
    longitude: facts.longitude === null ? '' : String(facts.longitude),
    members: [...members, ...formerMembers].map(typedMember),
    asOf: null,
    reason: '',
  }
}

function typedMember(member: MemberView): TypedMember {
  const { birthDate, birthPrecision } = member
  return {
    id: member.id,
    isNew: false,
    isHere: member.state === 'active',
    texts: {
      title: member.title ?? '',
      firstName: member.firstName,
      lastName: member.lastName ?? '',
      relation: member.relation ?? '',
      occupation: member.occupation ?? '',
    },
    nationalId: '',
    savedId: member.nationalId && { masked: member.nationalId.masked },
    sex: member.sex,
    birth: birthDate ? { date: birthDate, precision: birthPrecision ?? 'day' } : null,
    annualIncome: member.annualIncome ?? Number.NaN,
  }
}

/** What keeps it from being saved, in the order of the fields on the screen. The server checks all of it again. */
export function faultsOf(typed: TypedHousehold, { needsMember }: { needsMember: boolean }): Faults {
  const faults = new Map<string, DraftFault>()
  if (typed.areaCode === null) faults.set('areaCode', 'required')
  else if (typed.areaCode.length < 6) faults.set('areaCode', 'areaTooWide')
  if (mooOf(typed) === 'fault') faults.set('moo', 'moo')
  if (checkHouseCode(typed.texts.houseCode.trim()).fault) faults.set('houseCode', 'houseCodeFormat')
  const place = coordinatesOf(typed)
  if (place === 'fault') faults.set('latitude', 'coordinate')
  const here = typed.members.filter((member) => member.isHere)
  if (needsMember && here.length === 0) faults.set('members', 'nobody')
  for (const member of here) {
    if (cleanText(member.texts.firstName) === '') faults.set(memberField(member.id, 'firstName'), 'required')
    if (member.nationalId !== '' && !isNationalId(member.nationalId))
      faults.set(memberField(member.id, 'nationalId'), 'nationalId')
    if (member.birth === 'unreadable') faults.set(memberField(member.id, 'birthDate'), 'date')
  }
  if (typed.asOf === 'unreadable') faults.set('asOf', 'date')
  return faults
}

/** The whole household, for adding one. Call only when `faultsOf` finds nothing. */
export function draftOf(typed: TypedHousehold): HouseholdDraft {
  return {
    ...houseFacts(typed),
    members: typed.members
      .filter((member) => member.isHere)
      .map((member, index) => ({ ...memberFacts(member), order: index + 1 })),
  }
}

export type Edit = Pick<z.output<typeof householdEdit.input>, 'facts' | 'add' | 'change' | 'left' | 'back'>

/** What was changed since `before`: only that is sent, so that two people who change different fields both keep theirs. */
export function changesOf(before: HouseholdView, typed: TypedHousehold): Edit {
  const start = typedFrom(before)
  const old = new Map(start.members.map((member) => [member.id, member]))
  const orders = ordersOf(before, typed)
  const change = typed.members.flatMap((member) => {
    const earlier = old.get(member.id)
    if (!earlier) return []
    const facts: Partial<MemberDraft> = differing(memberFacts(earlier), memberFacts(member))
    if (!isSameId(earlier, member)) facts.nationalId = member.nationalId === '' ? null : member.nationalId
    const order = orders.get(member.id)
    if (order !== undefined) facts.order = order
    return Object.keys(facts).length === 0 ? [] : [{ id: member.id, facts }]
  })
  return {
    facts: differing(houseFacts(start), houseFacts(typed)),
    add: typed.members
      .filter((member) => !old.has(member.id) && member.isHere)
      .map((member) => ({ ...memberFacts(member), id: member.id, order: orders.get(member.id) ?? null })),
    change,
    left: typed.members.filter((member) => old.get(member.id)?.isHere && !member.isHere).map(({ id }) => id),
    back: typed.members.filter((member) => old.get(member.id)?.isHere === false && member.isHere).map(({ id }) => id),
  }
}

export function isNothing(edit: Edit): boolean {
  const lists = [edit.add, edit.change, edit.left, edit.back]
  return Object.keys(edit.facts).length === 0 && lists.every((list) => list.length === 0)
}

/**
 * What was typed, on top of the newest facts: fields that were touched keep what was typed, all others take the newest.
 *
 * @param base what the typing began with
 */
export function rebase(base: HouseholdView, newest: HouseholdView, typed: TypedHousehold): TypedHousehold {
  const before = typedFrom(base)
  const now = typedFrom(newest)
  const own = new Map(typed.members.map((member) => [member.id, member]))
  const earlier = new Map(before.members.map((member) => [member.id, member]))
  return {
    ...pickTouched(before, now, typed),
    texts: pickTouched(before.texts, now.texts, typed.texts),
    members: [
      ...now.members.map((member) => {
        const mine = own.get(member.id)
        const old = earlier.get(member.id)
        if (!mine || !old) return member
        return { ...pickTouched(old, member, mine), texts: pickTouched(old.texts, member.texts, mine.texts) }
      }),
      ...typed.members.filter((member) => member.isNew && !now.members.some(({ id }) => id === member.id)),
    ],
  }
}

export interface Conflict {
  memberId: string | null
  field: string
  theirs: unknown
  mine: unknown
  /** Whether this field was typed into; if not, it shows theirs already. */
  isTouched: boolean
}

/** The fields that others changed between `earlier` and `newest`, beside what stands in the form now. */
export function conflictsOf(earlier: HouseholdView, newest: HouseholdView, typed: TypedHousehold): Conflict[] {
  const before = typedFrom(earlier)
  const now = typedFrom(newest)
  const own = new Map(typed.members.map((member) => [member.id, member]))
  const old = new Map(before.members.map((member) => [member.id, member]))
  const ofHouse = conflictsIn(null, flatHouse(before), flatHouse(now), flatHouse(typed))
  const ofMembers = now.members.flatMap((member) => {
    const [mine, then] = [own.get(member.id), old.get(member.id)]
    return mine && then ? conflictsIn(member.id, flatMember(then), flatMember(member), flatMember(mine)) : []
  })
  return [...ofHouse, ...ofMembers]
}

/** The form with the newest value in one field. */
export function takeTheirs(
  newest: HouseholdView,
  typed: TypedHousehold,
  { memberId, field }: Conflict,
): TypedHousehold {
  const now = typedFrom(newest)
  if (memberId === null) return takeField(now, typed, field)
  const theirs = now.members.find(({ id }) => id === memberId)
  return {
    ...typed,
    members: typed.members.map((member) =>
      theirs && member.id === memberId ? takeField(theirs, member, field === 'birthDate' ? 'birth' : field) : member,
    ),
  }
}

function takeField<Typed extends { texts: Record<string, string> }>(theirs: Typed, mine: Typed, field: string): Typed {
  if (field in mine.texts) return { ...mine, texts: { ...mine.texts, [field]: theirs.texts[field] } }
  return { ...mine, [field]: theirs[field as keyof Typed] }
}

function conflictsIn(
  memberId: string | null,
  before: Record<string, unknown>,
  now: Record<string, unknown>,
  mine: Record<string, unknown>,
): Conflict[] {
  return Object.keys(now)
    .filter((field) => !isSame(before[field], now[field]))
    .map((field) => ({
      memberId,
      field,
      theirs: now[field],
      mine: mine[field],
      isTouched: !isSame(mine[field], now[field]),
    }))
}

function flatHouse({ areaCode, latitude, longitude, texts }: TypedHousehold): Record<string, unknown> {
  return { areaCode, ...texts, latitude, longitude }
}

function flatMember({ texts, sex, birth, annualIncome }: TypedMember): Record<string, unknown> {
  return { ...texts, sex, birthDate: birth, annualIncome }
}

function pickTouched<Fields extends object>(before: Fields, now: Fields, typed: Fields): Fields {
  const picked = { ...now }
  for (const key of Object.keys(typed) as (keyof Fields)[])
    if (!isSame(typed[key], before[key])) picked[key] = typed[key]
  return picked
}

function differing<Facts extends object>(before: Facts, after: Facts): Partial<Facts> {
  const changed: Partial<Facts> = {}
  for (const key of Object.keys(after) as (keyof Facts)[])
    if (!isSame(before[key], after[key])) changed[key] = after[key]
  return changed
}

function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b)
}

function isSameId(before: TypedMember, after: TypedMember): boolean {
  return after.nationalId === '' && (before.savedId === null) === (after.savedId === null)
}

/** New places for everybody when somebody was moved; nothing while all stand as before. */
function ordersOf(before: HouseholdView, typed: TypedHousehold): Map<string, number> {
  const here = typed.members.filter((member) => member.isHere)
  const stayed = before.members.filter(({ id }) => here.some((member) => member.id === id)).map(({ id }) => id)
  const known = here.filter(({ id }) => stayed.includes(id)).map(({ id }) => id)
  const lastKnown = here.findLastIndex(({ id }) => stayed.includes(id))
  const isInterleaved = here.findIndex(({ id }) => !stayed.includes(id)) < lastKnown && known.length < here.length
  if (isSame(stayed, known) && !isInterleaved) return new Map()
  const old = new Map(before.members.map((member) => [member.id, member.order]))
  return new Map(
    here.flatMap(({ id }, index) => (old.get(id) === index + 1 ? [] : [[id, index + 1] as [string, number]])),
  )
}

function houseFacts(typed: TypedHousehold): Omit<HouseholdDraft, 'members'> {
  const place = coordinatesOf(typed)
  return {
    areaCode: areaOf(typed),
    villageName: isNewVillage(typed) ? orNull(typed.villageName) : null,
    houseCode: checkHouseCode(typed.texts.houseCode.trim()).code,
    familyNumber: orNull(typed.texts.familyNumber),
    houseNumber: orNull(typed.texts.houseNumber),
    lane: orNull(typed.texts.lane),
    road: orNull(typed.texts.road),
    phone: orNull(typed.texts.phone),
    latitude: place === 'fault' ? null : (place?.latitude ?? null),
    longitude: place === 'fault' ? null : (place?.longitude ?? null),
    note: orNull(typed.texts.note),
  }
}

/** Only a subdistrict was chosen: its village may be named by number. */
function isNewVillage(typed: TypedHousehold): boolean {
  return typed.areaCode?.length === 6 && typeof mooOf(typed) === 'number'
}

function areaOf(typed: TypedHousehold): string {
  const moo = mooOf(typed)
  const code = typed.areaCode ?? ''
  return code.length === 6 ? villageCode(code, moo === 'fault' ? null : moo) : code.padEnd(8, '0')
}

function mooOf({ areaCode, moo }: TypedHousehold): number | null | 'fault' {
  const text = thaiDigitsToArabic(moo).trim()
  if (areaCode?.length !== 6 || text === '') return null
  return /^[1-9][0-9]?$/.test(text) ? Number(text) : 'fault'
}

function memberFacts(member: TypedMember): MemberDraft {
  const birth = member.birth === 'unreadable' ? null : member.birth
  return {
    order: null,
    relation: orNull(member.texts.relation),
    title: orNull(member.texts.title),
    firstName: cleanText(member.texts.firstName),
    lastName: orNull(member.texts.lastName),
    nationalId: member.nationalId === '' ? null : member.nationalId,
    sex: member.sex,
    birthDate: birth?.date ?? null,
    birthPrecision: birth?.precision ?? null,
    occupation: orNull(member.texts.occupation),
    annualIncome: Number.isNaN(member.annualIncome) ? null : Math.round(member.annualIncome),
  }
}

function orNull(text: string): string | null {
  const clean = cleanText(text)
  return clean === '' ? null : clean
}

function coordinatesOf(typed: TypedHousehold): { latitude: number; longitude: number } | null | 'fault' {
  const [latitude, longitude] = [typed.latitude, typed.longitude].map((text) => thaiDigitsToArabic(text).trim())
  if (latitude === '' && longitude === '') return null
  const within = (text: string | undefined, [low, high]: readonly [number, number]) =>
    text !== undefined && /^[0-9]+(\.[0-9]+)?$/.test(text) && Number(text) >= low && Number(text) <= high
  if (!within(latitude, coordinateLimits.latitude) || !within(longitude, coordinateLimits.longitude)) return 'fault'
  return { latitude: Number(latitude), longitude: Number(longitude) }
}
