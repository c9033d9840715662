/** Made-up texts for property tests. */
import * as fc from 'fast-check'

const consonants = 'กขคฆงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ'.split('')
const syllableParts = {
  lead: ['', '', '', 'เ', 'แ', 'โ', 'ใ', 'ไ'],
  vowel: ['', '', '\u0e31', '\u0e34', '\u0e35', '\u0e36', '\u0e37', '\u0e38', '\u0e39', '\u0e47'],
  tone: ['', '', '', '\u0e48', '\u0e49', '\u0e4a', '\u0e4b', '\u0e4c'],
  end: ['', '', 'า', 'ะ', 'ำ'],
}

/** Syllables as Thai is written, though few of them are words. */
const syllable = fc
  .tuple(
    fc.constantFrom(...syllableParts.lead),
    fc.constantFrom(...consonants),
    fc.constantFrom(...syllableParts.vowel),
    fc.constantFrom(...syllableParts.tone),
    fc.constantFrom(...syllableParts.end),
    fc.constantFrom('', ...consonants),
  )
  .map((parts) => parts.join(''))

export const thaiName = fc.array(syllable, { minLength: 1, maxLength: 4 }).map((syllables) => syllables.join(''))

export const thaiFullName = fc
  .tuple(fc.constantFrom('', '', 'นาย', 'นาง', 'นางสาว', 'น.ส.', 'ด.ช. '), thaiName, thaiName)
  .map(([title, first, last]) => `${title}${first} ${last}`)

/** Thai characters in any order, with what files put between them. */
export const thaiText = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0x0e01, max: 0x0e3a }).map((code) => String.fromCharCode(code)) },
      { weight: 6, arbitrary: fc.integer({ min: 0x0e40, max: 0x0e4e }).map((code) => String.fromCharCode(code)) },
      { weight: 2, arbitrary: fc.constantFrom(' ', '.', '-', '/', '1', '๒', 'a', 'B') },
      { weight: 1, arbitrary: fc.constantFrom('\u00a0', '\u200b', '\uf70b', '\n', '\u0e40\u0e40', '\u0e4d\u0e32') },
    ),
    { maxLength: 14 },
  )
  .map((letters) => letters.join(''))

export const anyText = fc.string({ unit: 'binary', maxLength: 20 })
