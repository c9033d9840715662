/** How many households were followed in each of the last months. */
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { progressText } from '../../text/progress.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Section } from '../../ui/Page.tsx'
import { barWidth, Count, percentWords } from './Count.tsx'
import { inLanguage, type ProgressAnswer } from './progress.ts'

type Month = ProgressAnswer['months'][number]

export function Months({ progress }: { progress: ProgressAnswer }) {
  const text = useText(progressText)
  const format = useFormat()
  const columns: Column<Month>[] = [
    {
      id: 'month',
      header: text.month,
      cell: ({ month }) => format.date(`${month}-01`, { precision: 'month', month: 'long' }),
    },
    {
      id: 'percent',
      header: text.percent,
      align: 'end',
      cell: (row) => (
        <span className="rank-percent">
          <span className="rank-bar" aria-hidden="true">
            <span className="share-fill" style={{ width: barWidth(row.percent) }} />
          </span>
          <span className="number">{percentWords(row.percent)}</span>
        </span>
      ),
    },
    { id: 'visited', header: text.visited, align: 'end', cell: ({ visited }) => <Count figure={visited} /> },
    { id: 'target', header: text.target, align: 'end', cell: ({ target }) => <Count figure={target} /> },
    { id: 'withLater', header: text.withLater, align: 'end', cell: ({ withLater }) => <Count figure={withLater} /> },
  ]
  const lists = progress.monthLists
    ?.map((code) => {
      const known = progress.lists.find((list) => list.code === code)
      return known ? inLanguage(known, format.locale) : code
    })
    .join(', ')
  return (
    <Section title={text.months} lead={text.monthsLead(lists ?? text.everyHousehold)}>
      <DataTable
        caption={text.months}
        columns={columns}
        rows={progress.months.toReversed()}
        rowKey={({ month }) => month}
      />
    </Section>
  )
}
