/** One list in the making: its rows go to a file, and what they hold to a ledger. */
import type { RowSink, WrittenCell } from './cells.ts'
import type { PlannedRow } from './planned-row.ts'
import type { Random } from './random.ts'
import { rates } from './rates.ts'
import { createLedger, type FileTruth, type ListName, type PlantedRow } from './truth.ts'

interface ListFileOptions {
  file: string
  list: ListName
  sheet: string
  defaultArea?: string
  /** Lines above the header, merged over the table; null leaves a blank line. */
  titles: readonly (string | null)[]
  headings: readonly string[]
  random: Random
  observe: ((planted: PlantedRow) => void) | undefined
}

export interface ListFile {
  readonly truth: FileTruth
  readonly textOnly: boolean
  /** The number that the next row about somebody bears in its first column. */
  readonly nextNumber: number
  household(district: string, rows: readonly PlannedRow[], options?: { duplicate: boolean }): void
  /** A sum under the rows of an area, with figures at their columns. */
  total(label: string, mergedColumns: number, figures: Readonly<Record<number, WrittenCell>>): void
  /** The header once more, as where the pages of several offices were pasted together. */
  repeatHeader(): void
  close(): void
}

/** Writes titles and header, and gives the rest of the file to fill. */
export function createListFile(sink: RowSink, options: ListFileOptions): ListFile {
  const { random } = options
  for (const title of options.titles)
    if (title === null) sink.row([])
    else sink.mergedRow([title], options.headings.length)
  const headerRow = sink.row(options.headings)
  const ledger = createLedger({
    file: options.file,
    list: options.list,
    sheet: options.sheet,
    headerRow,
    defaultArea: options.defaultArea ?? '',
  })
  let nextNumber = 1
  return {
    truth: ledger.truth,
    textOnly: sink.textOnly,
    get nextNumber() {
      return nextNumber
    },
    household(district, rows, duplicate) {
      if (random.chance(rates.blankRow)) {
        // Empty, or with a space that nobody sees.
        sink.row(random.chance(0.6) ? [] : [null, ' ', null, '\u00a0'])
        ledger.blank()
      }
      for (const row of rows) {
        const rowNumber = sink.row(row.cells)
        options.observe?.({ file: options.file, rowNumber, faults: row.faults, person: row.person })
      }
      nextNumber += rows.length
      ledger.household(district, rows, duplicate)
    },
    total(label, mergedColumns, figures) {
      const cells: WrittenCell[] = options.headings.map((_, column) => figures[column] ?? null)
      cells[0] = label
      sink.mergedRow(cells, mergedColumns)
      ledger.total()
    },
    repeatHeader() {
      sink.row(options.headings)
      ledger.repeatedHeader()
    },
    close: () => sink.close(),
  }
}
