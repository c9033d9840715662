/**
 * A dense, quiet table: sticky head, numbers right-aligned, sortable heads, one link per row, arrows walk the rows.
 * On a phone each row is a card with its labels. Plain table elements, so that it prints, copies and reads aloud.
 */
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { Link as AriaLink } from 'react-aria-components'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { uiText } from '../text/ui.ts'
import { Icon } from './Icon.tsx'
import './data-table.css'

// Said outright, because Safari forgets them where the style sheet turns rows into cards.
const roles = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  columnHead: { role: 'columnheader' },
  rowHead: { role: 'rowheader' },
  cell: { role: 'cell' },
}

export interface Column<Row> {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** A line below that is no part of the link, such as why the row was found; for the first column. */
  note?: (row: Row) => ReactNode
  /** Numbers and money go to the end. */
  align?: 'start' | 'end'
  isSortable?: boolean
  /** A CSS width that the column keeps, such as '8rem'. */
  width?: string
  /** Left out of the cards on a phone. */
  isDeskOnly?: boolean
}

export interface Sort {
  column: string
  direction: 'ascending' | 'descending'
}

interface Selection {
  selected: ReadonlySet<string>
  onChange: (selected: ReadonlySet<string>) => void
}

export interface DataTableProps<Row> {
  /** Names the table for screen readers; shown above it with `isCaptionShown`. */
  caption: string
  isCaptionShown?: boolean
  /** The first column names the row. */
  columns: readonly Column<Row>[]
  /** Null while the first page loads: grey bars stand in, so that nothing jumps. */
  rows: readonly Row[] | null
  rowKey: (row: Row) => string
  /** Where the row leads; the first column becomes the link, and a click anywhere in the row follows it. */
  rowHref?: (row: Row) => string | null
  sort?: Sort
  onSort?: (sort: Sort) => void
  selection?: Selection
  /** Shown instead of an empty body: an `EmptyState` that says what to do next. */
  whenEmpty?: ReactNode
  /** The last line, by column. */
  totals?: Readonly<Record<string, ReactNode>>
  /** Newer rows are on their way; the old ones stay, without colour. */
  isRefreshing?: boolean
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, isCaptionShown = false, columns, rows, rowKey, rowHref, whenEmpty, totals, selection } = props
  const text = useText(uiText).table
  const common = useText(commonText)
  if (rows?.length === 0) return whenEmpty ?? <p className="table-empty">{text.empty}</p>
  return (
    <div className="table-frame" data-refreshing={props.isRefreshing || undefined}>
      <table className="data-table" {...roles.table} aria-busy={rows === null || props.isRefreshing || undefined}>
        <caption className={isCaptionShown ? 'table-caption' : 'only-for-readers'}>{caption}</caption>
        <thead {...roles.group}>
          <tr {...roles.row}>
            {selection && (
              <th {...roles.columnHead} className="select-cell">
                <SelectAll keys={rows?.map(rowKey) ?? []} selection={selection} label={text.selectAll} />
              </th>
            )}
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} {...props} />
            ))}
          </tr>
        </thead>
        {rows === null ? (
          <Skeleton columns={columns.length + (selection ? 1 : 0)} label={common.loading} />
        ) : (
          // The row's link does the same for keyboard and screen reader.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
          <tbody {...roles.group} onKeyDown={walkRows} onClick={followRow}>
            {rows.map((row) => (
              <BodyRow
                key={rowKey(row)}
                row={row}
                columns={columns}
                href={rowHref?.(row) ?? null}
                select={selection && <SelectOne id={rowKey(row)} selection={selection} label={text.selectRow} />}
              />
            ))}
          </tbody>
        )}
        {totals && (
          <tfoot {...roles.group}>
            <tr {...roles.row}>
              {selection && <td {...roles.cell} className="select-cell" />}
              {columns.map((column) => (
                <td
                  key={column.id}
                  {...roles.cell}
                  data-align={column.align}
                  data-label={column.header}
                  data-desk-only={column.isDeskOnly}
                >
                  {totals[column.id]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

function HeadCell<Row>({
  column,
  sort,
  onSort,
}: { column: Column<Row> } & Pick<DataTableProps<Row>, 'sort' | 'onSort'>) {
  const text = useText(uiText).table
  const direction = sort?.column === column.id ? sort.direction : undefined
  const next = direction === 'ascending' ? 'descending' : 'ascending'
  return (
    <th
      {...roles.columnHead}
      scope="col"
      data-align={column.align}
      style={column.width ? { width: column.width } : undefined}
      aria-sort={column.isSortable ? (direction ?? 'none') : undefined}
    >
      {column.isSortable && onSort ? (
        <button
          type="button"
          className="sort-button"
          title={text.sortBy(column.header)}
          onClick={() => onSort({ column: column.id, direction: next })}
        >
          {column.header}
          <Icon
            name={direction === undefined ? 'sort' : direction === 'ascending' ? 'arrowUp' : 'arrowDown'}
            size="sm"
          />
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}

interface BodyRowProps<Row> {
  row: Row
  columns: readonly Column<Row>[]
  href: string | null
  select: ReactNode
}

function BodyRow<Row>({ row, columns, href, select }: BodyRowProps<Row>) {
  return (
    <tr {...roles.row} data-link={href ? true : undefined}>
      {select && (
        <td {...roles.cell} className="select-cell">
          {select}
        </td>
      )}
      {columns.map((column, index) => {
        const shared = { 'data-align': column.align, 'data-label': column.header, 'data-desk-only': column.isDeskOnly }
        if (index > 0)
          return (
            <td key={column.id} {...roles.cell} {...shared}>
              {column.cell(row)}
            </td>
          )
        return (
          <th key={column.id} {...roles.rowHead} scope="row" {...shared}>
            {href ? (
              <AriaLink href={href} className="row-link">
                {column.cell(row)}
              </AriaLink>
            ) : (
              column.cell(row)
            )}
            {column.note?.(row)}
          </th>
        )
      })}
    </tr>
  )
}

function SelectOne({ id, selection, label }: { id: string; selection: Selection; label: string }) {
  return (
    <input
      type="checkbox"
      className="select-box"
      aria-label={label}
      checked={selection.selected.has(id)}
      onChange={(event) => {
        const selected = new Set(selection.selected)
        if (event.target.checked) selected.add(id)
        else selected.delete(id)
        selection.onChange(selected)
      }}
    />
  )
}

function SelectAll({ keys, selection, label }: { keys: string[]; selection: Selection; label: string }) {
  const count = keys.filter((key) => selection.selected.has(key)).length
  return (
    <input
      type="checkbox"
      className="select-box"
      aria-label={label}
      checked={keys.length > 0 && count === keys.length}
      ref={(box) => {
        if (box) box.indeterminate = count > 0 && count < keys.length
      }}
      onChange={(event) => {
        const others = [...selection.selected].filter((key) => !keys.includes(key))
        selection.onChange(new Set(event.target.checked ? [...others, ...keys] : others))
      }}
    />
  )
}

const skeletonRows = [0, 1, 2, 3, 4, 5]

function Skeleton({ columns, label }: { columns: number; label: string }) {
  return (
    <tbody {...roles.group}>
      {skeletonRows.map((row) => (
        <tr {...roles.row} key={row} className="skeleton-row">
          {Array.from({ length: columns }, (_, column) => (
            <td {...roles.cell} key={column}>
              {row === 0 && column === 0 && <span className="only-for-readers">{label}</span>}
              <span className="skeleton-bar" style={{ width: `${45 + ((row * 17 + column * 29) % 45)}%` }} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}

/** Arrow keys go from row link to row link; Home and End to the first and last. */
function walkRows(event: KeyboardEvent<HTMLElement>) {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.row-link')]
  const at = links.findIndex((link) => link === document.activeElement)
  if (at === -1) return
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key]
  if (target === undefined) return
  event.preventDefault()
  links[target]?.focus()
}

/** A click beside the link follows it too, unless something else was pressed or text is being marked. */
function followRow(event: MouseEvent<HTMLElement>) {
  if (!(event.target instanceof Element) || event.target.closest('a, button, input, select, label')) return
  if (document.getSelection()?.toString()) return
  event.target.closest('tr')?.querySelector<HTMLElement>('.row-link')?.click()
}
