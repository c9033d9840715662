/** The areas directly in this one, by code, the total last. */
import type { AreaFigure } from '../../../contract/figures.ts'
import type { AreaLevel } from '../../../domain/area.ts'
import { useMay } from '../../session.tsx'
import { areaName } from '../../text/area.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/Feedback.tsx'
import { Section } from '../../ui/Page.tsx'
import type { CountedRows } from '../imports/counted.ts'
import { Count, RowCount } from './Count.tsx'
import { overviewAddress, type OverviewAnswer } from './overview.ts'

export interface ByAreaProps {
  overview: OverviewAnswer
  level: Exclude<AreaLevel, 'village'>
}

export function ByArea({ overview, level }: ByAreaProps) {
  const text = useText(figureText)
  const common = useText(commonText)
  const format = useFormat()
  const mayOpenImports = useMay('import.read')
  const columns: Column<AreaFigure>[] = [
    { id: 'area', header: text.childColumn[level], width: '12rem', cell: ({ area }) => areaName(area, format.locale) },
    {
      id: 'households',
      header: text.householdsColumn,
      align: 'end',
      cell: (row) => <Count figure={row.households} filter={row.filter} />,
    },
    {
      id: 'persons',
      header: text.personsColumn,
      align: 'end',
      cell: (row) => <Count figure={row.persons} filter={row.filter} />,
    },
    ...overview.lists.map((list): Column<AreaFigure> => ({
      id: `list ${list.code}`,
      header: format.locale === 'th' ? list.nameTh : list.nameEn,
      align: 'end',
      cell: (row) => {
        const figures = row.byList.find((found) => found.list === list.code)
        return figures && <Count figure={figures.households} filter={figures.filter} />
      },
    })),
    {
      id: 'waiting',
      header: text.waitingColumn,
      align: 'end',
      cell: (row) => rowCount(row.waitingRows, row, 'waiting'),
    },
    {
      id: 'invalid',
      header: text.invalidColumn,
      align: 'end',
      cell: (row) => rowCount(row.invalidRows, row, 'invalid'),
    },
  ]
  const totals = Object.fromEntries(columns.map((column) => [column.id, column.cell(overview.total)]))
  return (
    <Section title={text.children[level]} lead={text.inHouseholds}>
      <DataTable
        caption={text.children[level]}
        columns={columns}
        rows={overview.children}
        rowKey={(row) => row.area.code}
        rowHref={(row) => overviewAddress(row.area.code)}
        totals={{ ...totals, area: common.total }}
        whenEmpty={
          <EmptyState icon="area" title={text.noChildren}>
            {text.noChildrenLead}
          </EmptyState>
        }
      />
    </Section>
  )

  function rowCount(count: number, { area }: AreaFigure, rows: CountedRows) {
    return mayOpenImports ? <RowCount count={count} area={area.code} rows={rows} /> : format.number(count)
  }
}
