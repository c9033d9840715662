/** What was changed, by whom and from which source; nothing is ever erased. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { householdHistory, type HouseholdView } from '../../../contract/households.ts'
import { ask } from '../../api.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { Button } from '../../ui/Button.tsx'
import { Timeline } from '../../ui/Facts.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { Section } from '../../ui/Page.tsx'
import { Source } from './HouseholdListings.tsx'
import { useProblemToast } from './useProblemToast.ts'
import { groupChanges, useChangeWords } from './wording.ts'

type Change = HouseholdView['history'][number]

const shownAtFirst = 8
const icons: Record<Change['source'], IconName> = { desk: 'edit', import: 'import', merge: 'household', undo: 'undo' }

export function HouseholdHistory({ household }: { household: HouseholdView }) {
  const text = useText(householdText).page
  const format = useFormat()
  const words = useChangeWords(household)
  const [isWhole, setWhole] = useState(false)
  const earlier = useEarlier(household)
  const groups = groupChanges([...household.history, ...earlier.changes])
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
            {earlier.hasMore ? text.showEarlier : text.showAll(format.number(groups.length))}
          </Button>
        </div>
      )}
      {(isWhole || groups.length <= shownAtFirst) && earlier.hasMore && (
        <div>
          <Button size="small" isPending={earlier.isComing} onPress={earlier.show}>
            {text.showEarlier}
          </Button>
        </div>
      )}
    </Section>
  )
}

/** What lies before the changes that came with the household; each page is asked for by hand, since it leaves a trace. */
function useEarlier({ province, id, history, hasEarlierHistory }: HouseholdView) {
  const toast = useProblemToast()
  const lastShown = history.at(-1)?.id
  const found = useInfiniteQuery({
    queryKey: ['household.history', province, id, lastShown],
    queryFn: ({ pageParam, signal }) => ask(householdHistory, { province, id, before: pageParam }, { signal }),
    initialPageParam: lastShown,
    getNextPageParam: ({ changes, hasEarlier }) => (hasEarlier ? changes.at(-1)?.id : undefined),
    enabled: false,
    staleTime: Infinity,
    retry: false,
  })
  return {
    changes: found.data?.pages.flatMap(({ changes }) => changes) ?? [],
    hasMore: found.data ? found.hasNextPage : hasEarlierHistory,
    isComing: found.isFetching,
    show: () => {
      void found.fetchNextPage().then(({ error }) => error && toast(error))
    },
  }
}
