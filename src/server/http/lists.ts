import { listCreate, listEdit, listList, listRemoveDenominator, listSetDenominator } from '../../contract/lists.ts'
import { areaAt, provinceOf } from '../../domain/area.ts'
import { mayAt } from '../../domain/permission.ts'
import { showOverview } from '../actions/figures.ts'
import {
  areaOfList,
  createList,
  denominatorAnswer,
  editList,
  listAnswer,
  setDenominator,
  takeBackDenominator,
} from '../actions/lists.ts'
import { readDenominators, readLists } from '../queries/lists.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

export const listEndpoints: readonly Endpoint[] = [
  endpoint(listList, async (call, { area }) => {
    const { tx, actor } = call
    const province = areaAt(area, 'province')
    const mayCount = mayAt(actor, 'figure.read', { areaCode: area })
    // The same figures as on the overview, kept back in the same way.
    const overview = mayCount ? await showOverview(call, area) : null
    const registry = new Map(overview?.total.byList.map((entry) => [entry.list, entry]))
    const official = await readDenominators(tx, [area])
    const lists = await readLists(tx, area === '' ? null : provinceOf(area))
    return {
      lists: lists.map((list) => {
        const counted = registry.get(list.code)
        return {
          ...listAnswer(list),
          denominators: official.filter(({ list_code }) => list_code === list.code).map(denominatorAnswer),
          registry: counted
            ? { households: counted.households, persons: counted.persons, filter: counted.filter }
            : null,
          mayEdit: mayAt(actor, 'list.edit', { areaCode: areaOfList(list) }),
        }
      }),
      mayCreate: mayAt(actor, 'list.edit', { areaCode: province }),
    }
  }),
  endpoint(listCreate, async (call, input) => ({ list: await createList(call, input) })),
  endpoint(listEdit, async (call, input) => ({ list: await editList(call, input) })),
  endpoint(listSetDenominator, (call, input) => setDenominator(call, input)),
  endpoint(listRemoveDenominator, (call, input) => takeBackDenominator(call, input)),
]
