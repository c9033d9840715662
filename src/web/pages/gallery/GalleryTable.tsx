import { useState } from 'react'
import { useFormat } from '../../text/format.ts'
import { Select } from '../../ui/Choice.tsx'
import { type Column, DataTable, type Sort } from '../../ui/DataTable.tsx'
import { StateMark } from '../../ui/Feedback.tsx'
import { FilterBar, Section } from '../../ui/Page.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { SearchField } from '../../ui/TextField.tsx'
import type { Say } from './Gallery.tsx'

interface Row {
  id: string
  head: string
  place: string
  members: number
  income: number
  seen: string
  isWaiting: boolean
}

const rows: readonly Row[] = [
  {
    id: '1',
    head: 'นางสาวกตัญญู ฐูปะปั้น',
    place: '27/1 หมู่ 4 บ้านโคกกลาง',
    members: 4,
    income: 38_000,
    seen: '2026-11-20',
    isWaiting: false,
  },
  {
    id: '2',
    head: 'นายน้ำเพชร ผู้ที่ก้ำกึ่ง',
    place: '112 หมู่ 1 บ้านกลันทา',
    members: 11,
    income: 124_500,
    seen: '2026-11-18',
    isWaiting: true,
  },
  {
    id: '3',
    head: 'นางปิ่นแก้ว ชื่นใจ',
    place: '8 หมู่ 12 บ้านหนองปรือ',
    members: 1,
    income: 7_200,
    seen: '2026-10-02',
    isWaiting: false,
  },
]

export function GalleryTable({ say }: { say: Say }) {
  const format = useFormat()
  const [sort, setSort] = useState<Sort>({ column: 'head', direction: 'ascending' })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['2']))
  const columns: readonly Column<Row>[] = [
    { id: 'head', header: say('หัวหน้าครัวเรือน', 'Head of household'), cell: (row) => row.head, isSortable: true },
    { id: 'place', header: say('ที่อยู่', 'Address'), cell: (row) => row.place },
    {
      id: 'state',
      header: say('สถานะ', 'State'),
      cell: (row) =>
        row.isWaiting ? (
          <StateMark tone="attention">{say('รอตัดสินใจ', 'Waiting')}</StateMark>
        ) : (
          <StateMark tone="success">{say('อยู่ในทะเบียน', 'In the registry')}</StateMark>
        ),
    },
    {
      id: 'members',
      header: say('สมาชิก', 'Members'),
      cell: (row) => format.number(row.members),
      align: 'end',
      isSortable: true,
    },
    {
      id: 'income',
      header: say('รายได้ต่อปี (บาท)', 'Income a year (baht)'),
      cell: (row) => format.number(row.income),
      align: 'end',
      isSortable: true,
    },
    {
      id: 'seen',
      header: say('ปรับปรุงเมื่อ', 'Changed'),
      cell: (row) => format.date(row.seen),
      align: 'end',
      isDeskOnly: true,
    },
  ]
  return (
    <Section title={say('ครัวเรือน', 'Households')}>
      <FilterBar label={say('ตัวกรอง', 'Filters')}>
        <SearchField
          isLabelHidden
          label={say('ค้นหาในตาราง', 'Search the table')}
          placeholder={say('ชื่อ บ้านเลขที่ หมู่บ้าน', 'Name, house number, village')}
        />
        <Select
          label={say('บัญชีที่อยู่', 'On the list')}
          defaultValue="all"
          options={[
            { id: 'all', label: say('ทุกบัญชี', 'Every list') },
            { id: 'tpmap', label: 'TPMAP 2565' },
          ]}
        />
      </FilterBar>
      <DataTable
        caption={say('ครัวเรือนในอำเภอเมืองบุรีรัมย์', 'Households of Mueang Buriram')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowHref={(row) => `/gallery?household=${row.id}`}
        sort={sort}
        onSort={setSort}
        selection={{ selected, onChange: setSelected }}
        totals={{ head: say('รวม', 'Total'), members: format.number(16), income: format.number(169_700) }}
      />
      <Pager from={51} shown={3} total={98_412} onPrevious={() => {}} onNext={() => {}} />
      <DataTable
        caption={say('กำลังโหลด', 'Loading')}
        columns={columns.slice(0, 4)}
        rows={null}
        rowKey={(row) => row.id}
      />
    </Section>
  )
}
