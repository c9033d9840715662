/** Facts that a person typed, put into the registry's own terms by the same rules as the rows of a list. */
import { checkHouseCode, readHouseNumber } from './house-code.ts'
import type { HouseholdFacts } from './household.ts'
import type { MemberFacts } from './member.ts'
import { checkNationalId, maskIdsInText } from './national-id.ts'
import type { FieldFault } from './problem.ts'
import { cleanText, isDamaged } from './thai/clean.ts'
import { canonicalTitle, isTitle, splitTitle, titleSex, withoutRepeatedTitle } from './thai/title.ts'

/** Some of the facts: those that were sent. */
export type Given<Facts> = { [Field in keyof Facts]?: Facts[Field] | undefined }

export interface HandEntryRules {
  /** `YYYY-MM-DD`: nobody is born after it. */
  today: string
  /** Whether ids of class 9, made up for practice, are taken. */
  acceptPractice: boolean
}

/** Nobody lived longer; an earlier birth is a slip, often a Buddhist year with 543 taken off twice. */
const longestLife = 125

/** Cleans the facts that are given; those left out stay out. */
export function readHouseholdEntry<Facts extends Given<HouseholdFacts>>(
  given: Facts,
): { facts: Facts; faults: FieldFault[] } {
  const facts = cleanTexts(given)
  const faults = damagedTexts(facts, '')
  if (typeof facts.houseCode === 'string') {
    const { code, fault } = checkHouseCode(facts.houseCode)
    facts.houseCode = code
    if (fault) faults.push({ field: 'houseCode', fault })
  }
  if (typeof facts.houseNumber === 'string') facts.houseNumber = readHouseNumber(facts.houseNumber).houseNumber
  return { facts, faults }
}

/** Cleans what is given of a member: titles off the name, the id checked, the birth possible. */
export function readMemberEntry<Facts extends Given<MemberFacts>>(
  given: Facts,
  rules: HandEntryRules,
  prefix = '',
): { facts: Facts; faults: FieldFault[] } {
  const facts = cleanTexts(given)
  const faults = damagedTexts(facts, prefix)
  const fault = (field: string, name: string) => faults.push({ field: `${prefix}${field}`, fault: name })
  if (typeof facts.title === 'string') facts.title = canonicalTitle(facts.title)
  if (facts.firstName !== undefined) readFirstName(facts)
  if (facts.firstName === '' || (facts.firstName !== undefined && isTitle(facts.firstName)))
    fault('firstName', 'nameMissing')
  if (typeof facts.title === 'string' && facts.sex === null) facts.sex = titleSex(facts.title)
  if (typeof facts.nationalId === 'string') {
    const result = checkNationalId(facts.nationalId, rules)
    if ('fault' in result) fault('nationalId', result.fault)
    else facts.nationalId = result.id
  }
  if (typeof facts.birthDate === 'string') {
    if (facts.birthDate > rules.today) fault('birthDate', 'dateInFuture')
    else if (Number(rules.today.slice(0, 4)) - Number(facts.birthDate.slice(0, 4)) > longestLife)
      fault('birthDate', 'dateUnreadable')
  }
  return { facts, faults }
}

/** Takes a title off the front of the name, into its own field when that is empty. */
function readFirstName(facts: Given<MemberFacts>): void {
  const name = facts.firstName ?? ''
  if (typeof facts.title === 'string') {
    facts.firstName = withoutRepeatedTitle(name, facts.title)
    return
  }
  // With the surname behind it, นางนวล is นาง + นวล, as in lists of people.
  const behind = facts.lastName ? ` ${facts.lastName}` : ''
  const split = splitTitle(`${name}${behind}`)
  if (split.title === null || facts.title === undefined) return
  const rest = behind === '' ? split.rest : split.rest.slice(0, -behind.length)
  if (rest === '') return
  facts.title = split.title
  facts.firstName = rest
}

/** Every text cleaned and without ids that have a field of their own; one that is empty then is null, except a name. */
function cleanTexts<Facts extends object>(given: Facts): Facts {
  const facts = { ...given } as Record<string, unknown>
  for (const [field, value] of Object.entries(facts)) {
    if (typeof value !== 'string') continue
    const clean = cleanText(value)
    const text = field === 'nationalId' ? clean : maskIdsInText(clean)
    facts[field] = text === '' && field !== 'firstName' ? null : text
  }
  return facts as Facts
}

function damagedTexts(facts: object, prefix: string): FieldFault[] {
  return Object.entries(facts).flatMap(([field, value]) =>
    typeof value === 'string' && isDamaged(value) ? [{ field: `${prefix}${field}`, fault: 'encodingDamaged' }] : [],
  )
}
