/** The mapping while a person works on it: pure, so that every change can be tried without a screen. */
import type { OutputOf } from '../../../contract/route.ts'
import type { importProposal } from '../../../contract/imports.ts'
import type { ColumnMapping, ImportField } from '../../../domain/import/field.ts'

export type Proposal = OutputOf<typeof importProposal>
export type SheetProposal = Proposal['sheets'][number]
export type ProposedField = SheetProposal['fields'][number]

/** Below it a person should look. */
export const sureScore = 0.6

/** What the server proposes for a sheet. Of two fields for one column the likelier one stands. */
export function proposedMapping(sheet: SheetProposal): ColumnMapping {
  const columns: ColumnMapping['columns'] = {}
  const taken = new Set<number>()
  for (const { field, column } of [...sheet.fields].sort((a, b) => b.score - a.score)) {
    if (columns[field] !== undefined || taken.has(column)) continue
    columns[field] = column
    taken.add(column)
  }
  return { sheet: sheet.name, headerRow: sheet.headerRow ?? 0, columns }
}

/** The field that a column feeds. */
export function fieldOfColumn(mapping: ColumnMapping, column: number): ImportField | null {
  const found = entriesOf(mapping).find(([, at]) => at === column)
  return found?.[0] ?? null
}

/** A column takes a field, away from the column that had it; null: the column is not used. */
export function withColumn(mapping: ColumnMapping, column: number, field: ImportField | null): ColumnMapping {
  const kept = entriesOf(mapping).filter(([other, at]) => at !== column && other !== field)
  return { ...mapping, columns: Object.fromEntries(field ? [...kept, [field, column]] : kept) }
}

/** How sure a column's field is: by the proposal, or because a person chose it. */
export function trustIn(
  sheet: SheetProposal,
  column: number,
  field: ImportField | null,
): { kind: 'sure' | 'look'; proposed: ProposedField } | { kind: 'byHand' | 'unused' } {
  if (field === null) return { kind: 'unused' }
  const proposed = sheet.fields.find((candidate) => candidate.field === field && candidate.column === column)
  if (!proposed) return { kind: 'byHand' }
  return { kind: proposed.score >= sureScore ? 'sure' : 'look', proposed }
}

/** How many columns the sheet has, as far as its first rows tell. */
export function columnCount(sheet: SheetProposal): number {
  return Math.max(sheet.headings.length, ...sheet.rows.map(({ cells }) => cells.length), 0)
}

/** Text over a column under the header row that is chosen now. */
export function headingOf(sheet: SheetProposal, mapping: ColumnMapping, column: number): string {
  if (mapping.headerRow === sheet.headerRow) return sheet.headings[column] ?? ''
  return sheet.rows.find(({ number }) => number === mapping.headerRow)?.cells[column] ?? ''
}

/** Up to three filled cells of a column below the header. */
export function samplesOf(sheet: SheetProposal, mapping: ColumnMapping, column: number): string[] {
  const cells = sheet.rows.filter(({ number }) => number > mapping.headerRow).map((row) => row.cells[column] ?? '')
  return cells.filter((cell) => cell.trim() !== '').slice(0, 3)
}

function entriesOf(mapping: ColumnMapping): [ImportField, number][] {
  return Object.entries(mapping.columns) as [ImportField, number][]
}
