/** What hands do to Thai text: wrong letters, marks in the wrong order, spaces where none belong. */
import { nameKey, wordsKey } from '../domain/thai/key.ts'
import { toThaiDigits } from '../domain/thai/digits.ts'
import type { Random } from './random.ts'
import { rates } from './rates.ts'

/** Letters that sound alike. */
const confusions: readonly (readonly [string, string])[] = [
  ['ณ', 'น'],
  ['ศ', 'ส'],
  ['ษ', 'ส'],
  ['ญ', 'ย'],
  ['ฐ', 'ถ'],
  ['ธ', 'ท'],
  ['ภ', 'พ'],
  ['ล', 'ร'],
  ['ร', 'ล'],
  ['ฤ', 'ริ'],
  ['ฎ', 'ด'],
  ['ี', 'ิ'],
  ['ิ', 'ี'],
  ['ู', 'ุ'],
  ['ุ', 'ู'],
  ['ใ', 'ไ'],
  ['ไ', 'ใ'],
  ['ส', 'ศ'],
  ['ท', 'ธ'],
]

/** Another spelling by one sound, still different when tone marks are left aside. */
export function misspell(random: Random, word: string): string {
  const fitting = confusions.filter(([right]) => word.includes(right))
  for (const [right, wrong] of random.shuffle(fitting)) {
    const spelt = word.replace(right, wrong)
    if (nameKey(spelt) !== nameKey(word)) return spelt
  }
  const last = word.at(-1) ?? ''
  return `${word}${last === 'ะ' ? 'า' : 'ะ'}`
}

/** A subdistrict so misspelt that its district has none of that name, with or without tone marks. */
export function misspeltSubdistrict(random: Random, name: string, neighbours: readonly string[]): string {
  const known = new Set(neighbours.map((neighbour) => wordsKey(neighbour).replaceAll(' ', '')))
  let spelt = misspell(random, name)
  while (known.has(wordsKey(spelt).replaceAll(' ', ''))) spelt = misspell(random, `${spelt}ร`)
  return spelt
}

/** Marks that look right on the screen and are not: tone before vowel, two sara e for sara ae, sara am in two pieces. */
export function disorderedMarks(text: string): string {
  return text
    .replace(/([\u0e31\u0e34-\u0e39])([\u0e48-\u0e4c])/, '$2$1')
    .replace('\u0e41', '\u0e40\u0e40')
    .replace('\u0e33', '\u0e4d\u0e32')
}

/** A name as somebody typed it: now and then with disordered marks, or a space behind it that nobody sees. */
export function typed(random: Random, text: string, note: (trap: 'disorderedMarks' | 'straySpace') => void): string {
  if (random.chance(rates.disorderedMarks)) {
    const disordered = disorderedMarks(text)
    if (disordered !== text) {
      note('disorderedMarks')
      return disordered
    }
  }
  if (!random.chance(rates.straySpace)) return text
  note('straySpace')
  return text + (random.chance(0.5) ? ' ' : '\u00a0')
}

/** In Thai digits when `thai` says so. */
export function digits(text: string, thai: boolean): string {
  return thai ? toThaiDigits(text) : text
}
