/** Taking an entry back: it stays readable and no longer counts. */
import { useState } from 'react'
import type { CaseView, EntryView } from '../../../contract/logbook.ts'
import { newId } from '../../new-id.ts'
import { useText } from '../../text/dictionary.ts'
import { householdText } from '../../text/household.ts'
import { logbookText } from '../../text/logbook.ts'
import { showToast } from '../../ui/Toast.tsx'
import { ReasonDialog } from '../households/ReasonDialog.tsx'
import { useProblemToast } from '../households/useProblemToast.ts'
import { useToday } from '../households/useToday.ts'
import type { Replacement } from '../../../domain/logbook/entry.ts'
import { householdOfEntry } from './address.ts'
import { useSend } from './useSend.ts'

export function TakeBack({ entry, found, onClose }: { entry: EntryView; found: CaseView; onClose: () => void }) {
  const text = useText(logbookText)
  const household = useText(householdText).page
  const today = useToday()
  const send = useSend(found)
  const tellProblem = useProblemToast()
  // Made once, so that sending again after a failure takes it back once.
  const [id] = useState(() => newId())
  const { said, happenedOn, latestId } = entry
  const at = householdOfEntry(found, entry)
  return (
    <ReasonDialog
      title={text.takeBackTitle}
      lead={text.takeBackLead}
      action={text.takeBack}
      kind="danger"
      onClose={onClose}
      onConfirm={async (reason) => {
        await send(correction(id, latestId, reason, null), at)
        showToast({ message: text.taken, onUndo: () => void bringBack().catch(tellProblem) })
      }}
    />
  )

  async function bringBack() {
    if (!said || said.kind === 'outcomeDecision') return
    await send(correction(newId(), id, household.undoReason, { ...said, happenedOn }), at)
    showToast({ message: text.broughtBack })
  }

  function correction(ownId: string, corrects: string, reason: string, replacement: Replacement) {
    return { id: ownId, kind: 'correction' as const, happenedOn: today, content: { corrects, reason, replacement } }
  }
}
