/** Households as rows: the head, where they live, the lists they stand on. */
import type { ReactNode } from 'react'
import type { HouseholdRow } from '../../../contract/households.ts'
import { areaLevels, areaPath } from '../../../domain/area.ts'
import { addressLine } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { type Column, DataTable, type Sort } from '../../ui/DataTable.tsx'
import { StateMark, Tag } from '../../ui/Feedback.tsx'
import { householdAddress, type HouseholdSort } from './address.ts'
import { useListNames } from './useListNames.ts'

/** `matchedMember`: in whose name the words of a search stand, when it is not the head's. */
type ShownRow = HouseholdRow & { matchedMember?: string | null }

export interface HouseholdTableProps<Row extends ShownRow> {
  caption: string
  rows: readonly Row[] | null
  isRefreshing?: boolean
  whenEmpty?: ReactNode
  /** Null where the order is fixed, such as the best match first. */
  sort: HouseholdSort | null
  onSort?: (sort: HouseholdSort) => void
  /** The area that every row lies in: its parts need not be repeated in the addresses. */
  within?: string
  /** Stands before the others and becomes the link. */
  first?: Column<Row>
}

export function HouseholdTable<Row extends ShownRow>(props: HouseholdTableProps<Row>) {
  const text = useText(householdText)
  const format = useFormat()
  const listName = useListNames()
  const upTo = areaLevels[Math.min(areaPath(props.within ?? '').length, areaLevels.length - 1)] ?? 'village'
  const isSortable = props.sort !== null
  const head: Column<Row> = {
    id: 'name',
    header: text.list.head,
    isSortable,
    cell: (row) => row.headName ?? <span className="soft">{text.noHead}</span>,
    note: (row) =>
      row.matchedMember && <span className="fine-print">{text.list.matchedMember(row.matchedMember)}</span>,
  }
  const columns: Column<Row>[] = [
    ...(props.first ? [props.first, { ...head, isSortable: false }] : [head]),
    {
      id: 'address',
      header: text.list.address,
      isSortable,
      cell: (row) => addressLine(row, row.place, format.locale, upTo),
    },
    {
      id: 'members',
      header: text.list.members,
      align: 'end',
      width: '5rem',
      cell: (row) => format.number(row.memberCount),
    },
    {
      id: 'lists',
      header: text.list.lists,
      cell: (row) => (
        <span className="tags">
          {row.state !== 'active' && <StateMark tone="attention">{text.states[row.state]}</StateMark>}
          {row.lists.map((code) => (
            <Tag key={code}>
              <span className="list-name" title={listName(code)}>
                {listName(code)}
              </span>
            </Tag>
          ))}
          {row.lists.length === 0 && '–'}
        </span>
      ),
    },
    { id: 'centre', header: text.list.centreColumn, isDeskOnly: true, width: '9rem', cell: (row) => row.centre ?? '–' },
    {
      id: 'updated',
      header: text.list.updated,
      isSortable,
      isDeskOnly: true,
      align: 'end',
      width: '8rem',
      cell: (row) => format.date(dayOf(row.updatedAt)),
    },
  ]
  const sort: Sort | undefined = props.sort
    ? { column: props.sort, direction: props.sort === 'updated' ? 'descending' : 'ascending' }
    : undefined
  return (
    <DataTable
      caption={props.caption}
      columns={columns}
      rows={props.rows}
      rowKey={(row) => row.id}
      rowHref={householdAddress}
      isRefreshing={props.isRefreshing ?? false}
      whenEmpty={props.whenEmpty}
      {...(sort && { sort, onSort: ({ column }: Sort) => props.onSort?.(column as HouseholdSort) })}
    />
  )
}

function dayOf(moment: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok' }).format(new Date(moment))
}
