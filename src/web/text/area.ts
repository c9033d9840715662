/** Words of areas, of the area picker, and of the centres. */
import { areaLevel, mooOf, type AreaLevel } from '../../domain/area.ts'
import { defineText } from './dictionary.ts'
import { type Locale, useLocale } from './locale.ts'

export const areaText = defineText({
  th: {
    levels: {
      nation: 'ประเทศ',
      province: 'จังหวัด',
      district: 'อำเภอ',
      subdistrict: 'ตำบล',
      village: 'หมู่บ้าน',
    },
    wholeNation: 'ทั้งประเทศ',
    area: 'พื้นที่',
    picker: {
      find: 'ค้นจากชื่อหรือรหัส',
      findHint: 'พิมพ์เพียงบางส่วนก็ได้ เช่น นางรอง บุรีรัมย์',
      stepByStep: 'หรือเลือกทีละระดับ',
      everywhereIn: (name: string) => `ทั้ง${name}`,
      chosen: 'พื้นที่ที่เลือก',
      noneChosen: 'ยังไม่ได้เลือก',
    },
  },
  en: {
    levels: {
      nation: 'Nation',
      province: 'Province',
      district: 'District',
      subdistrict: 'Subdistrict',
      village: 'Village',
    },
    wholeNation: 'Whole nation',
    area: 'Area',
    picker: {
      find: 'Find by name or code',
      findHint: 'A part is enough, such as นางรอง บุรีรัมย์',
      stepByStep: 'or choose level by level',
      everywhereIn: (name) => `All of ${name}`,
      chosen: 'Chosen area',
      noneChosen: 'None chosen yet',
    },
  },
})

/** What an area is called: enough of it for a name. */
export interface AreaForName {
  code: string
  nameTh: string
  nameEn: string | null
}

const prefixes: Record<'full' | 'short', Record<AreaLevel, string>> = {
  full: { nation: '', province: 'จังหวัด', district: 'อำเภอ', subdistrict: 'ตำบล', village: 'หมู่ ' },
  short: { nation: '', province: 'จ.', district: 'อ.', subdistrict: 'ต.', village: 'ม.' },
}
const bangkokPrefixes: Partial<Record<AreaLevel, string>> = { province: '', district: 'เขต', subdistrict: 'แขวง' }
const bangkok = '10'

/** อำเภอนางรอง, อ.นางรอง, หมู่ 4 บ้านโคกกลาง; in English the name with its level. Bangkok has เขต and แขวง. */
export function areaName(area: AreaForName, locale: Locale, length: 'full' | 'short' = 'full'): string {
  const level = areaLevel(area.code) ?? 'village'
  const words = areaText[locale]
  if (level === 'nation') return words.levels.nation
  if (locale === 'en') return englishName(area, level)
  const prefix = (area.code.startsWith(bangkok) && bangkokPrefixes[level]) || prefixOf(area, level, length)
  if (level !== 'village') return `${prefix}${area.nameTh}`
  return `${prefix}${mooOf(area.code) ?? '?'}${area.nameTh ? ` บ้าน${area.nameTh.replace(/^บ้าน/, '')}` : ''}`
}

function prefixOf(area: AreaForName, level: AreaLevel, length: 'full' | 'short'): string {
  return area.code === bangkok ? '' : prefixes[length][level]
}

function englishName(area: AreaForName, level: AreaLevel): string {
  const name = area.nameEn ?? area.nameTh
  if (level === 'village') return `Moo ${mooOf(area.code) ?? '?'}${name ? ` ${name}` : ''}`
  return level === 'province' ? name : `${name} ${areaText.en.levels[level].toLowerCase()}`
}

/** The areas around one, from the smallest to the province: ต.เสม็ด อ.เมืองบุรีรัมย์ จ.บุรีรัมย์. */
export function areaPathName(path: readonly AreaForName[], locale: Locale): string {
  const named = path.filter(({ code }) => code !== '').map((area) => areaName(area, locale, 'short'))
  return named.reverse().join(locale === 'th' ? ' ' : ', ')
}

/** The same functions, bound to the language of the screen. */
export function useAreaNames() {
  const locale = useLocale()
  return {
    name: (area: AreaForName, length?: 'full' | 'short') => areaName(area, locale, length),
    pathName: (path: readonly AreaForName[]) => areaPathName(path, locale),
  }
}
