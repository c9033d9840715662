/** The work list that is shown, in the address: area, list and order. */
import { areaCodeSchema } from '../../../domain/area.ts'
import { type Worklist, worklists, type WorklistSort, worklistSorts } from '../../../domain/logbook/work.ts'

export interface WorkView {
  /** Null for everything that the person reaches. */
  area: string | null
  worklist: Worklist
  sort: WorklistSort
}

export function readWorkView(query: URLSearchParams): WorkView {
  const area = areaCodeSchema.safeParse(query.get('area'))
  return {
    area: area.success ? area.data : null,
    worklist: worklists.find((list) => list === query.get('list')) ?? worklists[0],
    sort: worklistSorts.find((sort) => sort === query.get('sort')) ?? worklistSorts[0],
  }
}

export function workAddress({ area, worklist, sort }: WorkView): string {
  const query = new URLSearchParams()
  if (area !== null) query.set('area', area)
  if (worklist !== worklists[0]) query.set('list', worklist)
  if (sort !== worklistSorts[0]) query.set('sort', sort)
  const text = query.toString()
  return text === '' ? '/worklists' : `/worklists?${text}`
}
