/** The person of a row: name, id, birth, sex, place in the household. */
import { parseDate, type DatePrecision } from '../date.ts'
import { highestIncome, highestOrder, memberTextLimits, type MemberFacts } from '../member.ts'
import { checkNationalId } from '../national-id.ts'
import { canonicalTitle, splitTitle, titleSex, withoutRepeatedTitle } from '../thai/title.ts'
import type { RowCells } from './row-cells.ts'

export interface PersonRules {
  /** Day of the list: an age counts back from it. Null when the list has no day; ages are then not used. */
  listDate: string | null
  /** No birth lies after it. */
  today: string
  /** Whether ids of class 9, made up for practice, are taken. */
  acceptPractice: boolean
}

/** Nobody lived longer; an earlier birth is a slip, often a Buddhist year with 543 taken off twice. */
const longestLife = 125

/** Reads the person; null when the row names nobody and says nothing about anybody. */
export function readMember(row: RowCells, rules: PersonRules): MemberFacts | null {
  const name = readName(row)
  const nationalId = readNationalId(row, rules, name.firstName !== '')
  if (name.firstName === '') {
    if (nationalId !== null || name.title !== '' || name.lastName !== '' || row.text('relation') !== '')
      row.fault(row.firstMapped(['fullName', 'firstName']), 'nameMissing')
    return null
  }
  const birth = readBirth(row, rules)
  const nameField = row.firstMapped(['fullName', 'firstName'])
  const firstName = row.within(nameField, name.firstName, memberTextLimits.firstName)
  const lastName = row.within(
    row.isMapped('lastName') ? 'lastName' : nameField,
    name.lastName,
    memberTextLimits.lastName,
  )
  const title = row.within(row.isMapped('title') ? 'title' : nameField, name.title, memberTextLimits.title)
  const facts = {
    order: row.wholeNumber('memberOrder', 1, highestOrder),
    relation: row.limitedText('relation', memberTextLimits.relation),
    title,
    lastName,
    nationalId,
    sex: readSex(row, title),
    birthDate: birth.date,
    birthPrecision: birth.precision,
    occupation: row.limitedText('occupation', memberTextLimits.occupation),
    annualIncome: row.wholeNumber('annualIncome', 0, highestIncome),
  }
  return firstName === null ? null : { ...facts, firstName }
}

interface ReadName {
  title: string
  firstName: string
  lastName: string
}

/** Titles come off the name, whether they have a column or not; a whole name in one column falls apart at its first space. */
function readName(row: RowCells): ReadName {
  const titleText = row.text('title')
  let title = titleText === '' ? '' : canonicalTitle(titleText)
  let firstName = row.text('firstName')
  let lastName = row.text('lastName')
  if (firstName === '') {
    const whole = row.text('fullName')
    if (whole === '') return { title, firstName, lastName }
    firstName = whole
    // A full name beside a surname column repeats the surname or leaves it out.
    if (lastName !== '' && whole.endsWith(` ${lastName}`)) firstName = whole.slice(0, -lastName.length - 1)
  }
  if (title === '') {
    const split = splitTitle(lastName === '' ? firstName : `${firstName} ${lastName}`)
    if (split.title !== null) {
      title = split.title
      firstName = lastName === '' ? split.rest : split.rest.slice(0, -lastName.length - 1)
    }
  } else {
    firstName = withoutRepeatedTitle(withoutRepeatedTitle(firstName, titleText), title)
  }
  const space = firstName.indexOf(' ')
  if (lastName === '' && space > 0) {
    lastName = firstName.slice(space + 1)
    firstName = firstName.slice(0, space)
  }
  return { title, firstName, lastName }
}

function readNationalId(row: RowCells, rules: PersonRules, namesSomebody: boolean): string | null {
  if (!row.isMapped('nationalId')) return null
  const result = checkNationalId(row.cell('nationalId'), rules)
  if ('id' in result) return result.id
  if (result.fault !== 'nationalIdMissing' || namesSomebody) row.fault('nationalId', result.fault)
  return null
}

interface Birth {
  date: string | null
  precision: DatePrecision | null
}

const noBirth: Birth = { date: null, precision: null }

function readBirth(row: RowCells, rules: PersonRules): Birth {
  const result = parseDate(row.cell('birthDate'), rules.today)
  if (result === null) return birthOfAge(row, rules.listDate)
  if ('fault' in result) {
    row.fault('birthDate', result.fault)
    return noBirth
  }
  if (Number(rules.today.slice(0, 4)) - Number(result.date.slice(0, 4)) > longestLife) {
    row.fault('birthDate', 'dateUnreadable')
    return noBirth
  }
  if (result.wasBuddhist) row.fault('birthDate', 'dateWasBuddhistYear')
  return result
}

/** Only the year, counted back from the day of the list; it may be one too late, so day and month stay unknown. */
function birthOfAge(row: RowCells, listDate: string | null): Birth {
  const age = row.wholeNumber('age', 0, longestLife)
  if (age === null || listDate === null) return noBirth
  return { date: `${Number(listDate.slice(0, 4)) - age}-01-01`, precision: 'year' }
}

const sexByText = new Map<string, 'male' | 'female'>([
  ['ชาย', 'male'],
  ['ช', 'male'],
  ['ช.', 'male'],
  ['male', 'male'],
  ['m', 'male'],
  ['1', 'male'],
  ['หญิง', 'female'],
  ['ญ', 'female'],
  ['ญ.', 'female'],
  ['female', 'female'],
  ['f', 'female'],
  ['2', 'female'],
])

function readSex(row: RowCells, title: string | null): 'male' | 'female' | null {
  const byTitle = title === null ? null : titleSex(title)
  const text = row.text('sex')
  if (text === '') return byTitle
  const sex = sexByText.get(text) ?? sexByText.get(text.toLowerCase())
  if (!sex) {
    row.fault('sex', 'sexUnreadable')
    return byTitle
  }
  if (byTitle !== null && byTitle !== sex) row.fault('sex', 'sexDiffersFromTitle')
  return sex
}
