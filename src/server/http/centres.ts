import { centreCreate, centreEdit, centreList, centreSetCoverage, centreShow } from '../../contract/centres.ts'
import { mayAt } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { nameAreas } from '../actions/areas.ts'
import { centreAnswer, createCentre, editCentre, setCoverage } from '../actions/centres.ts'
import { areaDirectory } from '../areas/directory.ts'
import { beginning } from '../queries/areas.ts'
import { centresIn, countHouseholdsOfCentre, coverageOf, findCentre } from '../queries/centres.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

export const centreEndpoints: readonly Endpoint[] = [
  endpoint(centreList, async ({ tx, now }, { area, kind }) => ({
    centres: (await centresIn(tx, area, dayInThailand(now), kind)).map(centreAnswer),
  })),
  endpoint(centreShow, async ({ tx, actor, now }, { id }) => {
    const day = dayInThailand(now)
    const centre = await findCentre(tx, id, day)
    if (!centre) throw new Problem('notFound')
    const rows = await coverageOf(tx, id, day)
    const names = await nameAreas(
      tx,
      rows.map(({ area_code }) => area_code),
      day,
    )
    const place = { areaCode: centre.area_code, centreId: id }
    const isMunicipal = ['city', 'town', 'pattaya'].includes(centre.kind)
    return {
      centre: centreAnswer(centre),
      coverage: rows.flatMap(({ area_code, valid_from }) => {
        const area = names.get(area_code)
        if (!area) return []
        const path = areaDirectory().path(area_code.slice(0, -2), day)
        return [{ ...area, path: [...path, area], validFrom: valid_from === beginning ? null : valid_from }]
      }),
      households: mayAt(actor, 'household.list', place) ? await countHouseholdsOfCentre(tx, id) : null,
      mayEdit: isMunicipal && mayAt(actor, 'centre.edit', place),
    }
  }),
  endpoint(centreCreate, async (call, input) => ({ centre: await createCentre(call, input) })),
  endpoint(centreEdit, (call, input) => editCentre(call, input)),
  endpoint(centreSetCoverage, (call, input) => setCoverage(call, input)),
]
