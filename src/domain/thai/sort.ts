/**
 * Thai dictionary order as plain text: comparing two keys by code point (C collation) gives the order of
 * `Intl.Collator('th')` (CLDR). So a list can be sorted and paged by an ordinary index, on any database.
 *
 * A key has up to three levels, apart by a space, which is less than every weight: the letters, with a leading vowel
 * behind its consonant; then tone marks and thanthakhat; then capitals. Spaces and punctuation do not count.
 * In the last two levels a weight is written as the number of plain letters before it, longer runs first, then the mark.
 */

const symbols = '`^+<=>|~$฿'
const digits = '0123456789'
const vowels = '\u0e4d\u0e30\u0e31\u0e32\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e40\u0e41\u0e42\u0e43\u0e44\u0e3a'
const markOrder = '\u0e4e\u0e4c\u0e47\u0e48\u0e49\u0e4a\u0e4b'

const ignored = 0
const firstWeight = 0x21
const firstLatinWeight = 0xc0

/** Weight of a code point below U+0E80; 0 when it does not count on the first level. */
const weightOf = new Uint16Array(0x0e80)
const markOf = new Uint8Array(0x0e80)
const isCapital = new Uint8Array(0x0e80)

let weight = firstWeight
for (const symbol of symbols) weightOf[symbol.charCodeAt(0)] = weight++
for (const digit of digits) {
  weightOf[digit.charCodeAt(0)] = weight
  weightOf[digit.charCodeAt(0) - 0x30 + 0x0e50] = weight++
}
for (let consonant = 0x0e01; consonant <= 0x0e2e; consonant += 1) weightOf[consonant] = weight++
for (const vowel of vowels) weightOf[vowel.charCodeAt(0)] = weight++
weightOf[0x0e45] = weightOf[0x0e32]!
isCapital[0x0e45] = 1
for (let letter = 0; letter < 26; letter += 1) {
  weightOf[0x61 + letter] = firstLatinWeight + letter
  weightOf[0x41 + letter] = firstLatinWeight + letter
  isCapital[0x41 + letter] = 1
}
for (const [index, mark] of markOrder.split('').entries()) markOf[mark.charCodeAt(0)] = 0x31 + index

/** The sort key of a cleaned text. */
export function sortKey(text: string): string {
  let letters = ''
  let accents = ''
  let capitals = ''
  let plainBeforeMark = 0
  /** A mark on a space or a full stop does not count either. */
  let onPunctuation = false
  let plainBeforeCapital = 0
  const add = (code: number): void => {
    if (code >= weightOf.length) {
      onPunctuation = false
      letters += String.fromCharCode(code)
      plainBeforeMark += 1
      plainBeforeCapital += 1
      return
    }
    const mark = markOf[code]!
    if (mark !== 0) {
      if (onPunctuation) return
      accents += run(plainBeforeMark) + String.fromCharCode(mark)
      plainBeforeMark = 0
      plainBeforeCapital += 1
      return
    }
    const letter = weightOf[code]!
    onPunctuation = letter === ignored
    if (onPunctuation) return
    letters += String.fromCharCode(letter)
    plainBeforeMark += 1
    if (isCapital[code] === 1) {
      capitals += `${run(plainBeforeCapital)}1`
      plainBeforeCapital = 0
    } else plainBeforeCapital += 1
  }
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const next = code >= 0x0e40 && code <= 0x0e44 ? text.charCodeAt(index + 1) : 0
    if (next >= 0x0e01 && next <= 0x0e2e) {
      add(next)
      index += 1
    }
    // Sara am counts as sara a with nikhahit.
    if (code === 0x0e33) {
      add(0x0e32)
      add(0x0e4d)
    } else add(code)
  }
  if (capitals !== '') return `${letters} ${accents} ${capitals}`
  return accents === '' ? letters : `${letters} ${accents}`
}

const longestRun = 0x50

function run(length: number): string {
  let text = ''
  let rest = length
  for (; rest > longestRun; rest -= longestRun) text += '!'
  return text + String.fromCharCode(0x7e - rest)
}
