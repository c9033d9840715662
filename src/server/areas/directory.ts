/**
 * The official areas in memory: names, paths, children and search for the levels above the village, which only a
 * release changes. Villages come in by import and by hand, so they are asked of the database each time.
 */
import { areaLevel, areaPath, type AreaLevel } from '../../domain/area.ts'
import { thaiDigitsToArabic } from '../../domain/thai/digits.ts'
import { wordsKey } from '../../domain/thai/key.ts'
import { canBeThai, fixKeyboardLayout, looksLikeWrongLayout } from '../../domain/thai/keyboard.ts'
import { loadAreas, type AreaRow } from './areas.ts'

export interface NamedArea {
  code: string
  level: AreaLevel
  nameTh: string
  nameEn: string | null
}

/** What a person looks for: digits of a code, or words that must all be found, each in one of its readings. */
export type AreaSearch = { kind: 'nothing' } | { kind: 'code'; code: string } | { kind: 'words'; words: string[][] }

export interface AreaDirectory {
  /** The area under its name of that day (the latest name when it no longer exists); null for a code never used. */
  find(code: string, day: string): NamedArea | null
  /** Every name that the code has had, oldest first. */
  names(code: string): readonly AreaRow[]
  /** From the nation down to the code itself, as far as official levels go. */
  path(code: string, day: string): NamedArea[]
  /** Official areas directly below that exist on the day, by code. */
  children(code: string, day: string): NamedArea[]
  /** Codes directly below that exist or ever existed. */
  childCodes(code: string): readonly string[]
  /** Codes of the areas of a level that have one of these keys as their name on the day, or as its beginning. */
  named(keys: readonly string[], level: AreaLevel, day: string, isBeginning: boolean): string[]
  /** Areas that exist on the day, the best match first. */
  search(search: AreaSearch, within: string, day: string): NamedArea[]
}

const nation: NamedArea = { code: '', level: 'nation', nameTh: 'ประเทศไทย', nameEn: 'Thailand' }

let shipped: AreaDirectory | null = null

/** The directory of the areas shipped with the program, read once. */
export function areaDirectory(): AreaDirectory {
  shipped ??= createAreaDirectory(loadAreas())
  return shipped
}

export function createAreaDirectory(rows: readonly AreaRow[]): AreaDirectory {
  const rowsByCode = new Map<string, AreaRow[]>()
  for (const row of rows) rowsByCode.set(row.code, [...(rowsByCode.get(row.code) ?? []), row])
  const childCodes = new Map<string, string[]>()
  for (const code of rowsByCode.keys()) {
    const parent = code.slice(0, -2)
    childCodes.set(parent, [...(childCodes.get(parent) ?? []), code])
  }
  for (const codes of childCodes.values()) codes.sort()
  const keys = new Map(rows.map((row) => [row, keysOf(row.nameTh, row.nameEn)]))

  const rowOn = (code: string, day: string) => rowsByCode.get(code)?.find((row) => holds(row, day))
  const find: AreaDirectory['find'] = (code, day) => {
    if (code === '') return nation
    const row = rowOn(code, day) ?? rowsByCode.get(code)?.at(-1)
    return row ? named(row) : null
  }
  const path: AreaDirectory['path'] = (code, day) => areaPath(code).flatMap((step) => find(step, day) ?? [])
  return {
    find,
    path,
    names: (code) => rowsByCode.get(code) ?? [],
    childCodes: (code) => childCodes.get(code) ?? [],
    children: (code, day) =>
      (childCodes.get(code) ?? []).flatMap((child) => {
        const row = rowOn(child, day)
        return row ? [named(row)] : []
      }),
    named(wanted, level, day, isBeginning) {
      return [...keys].flatMap(([row, own]) => {
        if (areaLevel(row.code) !== level || !holds(row, day)) return []
        const isNamed = own.some((key) => wanted.some((one) => (isBeginning ? key.startsWith(one) : key === one)))
        return isNamed ? [row.code] : []
      })
    },
    search(search, within, day) {
      if (search.kind === 'nothing') return []
      const found: { area: NamedArea; rank: number }[] = []
      for (const [row, own] of keys) {
        if (!row.code.startsWith(within) || !holds(row, day)) continue
        if (search.kind === 'code') {
          if (row.code.startsWith(search.code)) found.push({ area: named(row), rank: 0 })
          continue
        }
        const around = () =>
          areaPath(row.code.slice(0, -2)).flatMap((step) => {
            const outer = step === '' ? undefined : rowOn(step, day)
            return outer ? keys.get(outer)! : []
          })
        const rank = rankOf(search.words, own, around)
        if (rank !== null) found.push({ area: named(row), rank })
      }
      return found
        .toSorted(
          (a, b) =>
            a.rank - b.rank || a.area.code.length - b.area.code.length || (a.area.code < b.area.code ? -1 : 1),
        )
        .map(({ area }) => area)
    },
  }
}

const prefixes = /^(?:จังหวัด|จ\.|กิ่งอำเภอ|อำเภอ|อ\.|เขต|ตำบล|ต\.|แขวง)(?=.)/

/** Reads a search: a code in Thai or Arabic digits, or up to five words in either keyboard layout. */
export function parseAreaSearch(text: string): AreaSearch {
  const typed = text.trim()
  const digits = thaiDigitsToArabic(typed).replace(/[ .-]/g, '')
  if (/^[0-9]{2,8}$/.test(digits)) return { kind: 'code', code: digits }
  const words = typed
    .split(/\s+/)
    .slice(0, 5)
    .map((word) => readingsOf(word))
    .filter((readings) => readings.length > 0)
  return words.length === 0 ? { kind: 'nothing' } : { kind: 'words', words }
}

function readingsOf(word: string): string[] {
  const other = fixKeyboardLayout(word)
  // Names are few, so the other layout is tried whenever it can be Thai, not only when the word makes no sense.
  const texts = looksLikeWrongLayout(word) || (/[a-z]/i.test(word) && canBeThai(other)) ? [word, other] : [word]
  const readings = texts.flatMap((text) => {
    // เขตพระนคร means พระนคร, but a subdistrict may be called เขตคราม: both readings are tried.
    const bare = text.replace(prefixes, '')
    return bare === text ? [wordsKey(text)] : [wordsKey(text), wordsKey(bare)]
  })
  return [...new Set(readings.map((reading) => reading.replaceAll(' ', '')).filter(Boolean))]
}

/** Keys under which an area's names are compared: without tone marks, spaces and case. */
export function keysOf(nameTh: string, nameEn: string | null): string[] {
  const keys = [wordsKey(nameTh)]
  if (nameEn) keys.push(wordsKey(nameEn))
  return keys.map((key) => key.replaceAll(' ', ''))
}

/**
 * 0 when a word is the area's whole name, 1 at its beginning, 2 inside; null when a word is found neither in the
 * area's own names nor in those around it, or none in its own.
 */
export function rankOf(
  words: readonly (readonly string[])[],
  own: readonly string[],
  around: () => readonly string[],
): number | null {
  const ranks = words.map((readings) =>
    Math.min(...readings.flatMap((reading) => own.map((key) => likeness(key, reading)))),
  )
  const best = Math.min(...ranks)
  if (best === notFound) return null
  const others = words.filter((_, index) => ranks[index] === notFound)
  if (others.length === 0) return best
  const keys = around()
  const areFound = others.every((readings) => readings.some((reading) => keys.some((key) => key.includes(reading))))
  return areFound ? best : null
}

const notFound = 3

function likeness(key: string, reading: string): number {
  if (key === reading) return 0
  if (key.startsWith(reading)) return 1
  return key.includes(reading) ? 2 : notFound
}

function holds(row: AreaRow, day: string): boolean {
  return (row.validFrom === null || row.validFrom <= day) && (row.validTo === null || day <= row.validTo)
}

function named(row: AreaRow): NamedArea {
  return { code: row.code, level: areaLevel(row.code)!, nameTh: row.nameTh, nameEn: row.nameEn }
}
