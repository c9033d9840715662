/** Thai digits ๐–๙ (U+0E50–U+0E59) and Arabic digits 0–9. */

const thaiDigit = /[๐-๙]/
const thaiDigits = /[๐-๙]/g
const arabicDigits = /[0-9]/g
const distance = 0x0e50 - 0x30

/** Every Thai digit as its Arabic one; other characters stay. */
export function thaiDigitsToArabic(text: string): string {
  if (!thaiDigit.test(text)) return text
  return text.replace(thaiDigits, (digit) => String.fromCharCode(digit.charCodeAt(0) - distance))
}

/** Every Arabic digit as its Thai one, for official letters. */
export function toThaiDigits(text: string | number): string {
  return String(text).replace(arabicDigits, (digit) => String.fromCharCode(digit.charCodeAt(0) + distance))
}
