/** Cells as plain values: what every rule of an import asks for first. */
import { cleanText } from '../thai/clean.ts'
import { thaiDigitsToArabic } from '../thai/digits.ts'
import { isSheetDate, type SheetCell } from './sheet.ts'

/** A cell as cleaned text; '' for an empty one. */
export function cellText(cell: SheetCell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cleanText(cell)
  return isSheetDate(cell) ? cell.date : String(cell)
}

const placeholder = /^(?:[-–—._/*?]+|n\/?a|null|none|ไม่มี(?:ข้อมูล)?|ไม่ระบุ|ไม่ทราบ|ไม่ปรากฏ|ไม่มีข้อมูล)$/i

/** Whether a cleaned text only says that there is nothing: '-', 'ไม่มี', 'n/a'. */
export function isPlaceholder(text: string): boolean {
  return text === '' || (text.length <= 12 && placeholder.test(text))
}

const unit = /(?:บาท(?:\/ปี|ต่อปี)?|คน|ปี|ราย|ครัวเรือน|\.-)$/
const plainNumber = /^[+-]?[0-9]+(?:\.[0-9]+)?$/
const groupedNumber = /^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/

/** A number from a cell: Thai digits, thousands commas and a unit behind it allowed. Null when empty, NaN when unreadable. */
export function cellNumber(cell: SheetCell | undefined): number | null {
  if (typeof cell === 'number') return cell
  if (cell === null || cell === undefined) return null
  if (typeof cell !== 'string') return Number.NaN
  if (plainNumber.test(cell)) return Number(cell)
  const text = cleanText(cell)
  if (isPlaceholder(text)) return null
  const plain = thaiDigitsToArabic(text).replace(unit, '').trim()
  if (plainNumber.test(plain)) return Number(plain)
  return groupedNumber.test(plain) ? Number(plain.replaceAll(',', '')) : Number.NaN
}

const mooText = /^(?:บ้าน)?(?:หมู่บ้านที่|หมู่ที่|หมู่|ม\.|ม(?=[ 0-9]))?[ .]*0*([0-9]{1,3})(?:[ .].*)?$/
const longestName = 200
const mooInName = /(?:^|[ (,])(?:หมู่บ้านที่|หมู่ที่|หมู่|ม\.)[ .]*0*([0-9]{1,2})(?=$|[ ),บ])/

/** Village number (หมู่ที่) from a cell: 5, '๕', 'หมู่ที่ 5', 'ม.5 บ้านโคก'. Null when it has none, NaN when unreadable. */
export function readMoo(cell: SheetCell | undefined): number | null {
  if (cell === null || cell === undefined) return null
  let moo: number
  if (typeof cell === 'number') moo = cell
  else {
    if (typeof cell !== 'string') return Number.NaN
    const text = thaiDigitsToArabic(cleanText(cell))
    if (isPlaceholder(text)) return null
    const match = mooText.exec(text)
    moo = match ? Number(match[1]) : (mooOfVillageName(text) ?? Number.NaN)
  }
  if (moo === 0) return null
  return Number.isInteger(moo) && moo > 0 && moo <= 99 ? moo : Number.NaN
}

/** The village number that stands in a village's name: 'บ้านโคก หมู่ 5' or 'หมู่ที่ 5 บ้านโคก'; null when there is none. */
export function mooOfVillageName(text: string): number | null {
  if (text.length > longestName) return null
  const match = mooInName.exec(thaiDigitsToArabic(text))
  return match ? Number(match[1]) : null
}

/** A village's name without the number that people write beside it. */
export function villageNameOnly(text: string): string {
  if (text.length > longestName || !mooInName.test(thaiDigitsToArabic(text))) return text
  return thaiDigitsToArabic(text).replace(mooInName, ' ').replace(/[(),]/g, ' ').replace(/ {2,}/g, ' ').trim()
}
