/** Two sides of a row, fact by fact: pure, so that what counts as different is tried without a screen. */
import type { ImportRow } from '../../../contract/import-rows.ts'
import { formatHouseCode } from '../../../domain/house-code.ts'

type Household = ImportRow['household']
export type Member = ImportRow['members'][number]

export type Agreement = 'differs' | 'same' | 'onlyFile' | 'onlyRegistry'

export interface FactLine {
  /** A name that `importFieldText.names` knows, or one that only the server knows. */
  field: string
  file: string | null
  registry: string | null
  agreement: Agreement
  /** Whether `accept` would put the file's value; null when the server did not say. */
  takes: boolean | null
}

const householdFields = [
  'houseNumber',
  'lane',
  'road',
  'houseCode',
  'familyNumber',
  'phone',
  'memberCount',
  'note',
] as const satisfies readonly (keyof Household)[]

/** Every fact that either side knows; what the server names as different comes with what would stand. */
export function compareHouseholds(row: ImportRow): FactLine[] {
  const { candidate, household, differences } = row
  const told = new Map(differences.map((difference) => [difference.field, difference]))
  const place: [string, string | null, string | null] = [
    'areaCode',
    placeOf(household),
    candidate && placeOf(candidate.household),
  ]
  const facts = householdFields.map((field): [string, string | null, string | null] => [
    field,
    factText(household, field),
    candidate && factText(candidate.household, field),
  ])
  const lines = [place, ...facts]
    .filter(([, file, registry]) => file !== null || registry !== null)
    .map(([field, file, registry]) => lineOf(field, file, registry, told.get(field)))
  const known = new Set(lines.map(({ field }) => field))
  const others = differences
    .filter(({ field }) => !known.has(field))
    .map((difference) => lineOf(difference.field, difference.incoming, difference.current, difference))
  return [...lines, ...others]
}

function lineOf(
  field: string,
  file: string | null,
  registry: string | null,
  difference: ImportRow['differences'][number] | undefined,
): FactLine {
  return {
    field,
    file,
    registry,
    agreement: agreementOf(file, registry, difference !== undefined),
    takes: difference?.takes ?? null,
  }
}

function agreementOf(file: string | null, registry: string | null, isToldApart: boolean): Agreement {
  if (registry === null) return 'onlyFile'
  if (file === null) return 'onlyRegistry'
  return isToldApart || file !== registry ? 'differs' : 'same'
}

/** Compared by code; the screen writes the names of the areas. */
function placeOf(household: Household): string | null {
  return household.areaCode ?? household.villageName
}

function factText(household: Household, field: (typeof householdFields)[number]): string | null {
  return field === 'houseCode' && household.houseCode !== null
    ? formatHouseCode(household.houseCode)
    : textOf(household[field])
}

function textOf(value: string | number | null): string | null {
  return value === null ? null : String(value)
}

export interface MemberPair {
  file: Member | null
  registry: Member | null
}

/** Members side by side: by id first, else by name; the rest of each side below. */
export function pairMembers(file: readonly Member[], registry: readonly Member[]): MemberPair[] {
  const left = [...registry]
  const take = (fits: (member: Member) => boolean): Member | null => {
    const at = left.findIndex(fits)
    return at === -1 ? null : (left.splice(at, 1)[0] ?? null)
  }
  const byId = file.map((member) => ({
    file: member,
    registry: member.nationalIdMasked === null ? null : take((other) => isSamePerson(member, other)),
  }))
  const pairs = byId.map((pair) =>
    pair.registry ? pair : { ...pair, registry: take((other) => fullName(other) === fullName(pair.file)) },
  )
  return [...pairs, ...left.map((member) => ({ file: null, registry: member }))]
}

/** Three digits of an id are not enough by themselves, so the first name must fit too. */
function isSamePerson(a: Member, b: Member): boolean {
  return a.nationalIdMasked === b.nationalIdMasked && a.firstName === b.firstName
}

export function fullName({ title, firstName, lastName }: Pick<Member, 'title' | 'firstName' | 'lastName'>): string {
  return `${title ?? ''}${firstName}${lastName ? ` ${lastName}` : ''}`
}
