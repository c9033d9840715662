import { areaAdd, areaChildren, areaRename, areaSearch, areaShow } from '../../contract/areas.ts'
import { mayAt } from '../../domain/permission.ts'
import { dayInThailand } from '../../domain/time.ts'
import { addVillage, childrenOf, namesOfArea, renameVillage, requireArea, searchAreas } from '../actions/areas.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

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
      names: await namesOfArea(tx, area),
      mayEdit: area.length >= 6 && mayAt(actor, 'area.edit', { areaCode: area }),
    }
  }),
  endpoint(areaAdd, async (call, input) => ({ area: await addVillage(call, input) })),
  endpoint(areaRename, async (call, input) => ({ area: await renameVillage(call, input) })),
]
