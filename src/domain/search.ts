/** What a person types into the search box, and the text that it is searched in. */
import { type AreaLevel } from './area.ts'
import { checkHouseCode, houseNumberKey } from './house-code.ts'
import { isNationalId } from './national-id.ts'
import { cleanText } from './thai/clean.ts'
import { thaiDigitsToArabic } from './thai/digits.ts'
import { nameKey, wordsKey } from './thai/key.ts'
import { canBeThai, fixKeyboardLayout, looksLikeWrongLayout } from './thai/keyboard.ts'
import { splitTitle } from './thai/title.ts'

export type Search =
  | { kind: 'nothing' }
  /** A whole id: asks for its own permission and is logged. */
  | { kind: 'nationalId'; nationalId: string }
  /** 13 digits with a wrong check digit: say so, do not search. */
  | { kind: 'wrongNationalId' }
  | { kind: 'houseCode'; houseCode: string }
  | { kind: 'houseNumber'; houseNumber: string }
  /** Every word must be found. */
  | { kind: 'words'; words: SearchWord[] }

/** A word that was typed; it is found when any one of its readings is, or when it names the place. */
export interface SearchWord {
  /** Keys as `searchText` holds them. */
  readings: string[]
  place: PlaceWord
}

/** The word as the name of a province, district or subdistrict. */
export interface PlaceWord {
  /** Keys of the name without อำเภอ, ต. and the like. */
  keys: string[]
  /** `อ.นางรอง` says that a district is meant, and the beginning of its name will do; null for a word that says nothing. */
  level: Exclude<AreaLevel, 'nation' | 'village'> | null
}

const mostWords = 6
const longestSearch = 200
const idShape = /^[0-9][0-9 -]{11,}$/
const houseNumberShape = /^(?:บ้านเลขที่|เลขที่)? ?[0-9]{1,5}(?: ?\/ ?[0-9]{1,5})?[ก-ฮ]?$/

/** Understands a search: an id, a house code, a house number, or words in any layout, with titles and tone marks or not. */
export function parseSearch(text: string): Search {
  const typed = cleanText(text.slice(0, longestSearch))
  const plain = thaiDigitsToArabic(typed)
  if (plain === '') return { kind: 'nothing' }
  if (idShape.test(plain)) {
    const digits = plain.replace(/[ -]/g, '')
    if (digits.length === 13) {
      return isNationalId(digits) ? { kind: 'nationalId', nationalId: digits } : { kind: 'wrongNationalId' }
    }
    const { code } = checkHouseCode(digits)
    if (code !== null) return { kind: 'houseCode', houseCode: code }
  }
  if (houseNumberShape.test(plain)) return { kind: 'houseNumber', houseNumber: houseNumberKey(plain) }
  const words = searchWords(typed)
  return words.length === 0 ? { kind: 'nothing' } : { kind: 'words', words }
}

const placeKinds = {
  จังหวัด: 'province',
  'จ.': 'province',
  กิ่งอำเภอ: 'district',
  อำเภอ: 'district',
  'อ.': 'district',
  เขต: 'district',
  ตำบล: 'subdistrict',
  'ต.': 'subdistrict',
  แขวง: 'subdistrict',
} as const
const placeShape = /^(จังหวัด|จ\.|กิ่งอำเภอ|อำเภอ|อ\.|เขต|ตำบล|ต\.|แขวง)(?=.)/
/** "อ. นางรอง" is one word. */
const partedPlace = /(?<=^| )(จังหวัด|จ\.|กิ่งอำเภอ|อำเภอ|อ\.|เขต|ตำบล|ต\.|แขวง) (?=[^ ])/g

function searchWords(typed: string): SearchWord[] {
  const joined = typed.replace(partedPlace, '$1')
  const { title, rest } = placeShape.test(joined) ? { title: null, rest: joined } : splitTitle(joined)
  const named = title !== null && rest !== '' ? rest : joined
  const words: SearchWord[] = []
  for (const word of named.split(' ')) {
    const said = placeShape.exec(word)?.[1] as keyof typeof placeKinds | undefined
    const bare = said === undefined ? word : word.slice(said.length)
    const keys = alternativesOf(bare)
    // "อ.สมชาย" may be a teacher, and a surname may begin with เขต.
    const readings = said === undefined ? keys : [...new Set([...alternativesOf(word), ...keys])]
    if (readings.length > 0)
      words.push({ readings, place: { keys, level: said === undefined ? null : placeKinds[said] } })
  }
  return words.slice(0, mostWords)
}

/** The word as it stands, without what may be a title, and as it reads in the other keyboard layout. */
function alternativesOf(word: string): string[] {
  const found = new Set<string>()
  const add = (key: string): void => {
    if (key !== '') found.add(key)
  }
  const other = fixKeyboardLayout(word)
  const wrongLayout = looksLikeWrongLayout(word)
  // "l,0kp": punctuation inside shows that Thai keys were meant; read as it stands it would fall into pieces.
  if (!(wrongLayout && /[^A-Za-z]/.test(word) && canBeThai(other))) add(wordsKey(word))
  const withoutTitle = /^(?:นาย|นาง|พระ|คุณ)(?=[ก-ฮเ-ไ].)/.test(word) ? word.slice(3) : word
  if (withoutTitle !== word) add(wordsKey(withoutTitle))
  if (wrongLayout) add(nameKey(other))
  return [...found]
}

/**
 * A LIKE pattern for a search word, to be matched against `searchText` (escape character is the backslash). One or two
 * characters are looked for at the beginning of words only: they would be found everywhere, and have no trigram inside.
 */
export function likePattern(word: string): string {
  const escaped = word.replace(/[\\%_]/g, '\\$&')
  return word.length < 3 ? `% ${escaped}%` : `%${escaped}%`
}

/**
 * Who of a household was meant by the words of a search: the one in whose name most of them stand, the first among
 * equals; null when they stand in nobody's name but in the village or the house number.
 */
export function memberMeant<Member extends { nameKey: string }>(
  readings: readonly (readonly string[])[],
  members: readonly Member[],
): Member | null {
  let best: { member: Member; count: number } | null = null
  for (const member of members) {
    const key = ` ${member.nameKey} `
    const count = readings.filter((word) => word.some((reading) => stands(reading, key))).length
    if (count > (best?.count ?? 0)) best = { member, count }
  }
  return best?.member ?? null
}

/** As `likePattern` finds it. */
function stands(word: string, text: string): boolean {
  return text.includes(word.length < 3 ? ` ${word}` : word)
}

export interface SearchableHousehold {
  /** Names as people write them; titles are left out of the text. */
  members: readonly { firstName: string; lastName: string | null }[]
  villageName: string | null
  houseNumber: string | null
  houseCode: string | null
}

/**
 * The text under which a household is found by words: a space, then each name's key, so that every word has a space
 * before it; then village, house number and house code. Never holds a national id.
 */
export function searchText(household: SearchableHousehold): string {
  let text = ''
  for (const { firstName, lastName } of household.members) {
    const key = nameKey(lastName === null ? firstName : `${firstName} ${lastName}`)
    if (key !== '' && !text.includes(` ${key} `)) text += ` ${key} `
  }
  if (household.villageName !== null) text += ` ${wordsKey(household.villageName)}`
  const houseNumber = houseNumberKey(household.houseNumber)
  if (houseNumber !== '') text += ` ${houseNumber}`
  if (household.houseCode !== null) text += ` ${household.houseCode}`
  return text.replace(/ {2,}/g, ' ').trimEnd()
}
