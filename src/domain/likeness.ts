/**
 * Names that sound or look alike in Thai: the word with one letter exchanged for another that people take for it, by ear
 * (ส ศ ษ ซ; น ณ ญ at the end of a syllable) or by eye (ข ช; ด ค), or with one letter
 * too many left out (not the first: what is left would be part of the word itself). Each is searched for by
 * itself, which the trigram index answers at once.
 *
 * Measured first, in a nation's registry: likeness of trigrams (`word_similarity`) over all names takes 4 s, and so do
 * regular expressions, of whose Thai letters the index knows nothing.
 */

const groups = [
  'กถภ',
  'ขฃคฅฆด',
  'ชขซฌ',
  'ดตฎฏฐทธฒฑถ',
  'นณญยร',
  'รลฬน',
  'สศษซ',
  'พภผฟ',
  'ฟฝผ',
  'บป',
  'หฬ',
  'อฮ',
  'ไใ',
  'เแ',
  '\u0e34\u0e35\u0e36\u0e37',
  '\u0e38\u0e39',
]

const alikeByLetter = new Map<string, Set<string>>()
for (const group of groups) {
  for (const letter of group) {
    const alike = alikeByLetter.get(letter) ?? new Set<string>()
    for (const other of group) if (other !== letter) alike.add(other)
    alikeByLetter.set(letter, alike)
  }
}

const thaiWord = /^[\u0e01-\u0e3a\u0e40-\u0e45]{3,20}$/
const fewestLetters = 3

/**
 * The words that a word may have been meant as, without itself; none for words too short to be mistaken in a useful way,
 * and for words that are not Thai.
 *
 * @param word a search word as `parseSearch` gives it
 * @returns at most `most` words, exchanged letters first
 */
export function alikeWords(word: string, most = 60): string[] {
  if (!thaiWord.test(word)) return []
  const found = new Set<string>()
  const letters = [...word]
  for (const [index, letter] of letters.entries())
    for (const other of alikeByLetter.get(letter) ?? []) found.add(letters.with(index, other).join(''))
  if (letters.length > fewestLetters + 1)
    for (const index of letters.keys()) if (index > 0) found.add(letters.toSpliced(index, 1).join(''))
  found.delete(word)
  return [...found].slice(0, most)
}
