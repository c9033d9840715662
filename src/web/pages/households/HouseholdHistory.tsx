/** What was changed, by whom and from which source; nothing is ever erased. */
import { useState } from 'react'
import type { HouseholdView } from '../../../contract/households.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { Button } from '../../ui/Button.tsx'
import { Timeline } from '../../ui/Facts.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { Section } from '../../ui/Page.tsx'
import { Source } from './HouseholdListings.tsx'
import { groupChanges, useChangeWords } from './wording.ts'

type Change = HouseholdView['history'][number]

const shownAtFirst = 8
const icons: Record<Change['source'], IconName> = { desk: 'edit', import: 'import', merge: 'household', undo: 'undo' }

export function HouseholdHistory({ household }: { household: HouseholdView }) {
  const text = useText(householdText).page
  const format = useFormat()
  const words = useChangeWords(household)
  const [isWhole, setWhole] = useState(false)
  const groups = groupChanges(household.history)
  const shown = isWhole ? groups : groups.slice(0, shownAtFirst)
  return (
    <Section title={text.history} lead={text.historyLead}>
      {groups.length === 0 && <p className="soft">{text.noHistory}</p>}
      <Timeline
        events={shown.flatMap((changes) => {
          const [first] = changes
          if (!first) return []
          return {
            id: first.id,
            icon: icons[first.source],
            when: format.moment(first.at),
            who: first.by,
            title: text.sources[first.source],
            children: (
              <>
                <ul className="changes">
                  {changes.map((change) => (
                    <li key={change.id}>{words(change)}</li>
                  ))}
                </ul>
                {first.batch && (
                  <p>
                    <Source batch={first.batch} />
                  </p>
                )}
                {first.reason && <p className="soft">{text.because(first.reason)}</p>}
              </>
            ),
          }
        })}
      />
      {!isWhole && groups.length > shownAtFirst && (
        <div>
          <Button size="small" onPress={() => setWhole(true)}>
            {text.showAll(format.number(groups.length))}
          </Button>
        </div>
      )}
    </Section>
  )
}
