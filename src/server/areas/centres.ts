/**
 * The centres for ending poverty (ศจพ.): one for the nation, for each province and for each district, derived from the
 * areas; and the municipal ones (ทน., ทม., เมืองพัทยา), which cut across districts and are listed in data/centres.tsv.
 */
import { type AreaRow, cell, readTable } from './areas.ts'

export type CentreKind = 'nation' | 'province' | 'district' | 'city' | 'town' | 'pattaya'

export type CentreRow = {
  /** Stable and ours: `NATION`, `PROVINCE-31`, `DISTRICT-3104`, `CITY-3001`, `TOWN-3101`, `PATTAYA-2001`. */
  code: string
  kind: CentreKind
  /** Full official name. */
  nameTh: string
  /** As officers write it: ศจพ.อ.นางรอง. */
  shortNameTh: string
  nameEn: string
  /** Two digits; `00` for the nation. */
  provinceCode: string
  /** The area it stands for; a municipal centre stands in its province. The nation's is empty. */
  areaCode: string
  /** Subdistricts and villages that a municipal centre answers for; empty where not known, to be set on screen. */
  covers: string[]
  validFrom: string | null
  validTo: string | null
}

// The letters write อำนวยการ for the province and อำนวยการปฏิบัติการ for the levels below it.
const purpose = 'ขจัดความยากจนและพัฒนาคนทุกช่วงวัยอย่างยั่งยืนตามหลักปรัชญาของเศรษฐกิจพอเพียง'
const provinceCentre = `ศูนย์อำนวยการ${purpose}`
const operationsCentre = `ศูนย์อำนวยการปฏิบัติการ${purpose}`
const bangkok = '10'

/**
 * The centres of the nation, the provinces and the districts that `areas` names, in the order of the areas. Subdistricts
 * have no centre and are left out. An area that was renamed gives one centre, under its latest name.
 */
export function centresFromAreas(areas: readonly AreaRow[]): CentreRow[] {
  const latest = new Map(areas.filter((area) => area.code.length <= 4).map((area) => [area.code, area]))
  return [nationalCentre, ...[...latest.values()].map(centreOfArea)]
}

/** The municipal centres shipped with the program. */
export function loadMunicipalCentres(): CentreRow[] {
  return readTable('centres.tsv').map((row) => {
    const kind = municipalKind(cell(row, 'kind'))
    const municipality = cell(row, 'name_th')
    return {
      code: cell(row, 'code'),
      kind,
      nameTh: operationsCentre + municipality,
      shortNameTh: `ศจพ.${shortened(municipality)}`,
      nameEn: `${cell(row, 'name_en')} Operations Centre for Poverty Eradication`,
      provinceCode: cell(row, 'province_code'),
      areaCode: cell(row, 'province_code'),
      covers: cell(row, 'covers').split(' ').filter(Boolean),
      validFrom: cell(row, 'valid_from') || null,
      validTo: cell(row, 'valid_to') || null,
    }
  })
}

const nationalCentre: CentreRow = {
  code: 'NATION',
  kind: 'nation',
  nameTh: `คณะกรรมการ${purpose}`,
  shortNameTh: 'คจพ.',
  nameEn: 'National Committee for Poverty Eradication',
  provinceCode: '00',
  areaCode: '',
  covers: [],
  validFrom: null,
  validTo: null,
}

function centreOfArea(area: AreaRow): CentreRow {
  const common = {
    provinceCode: area.code.slice(0, 2),
    areaCode: area.code,
    covers: [],
    validFrom: area.validFrom,
    validTo: area.validTo,
  }
  if (area.code.length === 2) {
    const inBangkok = area.code === bangkok
    return {
      code: `PROVINCE-${area.code}`,
      kind: 'province',
      nameTh: provinceCentre + (inBangkok ? area.nameTh : `จังหวัด${area.nameTh}`),
      shortNameTh: inBangkok ? 'ศจพ.กทม.' : `ศจพ.จ.${area.nameTh}`,
      nameEn: `${area.nameEn}${inBangkok ? '' : ' Province'} Centre for Poverty Eradication`,
      ...common,
    }
  }
  const inBangkok = area.code.startsWith(bangkok)
  return {
    code: `DISTRICT-${area.code}`,
    kind: 'district',
    nameTh: `${operationsCentre}${inBangkok ? 'เขต' : 'อำเภอ'}${area.nameTh}`,
    shortNameTh: inBangkok ? `ศจพ.เขต${area.nameTh}` : `ศจพ.อ.${area.nameTh}`,
    nameEn: `${area.nameEn} District Operations Centre for Poverty Eradication`,
    ...common,
  }
}

function shortened(municipality: string): string {
  return municipality.replace(/^เทศบาลนคร/, 'ทน.').replace(/^เทศบาลเมือง/, 'ทม.')
}

function municipalKind(kind: string): 'city' | 'town' | 'pattaya' {
  if (kind === 'city' || kind === 'town' || kind === 'pattaya') return kind
  throw new Error(`data/centres.tsv: unknown kind ${kind}`)
}
