/** Some areas of one province, and the centres that answer for them. */
import { areaLevel, areaPath } from '../../src/domain/area.ts'

export const someAreas = [
  ['31', 'บุรีรัมย์', 'Buri Ram'],
  ['30', 'นครราชสีมา', 'Nakhon Ratchasima'],
  ['32', 'สุรินทร์', 'Surin'],
  ['3101', 'เมืองบุรีรัมย์', 'Mueang Buri Ram'],
  ['3102', 'คูเมือง', 'Khu Mueang'],
  ['3103', 'กระสัง', 'Krasang'],
  ['3104', 'นางรอง', 'Nang Rong'],
  ['3117', 'โนนสุวรรณ', 'Non Suwan'],
  ['310101', 'ในเมือง', 'Nai Mueang'],
  ['310102', 'อิสาณ', 'Isan'],
  ['310103', 'เสม็ด', 'Samet'],
  ['310104', 'บ้านบัว', 'Ban Bua'],
  ['310105', 'สะแกโพรง', 'Sakae Phrong'],
  ['310106', 'สวายจีก', 'Sawai Chik'],
  ['31010401', 'บัว', null],
  ['31010404', 'โคกกลาง', null],
  ['31010407', 'หนองปรือ', null],
].map(([code, nameTh, nameEn]) => ({
  code: code!,
  level: areaLevel(code!)!,
  nameTh: nameTh!,
  nameEn: nameEn ?? null,
}))

export function areaOf(code: string) {
  if (code === '') return { code, level: 'nation' as const, nameTh: 'ประเทศไทย', nameEn: 'Thailand' }
  const found = someAreas.find((area) => area.code === code)
  return found ?? { code, level: areaLevel(code)!, nameTh: `ทดสอบ ${code}`, nameEn: null }
}

export function withPath(code: string) {
  return { ...areaOf(code), path: areaPath(code).map(areaOf) }
}

export function childrenOf(code: string) {
  return someAreas.filter((area) => area.code.length === code.length + 2 && area.code.startsWith(code))
}

export const someCentres = [
  ['01', 'DISTRICT-3101', 'district', 'ศจพ.อ. เมืองบุรีรัมย์', 'Mueang Buri Ram District centre', '3101'],
  ['02', 'TOWN-3101', 'town', 'ศจพ.ทม. บุรีรัมย์', 'Buri Ram Town Municipality centre', '31'],
].map(([number, code, kind, name, nameEn, areaCode]) => ({
  id: `0193a8f2-7c11-7abc-8def-0000000000${number}`,
  code,
  kind,
  nameTh: name,
  shortNameTh: name,
  nameEn,
  areaCode,
  validFrom: null,
  validTo: null,
  coverageCount: 0,
}))
