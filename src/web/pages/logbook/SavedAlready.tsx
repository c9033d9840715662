/** The first sending arrived after all, and the text was changed since: what is new becomes a correction. */
import { useLocation } from 'wouter'
import { writeDraft } from '../../drafts.ts'
import { newId } from '../../new-id.ts'
import { useText } from '../../text/dictionary.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { correctAddress, draftForm } from './address.ts'
import type { Scene } from './forms/fields.ts'
import type { TypedEntry } from './typed.ts'

export interface SavedAlreadyProps {
  scene: Scene
  typed: TypedEntry
  accountId: string
  /** The draft of the first form is no longer needed. */
  onMoved: () => void
}

export function SavedAlready({ scene, typed, accountId, onMoved }: SavedAlreadyProps) {
  const text = useText(entryFormText).sameId
  const [, navigate] = useLocation()
  return (
    <Notice
      tone="attention"
      isLive
      title={text.title}
      actions={
        <Button size="small" kind="primary" onPress={() => void move()}>
          {text.go}
        </Button>
      }
    >
      {text.lead}
    </Notice>
  )

  async function move() {
    const { household } = scene
    const correction: TypedEntry = { ...typed, id: newId(), corrects: typed.id, reason: text.reason }
    const form = draftForm(typed.kind, typed.id)
    await writeDraft({ accountId, province: household.province, householdId: household.id, form }, correction)
    onMoved()
    navigate(correctAddress(household, typed.id))
  }
}
