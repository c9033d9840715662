/**
 * Text typed with the keyboard in the wrong language: Thai Kedmanee (TIS 820) against US QWERTY, key by key.
 * "lk,ki5" is สามารถ; "หนทแ้ฟร" is somchai.
 */

const qwertyKeys = '`1234567890-=qwertyuiop[]\\asdfghjkl;\'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
const kedmaneeKeys =
  '_ๅ/-ภถ\u0e38\u0e36คตจขชๆไ\u0e33พะ\u0e31\u0e35รนยบลฃฟหกดเ\u0e49\u0e48าสวงผปแอ\u0e34\u0e37ทมใฝ' +
  '%+๑๒๓๔\u0e39฿๕๖๗๘๙๐"ฎฑธ\u0e4d\u0e4aณฯญฐ,ฅฤฆฏโฌ\u0e47\u0e4bษศซ.()ฉฮ\u0e3a\u0e4c?ฒฬฦ'

const thaiByKey = new Map(qwertyKeys.split('').map((key, index) => [key, kedmaneeKeys[index]!]))
const keyByThai = new Map(kedmaneeKeys.split('').map((letter, index) => [letter, qwertyKeys[index]!]))

const thaiLetter = /[\u0e01-\u0e5b]/
const latinLetter = /[A-Za-z]/

/** The same keys in the other language: to Latin when the text has Thai letters, to Thai otherwise. */
export function fixKeyboardLayout(text: string): string {
  const other = thaiLetter.test(text) ? keyByThai : thaiByKey
  let fixed = ''
  for (const letter of text) fixed += other.get(letter) ?? letter
  return fixed
}

/**
 * Whether a text reads badly as it stands and well in the other layout. A guess: use it to offer or add the other
 * reading, never to replace what was typed.
 */
export function looksLikeWrongLayout(text: string): boolean {
  const fixed = fixKeyboardLayout(text)
  if (thaiLetter.test(text)) return !canBeThai(text) && canBeLatin(fixed)
  return latinLetter.test(text) && canBeThai(fixed) && !canBeLatin(text)
}

/** Marks and following vowels need a consonant before them, leading vowels need one behind. */
const impossibleThai =
  // oxlint-disable-next-line no-misleading-character-class -- single marks are meant
  /(?:^|[^\u0e01-\u0e3a\u0e47-\u0e4e])[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]|[\u0e40-\u0e44](?:$|[^\u0e01-\u0e2e])|[\u0e30\u0e32\u0e33][\u0e30-\u0e3a\u0e47-\u0e4e]|[\u0e31\u0e34-\u0e39]{2}|[\u0e48-\u0e4b]{2}|[^\u0e01-\u0e4e ]/
const thaiVowel = /[\u0e30-\u0e39\u0e40-\u0e44]/

/** Whether a text can be Thai words. */
export function canBeThai(text: string): boolean {
  return !impossibleThai.test(text) && (thaiVowel.test(text) || /[ก-ฮ][\u0e47-\u0e4c]?[ก-ฮ]/.test(text))
}

/** Letters only, every word with a vowel, no heap of consonants that English and romanised Thai never have. */
function canBeLatin(text: string): boolean {
  if (!/^[A-Za-z .'-]+$/.test(text) || /[a-z][A-Z]/.test(text)) return false
  return text
    .toLowerCase()
    .split(/[ .'-]+/)
    .every((word) => word === '' || (/[aeiouy]/.test(word) && !/[bcdfghjklmnpqrstvwxz]{5}/.test(word)))
}
