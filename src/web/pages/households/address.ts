/**
 * The filters of the household list as they stand in the address, so that a view can be sent to a colleague. Search
 * words, names and ids never stand there.
 */
import type { HouseholdFilter } from '../../../contract/figures.ts'
import { householdSorts, type HouseholdRef } from '../../../contract/households.ts'
import { areaCodeSchema } from '../../../domain/area.ts'
import { householdStates, type HouseholdState } from '../../../domain/household.ts'

export type HouseholdSort = (typeof householdSorts)[number]

export interface HouseholdFilters {
  /** '' for everything that the person reaches. */
  area: string
  list: string | null
  /** Exactly these lists; '' for households on none. */
  listSet: string | null
  centreId: string | null
  state: HouseholdState
  sort: HouseholdSort
}

export const noFilters: HouseholdFilters = {
  area: '',
  list: null,
  listSet: null,
  centreId: null,
  state: 'active',
  sort: 'name',
}

/** Reads the address; what is not understood is as if it were not there. */
export function readFilters(query: URLSearchParams): HouseholdFilters {
  const area = areaCodeSchema.safeParse(query.get('area') ?? '')
  return {
    area: area.success ? area.data : '',
    list: query.get('list') || null,
    listSet: query.get('listSet'),
    centreId: query.get('centre') || null,
    state: householdStates.find((state) => state === query.get('state')) ?? noFilters.state,
    sort: householdSorts.find((sort) => sort === query.get('sort')) ?? noFilters.sort,
  }
}

/** The address of the household list with these filters; what is as usual is left out. */
export function listAddress(filters: Partial<HouseholdFilters>): string {
  const { area, list, listSet, centreId, state, sort } = { ...noFilters, ...filters }
  const query = new URLSearchParams()
  if (area !== '') query.set('area', area)
  if (list) query.set('list', list)
  if (listSet !== null) query.set('listSet', listSet)
  if (centreId) query.set('centre', centreId)
  if (state !== noFilters.state) query.set('state', state)
  if (sort !== noFilters.sort) query.set('sort', sort)
  const text = query.toString()
  return text === '' ? '/households' : `/households?${text}`
}

/** The households behind a figure. */
export function figureAddress(filter: HouseholdFilter): string {
  return listAddress({ area: filter.area, list: filter.list ?? null, listSet: filter.listSet ?? null })
}

export function householdAddress({ province, id }: HouseholdRef): string {
  return `/households/${province}/${id}`
}

/** Where two households are compared and merged: this one stays, the other goes into it. */
export function mergeAddress(stays: HouseholdRef, otherId: string): string {
  return `${householdAddress(stays)}/merge/${otherId}`
}
