/** Where the household of a row stands, and how it is reached: area, house, coordinates, telephone. */
import { isAreaWithin, villageCode } from '../area.ts'
import { checkHouseCode, readHouseNumber } from '../house-code.ts'
import { coordinateLimits, householdTextLimits, mostMembers, type HouseholdFacts } from '../household.ts'
import { maskIdsInText } from '../national-id.ts'
import { thaiDigitsToArabic } from '../thai/digits.ts'
import type { AreaLookup, StatedArea } from './areas.ts'
import { cellNumber, mooOfVillageName, readMoo, villageNameOnly } from './cell.ts'
import type { RowCells } from './row-cells.ts'

export interface PlaceRules {
  areas: AreaLookup
  /** Stands in for the levels about which a row says nothing; '' for none. */
  defaultArea: string
  /** Areas that the person who imports may write to; null for everywhere. */
  allowedAreas: readonly string[] | null
}

/** Reads everything about the household but its key. */
export function readHousehold(row: RowCells, rules: PlaceRules): HouseholdFacts {
  const house = readHouseNumber(row.cell('houseNumber'))
  if (house.wasDate) row.fault('houseNumber', 'houseNumberWasDate')
  const village = villageOf(row.text('villageName'))
  const areaCode = readAreaCode(row, rules, village, house.moo)
  const code = checkHouseCode(row.cell('houseCode'))
  if (code.fault !== null) row.fault('houseCode', code.fault)
  const { latitude, longitude } = readCoordinates(row)
  return {
    areaCode,
    villageName: row.within('villageName', village.name, householdTextLimits.villageName),
    houseCode: code.code,
    familyNumber: row.limitedText('familyNumber', householdTextLimits.familyNumber),
    houseNumber: row.within('houseNumber', house.houseNumber ?? '', householdTextLimits.houseNumber),
    lane: row.limitedText('lane', householdTextLimits.lane),
    road: row.limitedText('road', householdTextLimits.road),
    phone: readPhone(row),
    latitude,
    longitude,
    memberCount: row.wholeNumber('memberCount', 0, mostMembers),
    note: row.limitedText('note', householdTextLimits.note),
  }
}

interface NamedVillage {
  name: string
  moo: number | null
}

const villageByText = new Map<string, NamedVillage>()
const noVillage: NamedVillage = { name: '', moo: null }

function villageOf(text: string): NamedVillage {
  if (text === '') return noVillage
  let village = villageByText.get(text)
  if (village === undefined) {
    // A bare number in the village column is its number, not its name.
    const bare = /^[0-9๐-๙]{1,2}$/.test(text)
    village = bare
      ? { name: '', moo: Number(thaiDigitsToArabic(text)) || null }
      : { name: villageNameOnly(text), moo: mooOfVillageName(text) }
    if (villageByText.size > 50_000) villageByText.clear()
    villageByText.set(text, village)
  }
  return village
}

/** Filled anew for every row; the lookup keeps no reference to it. */
const stated: StatedArea = {
  provinceCode: '',
  provinceName: '',
  districtCode: '',
  districtName: '',
  subdistrictCode: '',
  subdistrictName: '',
  villageCode: '',
}

/** 8 digits; ends in 00 while the village is not known; '' when a fault keeps the row out. */
function readAreaCode(row: RowCells, rules: PlaceRules, village: NamedVillage, mooBehindHouse: number | null): string {
  stated.provinceCode = row.text('provinceCode')
  stated.provinceName = row.text('provinceName')
  stated.districtCode = row.text('districtCode')
  stated.districtName = row.text('districtName')
  stated.subdistrictCode = row.text('subdistrictCode')
  stated.subdistrictName = row.text('subdistrictName')
  stated.villageCode = row.text('villageCode')
  const found = rules.areas.find(stated, rules.defaultArea)
  for (const fault of found.faults) row.faults.push(fault)

  const mooCell = readMoo(row.cell('moo'))
  if (Number.isNaN(mooCell)) row.fault('moo', 'mooUnreadable')
  const statedMoo = Number.isNaN(mooCell) ? null : mooCell
  if (found.moo !== null && statedMoo !== null && found.moo !== statedMoo) row.fault('moo', 'areaNameDiffersFromCode')
  if (found.subdistrict === null) return ''
  const moo =
    found.moo ??
    statedMoo ??
    mooBehindHouse ??
    village.moo ??
    (village.name === '' ? null : rules.areas.mooByName(found.subdistrict, village.name))
  // Bangkok has no village numbers.
  if (moo === null && !found.subdistrict.startsWith('10'))
    row.fault(
      row.firstMapped(['moo', 'villageCode', 'villageName', 'subdistrictName', 'subdistrictCode']),
      'villageUnknown',
    )
  const code = villageCode(found.subdistrict, moo)
  if (rules.allowedAreas !== null && !rules.allowedAreas.some((area) => isAreaWithin(code, area)))
    row.fault(
      row.firstMapped(['subdistrictName', 'subdistrictCode', 'villageCode', 'districtName']),
      'areaOutsidePermission',
    )
  return code
}

interface Coordinates {
  latitude: number | null
  longitude: number | null
}

const nowhere: Coordinates = { latitude: null, longitude: null }

/** The two ranges of Thailand do not meet, so columns that were exchanged are put right without doubt. */
function readCoordinates(row: RowCells): Coordinates {
  const first = cellNumber(row.cell('latitude'))
  const second = cellNumber(row.cell('longitude'))
  // 0, 0 is what a telephone without a position writes.
  if (!first && !second && !Number.isNaN(first) && !Number.isNaN(second)) return nowhere
  if (isWithin(first, coordinateLimits.latitude) && isWithin(second, coordinateLimits.longitude))
    return { latitude: first, longitude: second }
  if (isWithin(second, coordinateLimits.latitude) && isWithin(first, coordinateLimits.longitude))
    return { latitude: second, longitude: first }
  row.fault(isWithin(first, coordinateLimits.latitude) ? 'longitude' : 'latitude', 'coordinateUnreadable')
  return nowhere
}

function isWithin(number: number | null, [least, most]: readonly [number, number]): number is number {
  return number !== null && number >= least && number <= most
}

const oneNumber = /^0[0-9]{8,9}$/
const severalNumbers = /^[0-9+][0-9+ ,/()-]{7,}$/

/** Digits only for one Thai number; several numbers stay as written. Spreadsheets drop the leading 0. */
function readPhone(row: RowCells): string | null {
  const cell = row.cell('phone')
  if (cell === null) return null
  const text = thaiDigitsToArabic(row.text('phone'))
  if (text === '') return null
  let digits = text.replace(/[ .()-]/g, '').replace(/^\+?66(?=[0-9]{8,9}$)/, '0')
  if (/^[2-9][0-9]{7,8}$/.test(digits)) digits = `0${digits}`
  if (oneNumber.test(digits)) return digits
  if (severalNumbers.test(text) && maskIdsInText(text) === text && text.length <= householdTextLimits.phone) return text
  row.fault('phone', 'phoneUnreadable')
  return null
}
