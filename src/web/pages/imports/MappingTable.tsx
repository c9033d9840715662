/** The first rows exactly as they stand, with what each column is at its head; on a phone one card a column. */
import { useState } from 'react'
import { type ColumnMapping, type ImportField, importFields } from '../../../domain/import/field.ts'
import { useText } from '../../text/dictionary.ts'
import { importColumnsText } from '../../text/importColumns.ts'
import { importFieldText } from '../../text/importWords.ts'
import { Notice, StateMark } from '../../ui/Feedback.tsx'
import { columnLetter } from './batch.ts'
import { columnCount, fieldOfColumn, headingOf, samplesOf, type SheetProposal, trustIn, withColumn } from './mapping.ts'
import { useIsPhone } from './useIsPhone.ts'

interface MappingTableProps {
  sheet: SheetProposal
  mapping: ColumnMapping
  onChange: (mapping: ColumnMapping) => void
}

const firstHouseholdField = importFields.indexOf('houseCode')
const firstPersonField = importFields.indexOf('memberOrder')

export function MappingTable({ sheet, mapping, onChange }: MappingTableProps) {
  const text = useText(importColumnsText)
  const fieldText = useText(importFieldText)
  const isPhone = useIsPhone()
  const [moved, setMoved] = useState<{ field: ImportField; from: number } | null>(null)
  const columns = Array.from({ length: columnCount(sheet) }, (_, column) => column)

  function choose(column: number, field: ImportField | null) {
    const from = field === null ? undefined : mapping.columns[field]
    setMoved(field !== null && from !== undefined && from !== column ? { field, from } : null)
    onChange(withColumn(mapping, column, field))
  }

  const parts = { sheet, mapping, columns, choose, onChange }
  return (
    <>
      <p className="soft">
        {text.asItStands} {text.asItStandsLead}
      </p>
      <div aria-live="polite">
        {moved && <Notice>{text.moved(fieldText.names[moved.field], columnLetter(moved.from))}</Notice>}
      </div>
      {isPhone ? <ColumnCards {...parts} /> : <RawTable {...parts} />}
    </>
  )
}

interface Parts extends MappingTableProps {
  columns: readonly number[]
  choose: (column: number, field: ImportField | null) => void
}

function RawTable({ sheet, mapping, columns, choose, onChange }: Parts) {
  const text = useText(importColumnsText)
  return (
    // Wide sheets scroll sideways, with the keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="raw-frame" aria-label={text.asItStands} tabIndex={0}>
      <table className="raw-table">
        <thead>
          <tr>
            <th scope="col" className="raw-number">
              {text.rowNumber}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="raw-head" data-unused={isUnused(mapping, column) || undefined}>
                <span className="raw-letter">{columnLetter(column)}</span>
                <FieldChoice sheet={sheet} mapping={mapping} column={column} choose={choose} />
                <TrustMark sheet={sheet} mapping={mapping} column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row) => {
            const isHeader = row.number === mapping.headerRow
            return (
              <tr
                key={row.number}
                data-header={isHeader || undefined}
                data-above={row.number < mapping.headerRow || undefined}
              >
                <th scope="row" className="raw-number">
                  {isHeader ? (
                    <StateMark tone="info" icon="check">
                      {row.number} {text.headerChosen}
                    </StateMark>
                  ) : (
                    <button
                      type="button"
                      className="raw-row-button"
                      title={text.asHeader(String(row.number))}
                      aria-label={text.asHeader(String(row.number))}
                      onClick={() => onChange({ ...mapping, headerRow: row.number })}
                    >
                      {row.number}
                    </button>
                  )}
                </th>
                {isTitle(row.cells) ? (
                  <td colSpan={columns.length}>{row.cells[0]}</td>
                ) : (
                  columns.map((column) => (
                    <td key={column} data-unused={isUnused(mapping, column) || undefined}>
                      {row.cells[column]}
                    </td>
                  ))
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function ColumnCards({ sheet, mapping, columns, choose }: Parts) {
  const text = useText(importColumnsText)
  return (
    <ol className="column-cards">
      {columns.map((column) => {
        const samples = samplesOf(sheet, mapping, column)
        return (
          <li key={column} className="column-card" data-unused={isUnused(mapping, column) || undefined}>
            <p className="column-card-head">
              <span className="raw-letter">{columnLetter(column)}</span>
              <strong>{headingOf(sheet, mapping, column) || text.column(columnLetter(column))}</strong>
            </p>
            <p className="soft column-samples">{samples.length > 0 ? samples.join(' · ') : text.emptyColumn}</p>
            <FieldChoice sheet={sheet} mapping={mapping} column={column} choose={choose} />
            <TrustMark sheet={sheet} mapping={mapping} column={column} />
          </li>
        )
      })}
    </ol>
  )
}

interface ColumnProps {
  sheet: SheetProposal
  mapping: ColumnMapping
  column: number
}

/** The browser's own choice: a sheet may have three hundred columns, and phones know it best. */
function FieldChoice({ sheet, mapping, column, choose }: ColumnProps & { choose: Parts['choose'] }) {
  const text = useText(importColumnsText)
  const { groups, names } = useText(importFieldText)
  const label = text.readAs(columnLetter(column), headingOf(sheet, mapping, column))
  const option = (field: ImportField) => (
    <option key={field} value={field}>
      {names[field]}
    </option>
  )
  return (
    <select
      className="input native-select raw-choice"
      aria-label={label}
      value={fieldOfColumn(mapping, column) ?? ''}
      onChange={({ target }) => choose(column, importFields.find((field) => field === target.value) ?? null)}
    >
      <option value="">{text.ignore}</option>
      <optgroup label={groups.where}>{importFields.slice(0, firstHouseholdField).map(option)}</optgroup>
      <optgroup label={groups.household}>
        {importFields.slice(firstHouseholdField, firstPersonField).map(option)}
      </optgroup>
      <optgroup label={groups.who}>{importFields.slice(firstPersonField).map(option)}</optgroup>
    </select>
  )
}

function TrustMark({ sheet, mapping, column }: ColumnProps) {
  const text = useText(importColumnsText)
  const { reasons } = useText(importFieldText)
  const trust = trustIn(sheet, column, fieldOfColumn(mapping, column))
  if (trust.kind === 'unused') return <span className="raw-reason">{text.notUsed}</span>
  if (!('proposed' in trust))
    return (
      <StateMark tone="neutral" icon="person">
        {text.byHand}
      </StateMark>
    )
  return (
    <span className="raw-trust">
      <StateMark tone={trust.kind === 'sure' ? 'success' : 'attention'}>{text[trust.kind]}</StateMark>
      <span className="raw-reason">{reasons[trust.proposed.reason]}</span>
    </span>
  )
}

/** A line with words in its first cell alone takes the room that it has in the file. */
function isTitle(cells: readonly string[]): boolean {
  return cells.length > 0 && cells.slice(1).every((cell) => cell === '')
}

function isUnused(mapping: ColumnMapping, column: number): boolean {
  return fieldOfColumn(mapping, column) === null
}
