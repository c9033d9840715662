import { cleanText } from './clean.ts'
import { thaiDigitsToArabic } from './digits.ts'
import { splitTitle } from './title.ts'

const marks = /[\u0e47-\u0e4e]+/g
const notWord =
  /[^0-9a-z\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u00c0-\u024f\u0400-\u04ff\u1000-\u10ff\u1780-\u17ff\u3400-\u9fff ]+/g
const plainThai = /^[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45 ]*$/

/**
 * The key under which a name is compared and searched: without titles, without tone marks and the other marks
 * U+0E47–U+0E4E (people leave them out, and they break words apart in the trigram index), Latin in lower case,
 * punctuation as spaces, single spaces. Sara am stays one character.
 */
export function nameKey(text: string): string {
  let rest = cleanText(text)
  // ว่าที่ร้อยตรี ดร. นายสมชาย: titles stand in rows.
  for (let round = 0; round < 3; round += 1) {
    const split = splitTitle(rest)
    if (split.title === null || split.rest === '') break
    rest = split.rest
  }
  return wordsKey(rest)
}

/** The same key for a text that has no titles: a village, a road, a word that is searched for. */
export function wordsKey(text: string): string {
  if (plainThai.test(text) && !text.includes('  ')) return text.trim()
  return thaiDigitsToArabic(cleanText(text))
    .replace(marks, '')
    .toLowerCase()
    .replace(notWord, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
}
