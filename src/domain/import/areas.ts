/**
 * From the codes and names in a row to an official subdistrict. Names repeat: three subdistricts of Buriram are called
 * บ้านยาง, five provinces have an อำเภอเฉลิมพระเกียรติ. So a name is only ever looked for inside its parent. Codes and names
 * are those of the day that the list speaks of: some ended before it, some began after.
 */
import { areaAt } from '../area.ts'
import { cleanText } from '../thai/clean.ts'
import { thaiDigitsToArabic } from '../thai/digits.ts'
import { wordsKey } from '../thai/key.ts'
import type { Fault } from './staged.ts'

/** An area as the registry knows it; villages (8 digits) may be among them. */
export interface KnownArea {
  code: string
  nameTh: string
  nameEn: string | null
  /** First and last day, `YYYY-MM-DD`, both included; null or left out where they are not known or it still holds. */
  validFrom?: string | null
  validTo?: string | null
}

/** What a row says about where it is, as text in the file's own spelling; '' where it says nothing. */
export interface StatedArea {
  provinceCode: string
  provinceName: string
  districtCode: string
  districtName: string
  subdistrictCode: string
  subdistrictName: string
  /** 8 digits, or the last two of them. */
  villageCode: string
}

interface FoundArea {
  /** 6 digits, or null when a fault says why not. */
  subdistrict: string | null
  /** The village number in a village code; null when not given there. */
  moo: number | null
  faults: readonly Fault[]
}

export interface AreaLookup {
  /** The subdistrict a row means. `defaultArea` stands in for the levels about which the row says nothing. */
  find(stated: StatedArea, defaultArea: string): FoundArea
  /** The number of a village by its name, when exactly one village of the subdistrict has it. */
  mooByName(subdistrict: string, villageName: string): number | null
}

type Level = 'province' | 'district' | 'subdistrict'
const digitsOf: Record<Level, number> = { province: 2, district: 4, subdistrict: 6 }
const codeFieldOf = { province: 'provinceCode', district: 'districtCode', subdistrict: 'subdistrictCode' } as const
const nameFieldOf = { province: 'provinceName', district: 'districtName', subdistrict: 'subdistrictName' } as const

const prefixes: Record<Level, RegExp> = {
  province: /^(?:จังหวัด|จ\.|changwat|province of)/i,
  district: /^(?:กิ่งอำเภอ|กิ่งอ\.|อำเภอ|อ\.|เขต|amphoe|khet)/i,
  subdistrict: /^(?:ตำบล|ต\.|แขวง|tambon|khwaeng)/i,
}

/** What people write for a province that is not its official name. */
const provinceNicknames = new Map([
  ['กทม', '10'],
  ['กทม.', '10'],
  ['กรุงเทพ', '10'],
  ['กรุงเทพฯ', '10'],
  ['กรุงเทพมหานครฯ', '10'],
  ['อยุธยา', '14'],
  ['โคราช', '30'],
])

const mostTuplesKept = 50_000

/**
 * A lookup in memory: a few thousand areas, and an answer kept for every spelling met.
 *
 * @param areas every name that a code has had
 * @param day `YYYY-MM-DD`, the day that the list speaks of
 */
export function createAreaLookup(areas: readonly KnownArea[], day: string): AreaLookup {
  const index = indexOf(areas, day)
  const answers = new Map<string, FoundArea>()
  return {
    find(stated, defaultArea) {
      const tuple = `${stated.subdistrictCode}\t${stated.subdistrictName}\t${stated.districtCode}\t${stated.districtName}\t${stated.provinceCode}\t${stated.provinceName}\t${stated.villageCode}\t${defaultArea}`
      let answer = answers.get(tuple)
      if (answer === undefined) {
        answer = findArea(index, stated, defaultArea)
        if (answers.size >= mostTuplesKept) answers.clear()
        answers.set(tuple, answer)
      }
      return answer
    },
    mooByName(subdistrict, villageName) {
      const codes = index.byName.get(`${subdistrict} ${villageKey(villageName)}`)
      return codes?.length === 1 ? Number(codes[0]!.slice(6)) : null
    },
  }
}

interface AreaIndex {
  nameByCode: Map<string, string>
  /** Why a code that is or was official does not hold on the day. */
  otherwise: Map<string, Pick<Fault, 'fault' | 'day'>>
  /** Codes by parent's code and name; one key may stand for several areas. */
  byName: Map<string, string[]>
  /** Districts by name alone, for files that leave the province out. */
  districtsByName: Map<string, string[]>
}

function indexOf(all: readonly KnownArea[], day: string): AreaIndex {
  const index: AreaIndex = {
    nameByCode: new Map(),
    otherwise: new Map(),
    byName: new Map(),
    districtsByName: new Map(),
  }
  const areas = all.filter(({ validFrom, validTo }) => (validFrom ?? day) <= day && day <= (validTo ?? day))
  noteOthers(index.otherwise, all, day)
  for (const { code, nameTh, nameEn } of areas) {
    index.nameByCode.set(code, nameTh)
    const parent = code.slice(0, -2)
    if (code.length === 8) {
      add(index.byName, `${parent} ${villageKey(nameTh)}`, code)
      continue
    }
    const keys = new Set([nameTh, areaNameKey(nameTh), looseKey(nameTh)])
    if (nameEn !== null) keys.add(areaNameKey(nameEn))
    for (const key of keys) {
      add(index.byName, `${parent} ${key}`, code)
      if (code.length === 4) add(index.districtsByName, key, code)
    }
  }
  // "อำเภอเมือง" is the district of the province's own name.
  for (const { code, nameTh } of areas) {
    if (code.length !== 2) continue
    const capital = index.byName.get(`${code} เมือง${nameTh}`)?.[0]
    if (capital) add(index.byName, `${code} เมือง`, capital)
  }
  return index
}

/** The last day of what ended before, the first of what began after; the nearest where a code had several names. */
function noteOthers(otherwise: AreaIndex['otherwise'], all: readonly KnownArea[], day: string): void {
  for (const { code, validFrom, validTo } of all) {
    const known = otherwise.get(code)
    if (validTo != null && validTo < day) {
      if (known?.fault !== 'areaEnded' || known.day! < validTo)
        otherwise.set(code, { fault: 'areaEnded', day: validTo })
    } else if (validFrom != null && validFrom > day) {
      if (known === undefined || (known.fault === 'areaNotYet' && validFrom < known.day!))
        otherwise.set(code, { fault: 'areaNotYet', day: validFrom })
    }
  }
}

/** Why a code is no area of the day: itself or what it lies in ended before or began after, or it was never one. */
function notAnArea(index: AreaIndex, field: Fault['field'], code: string): Fault {
  for (const step of [code, areaAt(code, 'district'), areaAt(code, 'province')])
    if (!index.nameByCode.has(step) && index.otherwise.has(step)) return { field, ...index.otherwise.get(step)! }
  return { field, fault: 'areaUnknown' }
}

function add(map: Map<string, string[]>, key: string, code: string): void {
  const codes = map.get(key)
  if (!codes) map.set(key, [code])
  else if (!codes.includes(code)) codes.push(code)
}

function findArea(index: AreaIndex, stated: StatedArea, defaultArea: string): FoundArea {
  const faults: Fault[] = []
  const villageDigits = digitsIn(stated.villageCode)
  const moo = villageDigits.length === 8 || villageDigits.length === 2 ? Number(villageDigits.slice(-2)) || null : null
  const refused = (fault: Fault): FoundArea => ({ subdistrict: null, moo, faults: [fault] })

  const code = statedCode(stated, villageDigits)
  if (code !== null) {
    if (!index.nameByCode.has(code))
      return refused(notAnArea(index, villageDigits.length === 8 ? 'villageCode' : 'subdistrictCode', code))
    for (const level of ['province', 'district', 'subdistrict'] as const) {
      const name = stated[nameFieldOf[level]]
      const within = areaAt(code, level)
      if (name !== '' && !codesByName(index, within.slice(0, -2), level, name).includes(within))
        faults.push({ field: nameFieldOf[level], fault: 'areaNameDiffersFromCode' })
    }
    return { subdistrict: code, moo, faults }
  }

  let parent = ''
  let skipped: Level | null = null
  for (const level of ['province', 'district', 'subdistrict'] as const) {
    const step = stepDown(index, stated, level, parent, skipped, defaultArea)
    if (typeof step !== 'string') return refused(step)
    if (step === '') skipped = level
    else {
      parent = step
      skipped = null
    }
  }
  return { subdistrict: parent, moo, faults }
}

/** The code of the next level down, '' when the row is silent about a level that the next may make up for, or a fault. */
function stepDown(
  index: AreaIndex,
  stated: StatedArea,
  level: Level,
  parent: string,
  skipped: Level | null,
  defaultArea: string,
): string | Fault {
  const codeField = codeFieldOf[level]
  const nameField = nameFieldOf[level]
  const digits = digitsIn(stated[codeField])
  const code = digits === '' ? '' : parent !== '' && digits.length <= 2 ? parent + digits.padStart(2, '0') : digits
  if (code !== '') {
    const fits = code.length === digitsOf[level] && index.nameByCode.has(code) && code.startsWith(parent)
    if (fits) return code
    const isOfLevel = code.length === digitsOf[level] && code.startsWith(parent)
    return isOfLevel ? notAnArea(index, codeField, code) : { field: codeField, fault: 'areaUnknown' }
  }
  const name = stated[nameField]
  if (name === '') {
    const standIn = areaAt(defaultArea, level)
    if (standIn.length === digitsOf[level] && standIn.startsWith(parent)) return standIn
    return level === 'subdistrict' ? { field: nameField, fault: 'required' } : ''
  }
  if (level === 'subdistrict' && skipped === 'district') return { field: 'districtName', fault: 'areaAmbiguous' }
  const codes = skipped === 'province' ? districtsAnywhere(index, name) : codesByName(index, parent, level, name)
  if (codes.length === 1) return codes[0]!
  return { field: nameField, fault: codes.length === 0 ? 'areaUnknown' : 'areaAmbiguous' }
}

/** A full subdistrict code from the village's or subdistrict's code column. */
function statedCode(stated: StatedArea, villageDigits: string): string | null {
  if (villageDigits.length === 8) return villageDigits.slice(0, 6)
  const digits = digitsIn(stated.subdistrictCode)
  // Some systems write every level with eight digits: 31010100.
  if (digits.length === 6 || (digits.length === 8 && digits.endsWith('00'))) return digits.slice(0, 6)
  return null
}

/** First as written, then without prefix and spaces, then without tone marks, and then only if one area fits. */
function codesByName(index: AreaIndex, parent: string, level: Level, name: string): readonly string[] {
  const exact = index.byName.get(`${parent} ${name}`)
  if (exact) return exact
  if (level === 'province') {
    const nickname = provinceNicknames.get(name.replace(prefixes.province, ''))
    if (nickname && index.nameByCode.has(nickname)) return [nickname]
  }
  for (const candidate of [areaNameKey(name), withoutPrefix(level, name)]) {
    const found = index.byName.get(`${parent} ${candidate}`)
    if (found) return found
  }
  return index.byName.get(`${parent} ${looseKey(withoutPrefix(level, name))}`) ?? []
}

function districtsAnywhere(index: AreaIndex, name: string): readonly string[] {
  const key = withoutPrefix('district', name)
  return (
    index.districtsByName.get(name) ?? index.districtsByName.get(key) ?? index.districtsByName.get(looseKey(key)) ?? []
  )
}

function withoutPrefix(level: Level, name: string): string {
  const key = areaNameKey(name)
  const rest = key.replace(prefixes[level], '')
  return rest === '' ? key : rest
}

/** Clean, without spaces, Latin in lower case without punctuation. */
function areaNameKey(name: string): string {
  return cleanText(name)
    .replace(/[\s'’-]+/g, '')
    .toLowerCase()
}

/** Without tone marks too; the space keeps it apart from exact keys, so that it never wins over one. */
function looseKey(name: string): string {
  return `~${wordsKey(name).replaceAll(' ', '')}`
}

function villageKey(name: string): string {
  const key = wordsKey(name).replaceAll(' ', '')
  return key.startsWith('บาน') && key.length > 4 ? key.slice(3) : key
}

function digitsIn(text: string): string {
  if (text === '') return ''
  const digits = thaiDigitsToArabic(text).replace(/[\s.-]+/g, '')
  return /^[0-9]+$/.test(digits) ? digits : ''
}
