/** Addresses of progress: area, day, milestone and list; never a name, an id or search words. */
import type { ProgressFilter } from '../../../contract/progress.ts'
import { areaCodeSchema } from '../../../domain/area.ts'

export interface ProgressView {
  /** Null for one's own area. */
  area: string | null
  /** A day in Thailand; null for now. */
  asOf: string | null
  milestone: string | null
  /** A list's code or `all`; null for the milestone's own lists. */
  list: string | null
}

export function readView(query: URLSearchParams): ProgressView {
  const area = areaCodeSchema.safeParse(query.get('area'))
  return {
    area: area.success ? area.data : null,
    asOf: dayOf(query.get('asOf')),
    milestone: codeOf(query.get('milestone')),
    list: codeOf(query.get('list')),
  }
}

/** The nation too is named, for without a name the address means one's own area. */
export function progressAddress({ area, asOf, milestone, list }: ProgressView): string {
  const query = new URLSearchParams()
  if (area !== null) query.set('area', area)
  if (asOf !== null) query.set('asOf', asOf)
  if (milestone !== null) query.set('milestone', milestone)
  if (list !== null) query.set('list', list)
  const text = query.toString()
  return text === '' ? '/progress' : `/progress?${text}`
}

/** The households behind a figure. */
export function filterAddress({ area, asOf, lists, fact, without }: ProgressFilter): string {
  const query = new URLSearchParams({ area, asOf, fact })
  if (without !== null) query.set('without', without)
  if (lists !== null) query.set('lists', lists.join(','))
  return `/progress/households?${query.toString()}`
}

/** Null where the address names no figure. */
export function readFilter(query: URLSearchParams): ProgressFilter | null {
  const area = areaCodeSchema.safeParse(query.get('area') ?? '')
  const fact = codeOf(query.get('fact'))
  const asOf = dayOf(query.get('asOf'))
  if (!area.success || fact === null || asOf === null) return null
  const lists = query.get('lists')
  return {
    area: area.data,
    asOf,
    fact,
    without: codeOf(query.get('without')),
    lists: lists === null ? null : lists.split(',').flatMap((code) => codeOf(code) ?? []),
  }
}

function dayOf(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const time = Date.parse(text)
  // 30 February is read as 2 March.
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text ? text : null
}

function codeOf(text: string | null): string | null {
  return text !== null && /^[a-zA-Z0-9][a-zA-Z0-9-]{0,59}$/.test(text) ? text : null
}
