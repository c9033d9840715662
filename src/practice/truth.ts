/** What was put into each file, counted while it is written, so that an import's result can be held against it. */
import type { Fault } from '../domain/import/staged.ts'
import type { OverlapKind } from './rates.ts'
import { isInvalidRow, type PlannedRow } from './planned-row.ts'

export type ListName = 'tpmap-2565' | 'thaiqm-2' | 'vulnerable' | 'found'

export interface DistrictTruth {
  rows: number
  households: number
  persons: number
  householdsReadable: number
  personsReadable: number
}

export interface FileTruth {
  file: string
  list: ListName
  sheet: string
  /** 1-based. */
  headerRow: number
  /** Area to give with the import, because the rows leave levels out; '' when they say all. */
  defaultArea: string
  /** Rows about somebody: no titles, totals, blank rows or repeated headers. */
  rows: number
  blankRows: number
  totalRows: number
  repeatedHeaders: number
  /** Households and persons that the list means, each once; a person counted in two houses counts in both. */
  households: number
  persons: number
  duplicateRows: number
  duplicateHouseholds: number
  invalidRows: number
  /** Households of which at least one row is sound, and the persons of sound rows. */
  householdsReadable: number
  personsReadable: number
  traps: Record<string, number>
  /** Rows by fault, as 'field fault'. */
  faults: Record<string, number>
  districts: Record<string, DistrictTruth>
}

export interface Truth {
  seed: number
  province: string
  scale: number
  files: FileTruth[]
  /** Households of TPMAP that ThaiQM has too, by how they can be known again. */
  overlaps: Record<OverlapKind, number>
  /** The households of the two great lists, each once. */
  distinctHouseholds: number
  /** Rows of the vulnerable and the found that stand on one of the great lists already. */
  knownElsewhere: Record<string, number>
}

/** One written row, for those who compare a file row by row. */
export interface PlantedRow {
  file: string
  rowNumber: number
  faults: readonly Fault[]
  person: PlannedRow['person']
}

export interface Ledger {
  readonly truth: FileTruth
  /** The rows of one household, in the order of the file. */
  household(district: string, rows: readonly PlannedRow[], options?: { duplicate: boolean }): void
  total(): void
  blank(): void
  repeatedHeader(): void
}

export function createLedger(about: Pick<FileTruth, 'file' | 'list' | 'sheet' | 'headerRow' | 'defaultArea'>): Ledger {
  const truth: FileTruth = {
    ...about,
    rows: 0,
    blankRows: 0,
    totalRows: 0,
    repeatedHeaders: 0,
    households: 0,
    persons: 0,
    duplicateRows: 0,
    duplicateHouseholds: 0,
    invalidRows: 0,
    householdsReadable: 0,
    personsReadable: 0,
    traps: {},
    faults: {},
    districts: {},
  }
  return {
    truth,
    household(district, rows, options = { duplicate: false }) {
      const own = (truth.districts[district] ??= {
        rows: 0,
        households: 0,
        persons: 0,
        householdsReadable: 0,
        personsReadable: 0,
      })
      const sound = rows.filter((row) => !isInvalidRow(row)).length
      own.rows += rows.length
      truth.rows += rows.length
      truth.invalidRows += rows.length - sound
      for (const row of rows) {
        for (const trap of row.traps) count(truth.traps, trap)
        for (const { field, fault } of row.faults) count(truth.faults, `${field} ${fault}`)
      }
      if (options.duplicate) {
        truth.duplicateRows += rows.length
        truth.duplicateHouseholds += 1
        return
      }
      for (const counts of [truth, own]) {
        counts.households += 1
        counts.persons += rows.length
        counts.personsReadable += sound
        if (sound > 0) counts.householdsReadable += 1
      }
    },
    total: () => (truth.totalRows += 1),
    blank: () => (truth.blankRows += 1),
    repeatedHeader: () => (truth.repeatedHeaders += 1),
  }
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
