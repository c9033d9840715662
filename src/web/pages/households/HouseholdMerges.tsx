/** Which households became this one, or which one it became; each can be taken back. */
import { useState } from 'react'
import { householdUnmerge, type HouseholdView } from '../../../contract/households.ts'
import { ask } from '../../api.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { Button, TextLink } from '../../ui/Button.tsx'
import { Timeline } from '../../ui/Facts.tsx'
import { Section } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { householdAddress } from './address.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { useHouseholdChanged } from './useHouseholdChanged.ts'

type Merge = HouseholdView['merges'][number]

export function HouseholdMerges({ household }: { household: HouseholdView }) {
  const text = useText(householdText)
  const format = useFormat()
  const changed = useHouseholdChanged()
  const [undone, setUndone] = useState<Merge | null>(null)
  const { province, id, merges, may } = household
  if (merges.length === 0) return null
  return (
    <Section title={text.page.merges}>
      <Timeline
        events={merges.map((merge) => ({
          id: merge.id,
          icon: merge.undoneAt ? 'undo' : 'household',
          when: format.moment(merge.at),
          who: merge.by,
          title: (merge.side === 'kept' ? text.page.mergedHere : text.page.mergedAway)(otherName(merge)),
          children: (
            <>
              {merge.reason && <p className="soft">{text.page.because(merge.reason)}</p>}
              {merge.undoneAt && <p>{text.page.mergeUndone(merge.undoneBy ?? '–', format.moment(merge.undoneAt))}</p>}
              <div className="button-row">
                <TextLink href={householdAddress({ province, id: merge.otherId })}>{text.page.openOther}</TextLink>
                {merge.canBeUndone && may.merge && (
                  <Button size="small" icon="undo" onPress={() => setUndone(merge)}>
                    {text.page.unmerge}
                  </Button>
                )}
              </div>
            </>
          ),
        }))}
      />
      {undone && (
        <ReasonDialog
          title={text.page.unmergeTitle}
          lead={text.page.unmergeLead}
          action={text.page.unmerge}
          onClose={() => setUndone(null)}
          onConfirm={async (reason) => {
            // The household that stayed is the one that gives the other back.
            const keeper = undone.side === 'kept' ? id : undone.otherId
            await ask(householdUnmerge, { province, id: keeper, mergeId: undone.id, reason })
            await changed()
            showToast({ message: text.page.unmerged })
          }}
        />
      )}
    </Section>
  )

  function otherName(merge: Merge): string {
    return [merge.otherHeadName ?? text.noHead, merge.otherHouseNumber].filter(Boolean).join(' · ')
  }
}
