/** The lists that it stands on, each with the file, the row and the person that brought it there. */
import type { HouseholdView } from '../../../contract/households.ts'
import { useMay } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { TextLink } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { StateMark } from '../../ui/Feedback.tsx'
import { Section } from '../../ui/Page.tsx'

type Listing = HouseholdView['listings'][number]

export function HouseholdListings({ household }: { household: HouseholdView }) {
  const text = useText(householdText).page
  const format = useFormat()
  const columns: Column<Listing>[] = [
    {
      id: 'list',
      header: text.list,
      cell: (listing) => (
        <>
          <strong>{format.locale === 'th' ? listing.listNameTh : listing.listNameEn}</strong>
          {listing.state === 'withdrawn' && (
            <>
              {' '}
              <StateMark tone="attention">{text.listWithdrawn}</StateMark>
            </>
          )}
        </>
      ),
    },
    { id: 'date', header: text.listDate, cell: ({ listDate }) => format.date(listDate) },
    { id: 'from', header: text.from, cell: ({ batch }) => <Source batch={batch} /> },
    { id: 'by', header: text.by, cell: ({ by }) => by ?? '–' },
    { id: 'at', header: text.at, align: 'end', cell: ({ at }) => format.moment(at) },
  ]
  return (
    <Section title={text.lists}>
      <DataTable
        caption={text.lists}
        columns={columns}
        rows={household.listings}
        rowKey={(listing) => listing.list}
        whenEmpty={<p className="soft">{text.noLists}</p>}
      />
    </Section>
  )
}

/** The file and row; opens the import for those who may see it. */
export function Source({ batch }: { batch: Listing['batch'] }) {
  const text = useText(householdText).page
  const format = useFormat()
  const mayOpen = useMay('import.read')
  if (!batch) return text.byHand
  const words = batch.rowNumber === null ? batch.fileName : text.row(batch.fileName, format.number(batch.rowNumber))
  return mayOpen ? <TextLink href={`/imports/${batch.id}`}>{words}</TextLink> : words
}
