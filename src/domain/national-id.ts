/**
 * Thai national id (เลขประจำตัวประชาชน): 13 digits, the first tells the class of person, the last is a check digit.
 * Two to five name the registrar at the time of issue, which is not where the person lives now.
 */
import type { SheetCell } from './import/sheet.ts'
import { thaiDigitsToArabic } from './thai/digits.ts'

/**
 * Class of person by first digit: 0 no registered status, 1–5 Thai nationals by way of registration, 6 here temporarily
 * or without leave, 7 born here to class 6, 8 lawful residents and naturalised people, 9 practice data.
 * No real person's id begins with 9, so this registry uses it for made-up people, and takes it only in a practice registry.
 */
export type NationalIdKind = 'noStatus' | 'national' | 'temporary' | 'bornToTemporary' | 'resident' | 'practice'

type NationalIdFault =
  | 'nationalIdMissing'
  | 'nationalIdLength'
  | 'nationalIdScientific'
  | 'nationalIdChecksum'
  | 'nationalIdPractice'

export type NationalIdResult = { id: string; kind: NationalIdKind } | { fault: NationalIdFault }

const kinds: readonly NationalIdKind[] = [
  'noStatus',
  'national',
  'national',
  'national',
  'national',
  'national',
  'temporary',
  'bornToTemporary',
  'resident',
  'practice',
]

const missing: NationalIdResult = { fault: 'nationalIdMissing' }
const wrongLength: NationalIdResult = { fault: 'nationalIdLength' }
const scientific: NationalIdResult = { fault: 'nationalIdScientific' }
const wrongChecksum: NationalIdResult = { fault: 'nationalIdChecksum' }
const practiceRefused: NationalIdResult = { fault: 'nationalIdPractice' }

const thirteenDigits = /^[0-9]{13}$/
const scientificNotation = /^[0-9](?:[.,][0-9]+)?e\+?[0-9]+$/i
const separators = /[\s\u00a0\u200b-\u200d\ufeff\u2010-\u2015\u2212._'"‘’“”`-]+/g
const saysNone = /^(?:|0+|n\/?a|null|none|ไม่มี.*|ไม่ทราบ|ไม่ระบุ|ไม่พบ|ไม่ปรากฏ|อยู่ระหว่าง.*)$/i

/**
 * Reads an id from a cell: text or number, dashes, spaces and Thai digits allowed. A number of 12 digits is an id
 * whose leading 0 the spreadsheet dropped, when its check digit agrees. Scientific notation lost digits and is refused.
 */
export function checkNationalId(cell: SheetCell, rules: { acceptPractice: boolean }): NationalIdResult {
  if (typeof cell === 'string') {
    if (thirteenDigits.test(cell)) return checkDigits(cell, rules.acceptPractice)
    return checkText(cell, rules.acceptPractice)
  }
  if (typeof cell === 'number') return checkNumber(cell, rules.acceptPractice)
  return cell === null ? missing : wrongLength
}

function checkText(text: string, acceptPractice: boolean): NationalIdResult {
  const plain = thaiDigitsToArabic(text).trim()
  if (scientificNotation.test(plain)) return scientific
  const digits = plain.replace(separators, '')
  if (thirteenDigits.test(digits)) return checkDigits(digits, acceptPractice)
  return saysNone.test(digits) ? missing : wrongLength
}

function checkNumber(number: number, acceptPractice: boolean): NationalIdResult {
  if (number === 0) return missing
  if (!Number.isSafeInteger(number) || number < 1e10 || number >= 1e13) return wrongLength
  const digits = String(number).padStart(13, '0')
  const result = checkDigits(digits, acceptPractice)
  if (!('fault' in result) || result.fault === 'nationalIdPractice') return result
  // Whole millions are what is left of an id that went through "1.10037E+12".
  if (number % 1e6 === 0) return scientific
  return number < 1e12 ? wrongLength : result
}

function checkDigits(digits: string, acceptPractice: boolean): NationalIdResult {
  if (digits === '0000000000000') return missing
  if (checkDigitOf(digits) !== digits.charCodeAt(12) - 0x30) return wrongChecksum
  const first = digits.charCodeAt(0) - 0x30
  if (first === 9 && !acceptPractice) return practiceRefused
  return { id: digits, kind: kinds[first]! }
}

/** (11 − (Σ dᵢ × (14 − i)) mod 11) mod 10 over the first twelve digits. */
function checkDigitOf(digits: string): number {
  let sum = 0
  for (let index = 0; index < 12; index += 1) sum += (digits.charCodeAt(index) - 0x30) * (13 - index)
  return (11 - (sum % 11)) % 10
}

/** Whether a text is 13 digits with a right check digit. */
export function isNationalId(text: string): boolean {
  return thirteenDigits.test(text) && checkDigitOf(text) === text.charCodeAt(12) - 0x30
}

/** The class of a person by the first digit of an id. */
export function nationalIdKind(id: string): NationalIdKind {
  return kinds[Number(id[0])] ?? 'noStatus'
}

/** The thirteen digits that begin with these twelve. */
export function nationalIdWithCheckDigit(first12: string): string {
  return first12 + String(checkDigitOf(first12))
}

/** As screens show it to everyone: '1234567890123' gives 'x-xxxx-xxxxx-12-3'. */
export function maskNationalId(id: string): string {
  return `x-xxxx-xxxxx-${id.slice(10, 12)}-${id.slice(12)}`
}

// Thirteen digits in a row, or in the groups of the card. Other groupings are telephone numbers more often than ids.
const idInText =
  /(?<![0-9])(?:[0-9]{13}|[0-9](?<dash>[ ._\u2010-\u2015-])[0-9]{4}\k<dash>[0-9]{5}\k<dash>[0-9]{2}\k<dash>[0-9])(?![0-9])/g

// Most texts have no such run of digits, and are all but free then.
const perhapsId = /[0-9๐-๙][0-9๐-๙ ._\u2010-\u2015-]{11,}[0-9๐-๙]/

/** The text with every id in it masked; ids have one place, where they are encrypted. Without one, the text itself. */
export function maskIdsInText(text: string): string {
  if (text.length < 13 || !perhapsId.test(text)) return text
  const plain = thaiDigitsToArabic(text)
  let masked = ''
  let through = 0
  for (const { 0: found, index } of plain.matchAll(idInText)) {
    const digits = found.replace(/[^0-9]/g, '')
    if (!isNationalId(digits)) continue
    masked += text.slice(through, index) + maskNationalId(digits)
    through = index + found.length
  }
  return through === 0 ? text : masked + text.slice(through)
}

/** As it is written on the card: '1-2345-67890-12-3'. */
export function formatNationalId(id: string): string {
  return `${id.slice(0, 1)}-${id.slice(1, 5)}-${id.slice(5, 10)}-${id.slice(10, 12)}-${id.slice(12)}`
}
