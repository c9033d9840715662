/** One line for each item that this person decided about since the page was opened. */
import type { ItemOutcome, Unfiled } from '../../../contract/sync.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { phoneText } from '../../text/phone.ts'
import { Button } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { StateMark } from '../../ui/Feedback.tsx'
import { Section } from '../../ui/Page.tsx'
import { householdAddress } from '../households/address.ts'
import { useItemName } from './useItemName.ts'

export interface DecidedItem {
  item: Unfiled
  /** Null for one that was set aside. */
  outcome: ItemOutcome | null
}

export function Decided({ items, onClose }: { items: readonly DecidedItem[]; onClose: () => void }) {
  const text = useText(phoneText).unfiled
  const common = useText(commonText)
  const itemName = useItemName()
  return (
    <Section
      title={text.decided}
      actions={
        <Button size="small" onPress={onClose}>
          {common.close}
        </Button>
      }
    >
      <output className="only-for-readers">{items[0] && <Outcome outcome={items[0].outcome} />}</output>
      <DataTable
        caption={text.decided}
        rows={items}
        rowKey={({ item }) => item.itemId}
        rowHref={({ outcome }) => (outcome && 'household' in outcome ? householdAddress(outcome.household) : null)}
        columns={[
          { id: 'what', header: text.what, cell: ({ item }) => itemName(item) },
          { id: 'author', header: text.author, cell: ({ item }) => item.by.name },
          { id: 'result', header: text.result, cell: ({ outcome }) => <Outcome outcome={outcome} /> },
        ]}
      />
    </Section>
  )
}

function Outcome({ outcome }: Pick<DecidedItem, 'outcome'>) {
  const text = useText(phoneText).unfiled
  if (outcome === null) return <StateMark tone="neutral">{text.wasSetAside}</StateMark>
  if (outcome.outcome === 'recorded') return <StateMark tone="success">{text.recorded}</StateMark>
  if (outcome.outcome === 'alreadyThere') return <StateMark tone="success">{text.alreadyThere}</StateMark>
  return <StateMark tone="danger">{text.notYet}</StateMark>
}
