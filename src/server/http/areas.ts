import { areaAdd, areaChildren, areaRename, areaSearch, areaShow } from '../../contract/areas.ts'
import { mayAt } from '../../domain/permission.ts'
import { dayInThailand } from '../../domain/time.ts'
import { addVillage, childrenOf, renameVillage, requireArea, searchAreas } from '../actions/areas.ts'
import { areaDirectory } from '../areas/directory.ts'
import { areaNames, beginning } from '../queries/areas.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

const origins = ['official', 'import', 'desk'] as const

export const areaEndpoints: readonly Endpoint[] = [
  endpoint(areaChildren, async ({ tx, now }, { area }) => {
    const day = dayInThailand(now)
    return { area: await requireArea(tx, area, day), children: await childrenOf(tx, area, day) }
  }),
  endpoint(areaSearch, async ({ tx, now }, input) => ({ areas: await searchAreas(tx, input, dayInThailand(now)) })),
  endpoint(areaShow, async ({ tx, now, actor }, { area }) => {
    const day = dayInThailand(now)
    const shown = await requireArea(tx, area, day)
    return {
      area: shown,
      names: await namesOf(area, () => areaNames(tx, area)),
      mayEdit: area.length >= 6 && mayAt(actor, 'area.edit', { areaCode: area }),
    }
  }),
  endpoint(areaAdd, async (call, input) => ({ area: await addVillage(call, input) })),
  endpoint(areaRename, async (call, input) => ({ area: await renameVillage(call, input) })),
]

async function namesOf(area: string, stored: () => ReturnType<typeof areaNames>) {
  if (area.length < 8)
    return areaDirectory()
      .names(area)
      .map((row) => ({ ...row, origin: 'official' as const }))
  return (await stored()).map((row) => ({
    nameTh: row.name_th,
    nameEn: row.name_en,
    origin: origins.find((origin) => origin === row.origin) ?? 'import',
    validFrom: row.valid_from === beginning ? null : row.valid_from,
    validTo: row.valid_to,
  }))
}
