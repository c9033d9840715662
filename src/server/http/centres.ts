import { centreCreate, centreEdit, centreList, centreSetCoverage, centreShow } from '../../contract/centres.ts'
import { mayAt } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { areasWithPath } from '../actions/areas.ts'
import { centreAnswer, createCentre, editCentre, setCoverage } from '../actions/centres.ts'
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
    const validFrom = new Map(rows.map((row) => [row.area_code, row.valid_from]))
    const covered = await areasWithPath(tx, [...validFrom.keys()], day)
    const place = { areaCode: centre.area_code, centreId: id }
    const isMunicipal = ['city', 'town', 'pattaya'].includes(centre.kind)
    return {
      centre: centreAnswer(centre),
      coverage: covered.map((area) => {
        const since = validFrom.get(area.code)!
        return { ...area, validFrom: since === beginning ? null : since }
      }),
      households: mayAt(actor, 'household.list', place) ? await countHouseholdsOfCentre(tx, id) : null,
      mayEdit: isMunicipal && mayAt(actor, 'centre.edit', place),
    }
  }),
  endpoint(centreCreate, async (call, input) => ({ centre: await createCentre(call, input) })),
  endpoint(centreEdit, (call, input) => editCentre(call, input)),
  endpoint(centreSetCoverage, (call, input) => setCoverage(call, input)),
]
