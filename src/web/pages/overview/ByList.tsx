/** Each list with what the registry counts, beside the official figure and the document that states it. */
import type { OfficialFigure } from '../../../contract/figures.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Section } from '../../ui/Page.tsx'
import { Count } from './Count.tsx'
import type { OverviewAnswer } from './overview.ts'

type List = OverviewAnswer['lists'][number]
type ListRow = List & OverviewAnswer['total']['byList'][number]

export function ByList({ overview }: { overview: OverviewAnswer }) {
  const text = useText(figureText)
  const format = useFormat()
  const { total } = overview
  const rows = overview.lists.flatMap((list): ListRow[] => {
    const figures = total.byList.find((found) => found.list === list.code)
    return figures ? [{ ...list, ...figures }] : []
  })
  const columns: Column<ListRow>[] = [
    {
      id: 'list',
      header: text.list,
      cell: (row) => (
        <span className="list-words">
          <strong>{format.locale === 'th' ? row.nameTh : row.nameEn}</strong>
          <span className="fine-print">
            {text.listAsOf(format.date(row.listDate))} · {[row.document, row.clause].filter(Boolean).join(' ')}
          </span>
        </span>
      ),
    },
    {
      id: 'households',
      header: text.registryHouseholds,
      align: 'end',
      cell: (row) => <Count figure={row.households} filter={row.filter} />,
    },
    {
      id: 'official',
      header: text.officialHouseholds,
      align: 'end',
      cell: (row) => <Official figure={row.official} />,
    },
    {
      id: 'share',
      header: text.share,
      align: 'end',
      cell: ({ households, official }) =>
        official && households.value !== null ? format.share(households.value, official.households) : '–',
    },
    {
      id: 'persons',
      header: text.registryPersons,
      align: 'end',
      cell: (row) => <Count figure={row.persons} filter={row.filter} />,
    },
  ]
  return (
    <Section title={text.byList} lead={text.byListLead}>
      <DataTable
        caption={text.byList}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.code}
        totals={{
          list: text.onceTotal,
          households: <Count figure={total.households} filter={total.filter} />,
          persons: <Count figure={total.persons} filter={total.filter} />,
        }}
      />
      <p className="fine-print">
        <strong>{text.assumption}</strong> {text.assumptionText}
      </p>
    </Section>
  )
}

function Official({ figure }: { figure: OfficialFigure | null }) {
  const text = useText(figureText)
  const format = useFormat()
  if (!figure) return <span className="fine-print">{text.noOfficial}</span>
  return (
    <span className="official">
      {format.number(figure.households)}
      <span className="fine-print">{text.documentOf(figure.document, format.date(figure.asOf))}</span>
    </span>
  )
}
