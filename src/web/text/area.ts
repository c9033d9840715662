/** How areas and addresses are written: จังหวัดบุรีรัมย์, หมู่ที่ 4 บ้านโคกกลาง; in Bangkok แขวง and เขต. */
import { type AreaLevel, mooOf } from '../../domain/area.ts'
import { defineText } from './dictionary.ts'
import { type Locale, useLocale } from './locale.ts'

export const areaText = defineText({
  th: {
    nation: 'ประเทศไทย',
    province: 'จังหวัด',
    district: 'อำเภอ',
    subdistrict: 'ตำบล',
    village: 'หมู่บ้าน',
    chooseProvince: 'เลือกจังหวัด',
    chooseDistrict: 'เลือกอำเภอ',
    chooseSubdistrict: 'เลือกตำบล',
    chooseVillage: 'เลือกหมู่บ้าน',
    everyProvince: 'ทุกจังหวัด',
    everyDistrict: 'ทุกอำเภอ',
    everySubdistrict: 'ทุกตำบล',
    everyVillage: 'ทุกหมู่บ้าน',
    find: 'ค้นหาพื้นที่',
    findPlaceholder: 'ชื่ออำเภอ ตำบล หรือหมู่บ้าน',
    typeToFind: 'พิมพ์ชื่อพื้นที่อย่างน้อย 2 ตัวอักษร',
    area: 'พื้นที่',
    findHint: 'พิมพ์ชื่อเพียงบางส่วนหรือรหัสก็ได้ เช่น นางรอง บุรีรัมย์',
    stepByStep: 'หรือเลือกทีละระดับ',
  },
  en: {
    nation: 'Thailand',
    province: 'Province',
    district: 'District',
    subdistrict: 'Subdistrict',
    village: 'Village',
    chooseProvince: 'Choose a province',
    chooseDistrict: 'Choose a district',
    chooseSubdistrict: 'Choose a subdistrict',
    chooseVillage: 'Choose a village',
    everyProvince: 'Every province',
    everyDistrict: 'Every district',
    everySubdistrict: 'Every subdistrict',
    everyVillage: 'Every village',
    find: 'Find an area',
    findPlaceholder: 'District, subdistrict or village',
    typeToFind: 'Type at least 2 letters of its name',
    area: 'Area',
    findHint: 'A part of the name or a code is enough, such as นางรอง บุรีรัมย์',
    stepByStep: 'or choose level by level',
  },
})

export interface NamedArea {
  code: string
  level: AreaLevel
  nameTh: string
  nameEn: string | null
}

const bangkok = '10'

/** The area's name with its kind, as it is said: อำเภอนางรอง, Nang Rong District. */
export function areaName(area: NamedArea, locale: Locale): string {
  const { code, level, nameTh, nameEn } = area
  if (level === 'nation') return areaText[locale].nation
  if (level === 'village') return villageName(mooOf(code), locale === 'th' ? nameTh : (nameEn ?? nameTh), locale)
  if (locale === 'th') return `${thaiKind(code, level)}${nameTh}`
  return code.startsWith(bangkok) && level === 'province' ? 'Bangkok' : `${nameEn ?? nameTh} ${areaText.en[level]}`
}

/** หมู่ที่ 4 บ้านโคกกลาง; without a name, or without a number, only what is known. */
export function villageName(moo: number | null, name: string | null, locale: Locale): string {
  const number = moo === null ? '' : locale === 'th' ? `หมู่ที่ ${moo}` : `Moo ${moo}`
  const plain = (name ?? '').replace(/^บ้าน\s*/, '').trim()
  const named = plain === '' ? '' : /[ก-๙]/.test(plain) ? `บ้าน${plain}` : `Ban ${plain.replace(/^Ban\s+/, '')}`
  return [number, named].filter(Boolean).join(' ')
}

const shortKinds = { nation: '', province: 'จ.', district: 'อ.', subdistrict: 'ต.', village: '' } as const

/** The areas around one in short, the smallest first: ต.เสม็ด อ.เมืองบุรีรัมย์ จ.บุรีรัมย์; '' for the nation alone. */
export function areaPathLine(path: readonly NamedArea[], locale: Locale): string {
  const named = path
    .filter(({ level }) => level !== 'nation')
    .map((area) => {
      if (locale === 'en') return area.level === 'village' ? areaName(area, locale) : (area.nameEn ?? area.nameTh)
      if (area.level === 'village' || area.code.startsWith(bangkok)) return areaName(area, locale)
      return `${shortKinds[area.level]}${area.nameTh}`
    })
  return named.reverse().join(locale === 'th' ? ' ' : ', ')
}

/** The same functions, bound to the language of the screen. */
export function useAreaNames() {
  const locale = useLocale()
  return {
    name: (area: NamedArea) => areaName(area, locale),
    pathName: (path: readonly NamedArea[]) => areaPathLine(path, locale),
  }
}

export interface PlaceNames {
  areaCode: string
  moo: number | null
  village: string | null
  subdistrict: string | null
  district: string | null
  province: string | null
}

export interface HouseNames {
  houseNumber: string | null
  lane?: string | null
  road?: string | null
}

/**
 * An address as an envelope has it: 27/1 หมู่ที่ 4 บ้านโคกกลาง ต.กลันทา อ.เมืองบุรีรัมย์ จ.บุรีรัมย์. What is not known is
 * left out.
 *
 * @param upTo the widest part to write; a list of one district need not repeat it in every row
 */
export function addressLine(
  house: HouseNames,
  place: PlaceNames,
  locale: Locale,
  upTo: AreaLevel = 'province',
): string {
  const inBangkok = place.areaCode.startsWith(bangkok)
  const isThai = locale === 'th'
  const wide = upTo === 'province' || upTo === 'nation'
  const parts = [
    house.houseNumber,
    house.lane && (isThai ? `ซอย${house.lane.replace(/^(ซอย|ซ\.)\s*/, '')}` : `Soi ${house.lane}`),
    house.road && (isThai ? `ถนน${house.road.replace(/^(ถนน|ถ\.)\s*/, '')}` : `${house.road} Road`),
    villageName(place.moo, place.village, locale),
    upTo !== 'village' &&
      place.subdistrict &&
      (isThai ? `${inBangkok ? 'แขวง' : 'ต.'}${place.subdistrict}` : place.subdistrict),
    (wide || upTo === 'district') &&
      place.district &&
      (isThai ? `${inBangkok ? 'เขต' : 'อ.'}${place.district}` : place.district),
    wide && place.province && (isThai && !inBangkok ? `จ.${place.province}` : place.province),
  ]
  return parts.filter(Boolean).join(isThai ? ' ' : ', ')
}

function thaiKind(code: string, level: Exclude<AreaLevel, 'nation' | 'village'>): string {
  if (!code.startsWith(bangkok)) return areaText.th[level]
  return { province: '', district: 'เขต', subdistrict: 'แขวง' }[level]
}
