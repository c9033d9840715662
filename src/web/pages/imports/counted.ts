/** The way from the two numbers of the overview that count rows of imports down to these rows. */
import { rowsAddress } from './batch.ts'

const countedRows = ['invalid', 'waiting'] as const
export type CountedRows = (typeof countedRows)[number]

/** The imports whose rows a number of the overview counts. */
export function countedAddress(area: string, rows: CountedRows): string {
  return `/imports?${new URLSearchParams({ ...(area !== '' && { area }), counted: rows }).toString()}`
}

/** Which number of which area the list of imports was opened from; null for none. */
export function countedOf(search: URLSearchParams): CountedRows | null {
  return countedRows.find((known) => known === search.get('counted')) ?? null
}

/** The rows themselves, in one of these imports. */
export function countedRowsAddress(batchId: string, area: string, rows: CountedRows): string {
  return rowsAddress(batchId, { area, ...(rows === 'invalid' ? { verdict: 'invalid' } : { waiting: true }) })
}
