/** What came from phones and could not be recorded: people of the area decide, one item at a time. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type ItemOutcome, syncUnfiledList, type Unfiled as UnfiledItem } from '../../../contract/sync.ts'
import { ask } from '../../api.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { phoneText } from '../../text/phone.ts'
import { EmptyState } from '../../ui/Feedback.tsx'
import { Section, Stack } from '../../ui/Page.tsx'
import { Answered } from '../shared/Answered.tsx'
import { type Decision, nothingTyped, type Typed } from './decide.ts'
import { DecideDialog } from './DecideDialog.tsx'
import { Decided, type DecidedItem } from './Decided.tsx'
import { UnfiledCard } from './UnfiledCard.tsx'

export function Unfiled({ area }: { area: string }) {
  const text = useText(phoneText).unfiled
  const queries = useQueryClient()
  const key = ['sync.unfiledList', area]
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(syncUnfiledList, { area }, { signal }),
  })
  const [decided, setDecided] = useState<readonly DecidedItem[]>([])
  const [open, setOpen] = useState<{ item: UnfiledItem; decision: Decision } | null>(null)
  // What was typed stays with its item, also when the window is closed to look something up.
  const [typed, setTyped] = useState<ReadonlyMap<string, Typed>>(new Map())
  return (
    <>
      <Answered query={found}>
        {({ items, total }) => (
          <Stack>
            {decided.length > 0 && <Decided items={decided} onClose={() => setDecided([])} />}
            <Section title={text.title} lead={text.lead}>
              <List items={items} total={total} onDecide={(item, decision) => setOpen({ item, decision })} />
            </Section>
          </Stack>
        )}
      </Answered>
      {open && (
        <DecideDialog
          key={`${open.item.itemId} ${open.decision}`}
          item={open.item}
          decision={open.decision}
          typed={typed.get(open.item.itemId) ?? nothingTyped(open.item)}
          onType={(next) => setTyped((before) => new Map(before).set(open.item.itemId, next))}
          onDone={(outcome) => finish(open.item, outcome)}
          onClose={(wasRefused) => {
            setOpen(null)
            // Somebody else may have decided meanwhile.
            if (wasRefused) void queries.invalidateQueries({ queryKey: key })
          }}
        />
      )}
    </>
  )

  function finish(item: UnfiledItem, outcome: ItemOutcome | null) {
    setOpen(null)
    setDecided((before) => [{ item, outcome }, ...before.filter((one) => one.item.itemId !== item.itemId)])
    setTyped((before) => new Map([...before].filter(([id]) => id !== item.itemId)))
  }
}

interface ListProps {
  items: readonly UnfiledItem[]
  total: number
  onDecide: (item: UnfiledItem, decision: Decision) => void
}

function List({ items, total, onDecide }: ListProps) {
  const text = useText(phoneText).unfiled
  const format = useFormat()
  if (items.length === 0)
    return (
      <EmptyState icon="check" title={text.none}>
        {text.noneLead}
      </EmptyState>
    )
  return (
    <>
      <p>{text.total(format.number(total))}</p>
      <ol className="unfiled-list">
        {items.map((item) => (
          <li key={item.itemId}>
            <UnfiledCard item={item} onDecide={(decision) => onDecide(item, decision)} />
          </li>
        ))}
      </ol>
      {total > items.length && <p className="soft">{text.someOnly(format.number(items.length))}</p>}
    </>
  )
}
