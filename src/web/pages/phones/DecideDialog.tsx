/** Records an item after all, for another household, with another day or over what stands, or keeps it without recording. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type ItemOutcome, syncUnfiledDecide, type Unfiled } from '../../../contract/sync.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { householdText } from '../../text/household.ts'
import { phoneText } from '../../text/phone.ts'
import { BuddhistDateField } from '../../ui/BuddhistDateField.tsx'
import { Button } from '../../ui/Button.tsx'
import { RadioGroup } from '../../ui/Choice.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Stack } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useToday } from '../households/useToday.ts'
import { useWrite } from '../shared/write.ts'
import { Crossed } from './Crossed.tsx'
import { asksForDay, type Decision, decisionOf, isCrossed, missingOf, standingOf, type Typed } from './decide.ts'
import { HouseholdChoice } from './HouseholdChoice.tsx'
import { candidatesOf } from './UnfiledCard.tsx'
import { useItemName } from './useItemName.ts'
import { standingKey, useStanding } from './useStanding.ts'

export interface DecideDialogProps {
  item: Unfiled
  decision: Decision
  typed: Typed
  onType: (typed: Typed) => void
  onDone: (outcome: ItemOutcome | null) => void
  onClose: (wasRefused: boolean) => void
}

export function DecideDialog({ item, decision, typed, onType, onDone, onClose }: DecideDialogProps) {
  const text = useText(phoneText).unfiled
  const common = useText(commonText)
  const { reasonFault } = useText(householdText).page
  const itemName = useItemName()
  const today = useToday()
  const [wasTried, setTried] = useState(false)
  const [still, setStill] = useState<Extract<ItemOutcome, { outcome: 'unfiled' }> | null>(null)
  const write = useWrite(syncUnfiledDecide, ({ outcome }) => {
    if (outcome?.outcome === 'unfiled') setStill(outcome)
    else onDone(outcome)
  })
  const missing = missingOf(decision, item, typed)
  const isRecord = decision === 'record'
  const problem = write.problem ?? still
  const toldNow = problem?.problem ?? null
  const isOver = isRecord && isCrossed(item, toldNow)
  const household = typed.isOther ? typed.chosen && { province: item.province, id: typed.chosen.id } : item.household
  const standing = useStanding(isOver ? household : null)
  const queries = useQueryClient()
  useEffect(() => {
    // Somebody corrected it once more while this was open.
    if (toldNow === 'correctedMeanwhile') void queries.invalidateQueries({ queryKey: standingKey })
  }, [queries, toldNow])
  const title = isOver ? text.recordOver : text[decision]
  const change = (changes: Partial<Typed>) => onType({ ...typed, ...changes })
  return (
    <Dialog
      title={title}
      size={isRecord ? 'wide' : 'normal'}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose(problem !== null)}
      actions={(close) => (
        <>
          <Button kind="primary" isPending={write.isSending || standing.isFetching} onPress={send}>
            {title}
          </Button>
          <Button onPress={close}>{common.cancel}</Button>
        </>
      )}
    >
      <Stack gap="small">
        <p>
          <strong>{itemName(item)}</strong> · {item.by.name}
        </p>
        <p>{isOver ? text.recordOverLead : isRecord ? text.recordLead : text.setAsideLead}</p>
        {isOver && household && <Crossed item={item} standing={standing} />}
        {isRecord && item.item !== null && !(isOver && item.household && !typed.isOther) && (
          <>
            <RadioGroup
              label={text.forWhom}
              value={typed.isOther ? 'other' : 'same'}
              options={
                item.kind === 'household'
                  ? [
                      { id: 'same', label: text.isNew },
                      { id: 'other', label: text.isKnown },
                    ]
                  : [
                      { id: 'same', label: text.same, ...(item.headName && { description: item.headName }) },
                      { id: 'other', label: text.other },
                    ]
              }
              onChange={(id) => change({ isOther: id === 'other' })}
            />
            {typed.isOther && (
              <HouseholdChoice
                province={item.province}
                candidates={candidatesOf(item)}
                words={typed.words}
                chosen={typed.chosen}
                onType={(words) => change({ words })}
                onChoose={(chosen) => change({ chosen })}
                fault={wasTried && missing.household ? text.chooseOne : null}
              />
            )}
          </>
        )}
        {asksForDay(decision, item, typed) && (
          <BuddhistDateField
            label={item.kind === 'household' ? text.foundOn : text.otherDay}
            hint={text.otherDayHint}
            latest={today}
            defaultValue={typed.day === 'unreadable' ? null : typed.day}
            onChange={(next) => change({ day: next })}
            fault={wasTried && missing.day && typed.day !== 'unreadable' ? text.dayWhole : null}
          />
        )}
        <TextField
          label={text.reason}
          hint={isOver ? text.overReasonHint : isRecord ? text.recordReasonHint : text.asideReasonHint}
          maxLength={300}
          value={typed.reason}
          onChange={(reason) => change({ reason })}
          fault={wasTried && missing.reason ? reasonFault : null}
          onKeyDown={(event) => event.key === 'Enter' && send()}
        />
        {problem && <ProblemAlert problem={problem} />}
      </Stack>
    </Dialog>
  )

  function send() {
    setTried(true)
    if (write.isSending || standing.isFetching || Object.values(missing).some(Boolean)) return
    setStill(null)
    const over = isOver && standing.data ? standingOf(standing.data.entries, item.item) : null
    write.send(decisionOf(decision, item, typed, over))
  }
}
