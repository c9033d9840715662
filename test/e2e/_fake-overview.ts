/** The target lists of one province, and what the overview says about them at every level. */
import { areaPath } from '../../src/domain/area.ts'
import { areaOf, childrenOf } from './_fake-areas.ts'

export const someLists = [
  {
    code: 'tpmap-2565',
    nameTh: 'TPMAP ปี 2565',
    nameEn: 'TPMAP 2565',
    listDate: '2022-09-30',
    document: 'บร ๐๐๑๙/ว ๒๘๗๓ ลงวันที่ ๙ ธันวาคม ๒๕๖๕',
    clause: 'แนวทาง ข้อ ๑',
    trust: 60,
    area: '',
  },
  {
    code: 'thaiqm-2',
    nameTh: 'ThaiQM ที่ยังไม่ได้รับความช่วยเหลือ (ระยะที่ 2)',
    nameEn: 'ThaiQM not yet helped (phase 2)',
    listDate: '2022-12-09',
    document: 'บร ๐๐๑๙/ว ๒๘๗๓ ลงวันที่ ๙ ธันวาคม ๒๕๖๕',
    clause: 'แนวทาง ข้อ ๒ (๑)',
    trust: 50,
    area: '',
  },
  {
    code: 'vulnerable',
    nameTh: 'กลุ่มเปราะบาง',
    nameEn: 'Vulnerable groups',
    listDate: '2022-12-09',
    document: 'บร ๐๐๑๙/ว ๒๘๗๓ ลงวันที่ ๙ ธันวาคม ๒๕๖๕',
    clause: 'แนวทาง ข้อ ๒ (๒)',
    trust: 50,
    area: '',
  },
  {
    code: 'found',
    nameTh: 'พบในพื้นที่ (ครัวเรือนตกหล่น)',
    nameEn: 'Found in the area',
    listDate: '2022-12-09',
    document: 'บร ๐๐๑๙/ว ๒๘๗๓ ลงวันที่ ๙ ธันวาคม ๒๕๖๕',
    clause: 'แนวทาง ข้อ ๒ (๓)',
    trust: 70,
    area: '',
  },
]

function figure(value: number, isRestricted: boolean) {
  const suppressed = isRestricted && value > 0 && value < 5
  return { value: suppressed ? null : value, suppressed }
}

export function overview(area: string, isRestricted: boolean) {
  const scale = [10, 1, 0.14, 0.02, 0.002][area.length / 2]!
  const line = (code: string, share: number) => {
    const count = (value: number) => figure(Math.round(value * share), isRestricted)
    const filter = isRestricted ? null : { area: code }
    const official: Record<string, number> = { 'tpmap-2565': 29_010, 'thaiqm-2': 85_300 }
    return {
      area: areaOf(code),
      households: count(98_412),
      persons: count(287_310),
      listings: count(116_204),
      byList: someLists.map((list, index) => ({
        list: list.code,
        households: count([29_010, 85_172, 1_804, 218][index]!),
        persons: count([81_204, 236_981, 4_102, 640][index]!),
        official:
          code.length <= 2 && official[list.code]
            ? {
                households: official[list.code]!,
                persons: null,
                document: 'บร ๐๐๑๙/ว ๒๘๗๓ ลงวันที่ ๙ ธันวาคม ๒๕๖๕ ข้อ ๒',
                asOf: '2022-12-09',
              }
            : null,
        filter: filter && { ...filter, list: list.code },
      })),
      invalidRows: Math.round(128 * share),
      waitingRows: Math.round(312 * share),
      filter,
    }
  }
  const children = childrenOf(area)
  const sets = [['thaiqm-2'], ['tpmap-2565', 'thaiqm-2'], ['tpmap-2565'], ['vulnerable'], ['tpmap-2565', 'vulnerable']]
  return {
    path: areaPath(area).map(areaOf),
    asOf: '2026-11-23T09:12:00Z',
    lists: someLists.map(({ code, nameTh, nameEn, listDate, document, clause }) => ({
      ...{ code, nameTh, nameEn, listDate, document, clause },
    })),
    total: line(area, scale),
    children: children.map((child, index) => line(child.code, (scale * (index + 1)) / (children.length * 2))),
    overlap: isRestricted
      ? null
      : sets.map((set, index) => ({
          lists: set,
          households: figure(Math.round([68_114, 15_211, 13_402, 1_204, 481][index]! * scale), false),
          persons: figure(Math.round([190_114, 44_211, 37_402, 3_204, 1_481][index]! * scale), false),
          filter: { area, listSet: set.join(',') },
        })),
    restricted: isRestricted,
  }
}
