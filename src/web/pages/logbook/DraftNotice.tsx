/** Forms of this household that were begun and not sent: go on with them, or throw them away and take that back. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { CaseView } from '../../../contract/logbook.ts'
import { type DraftMark, draftsOf, dropDraft, readDraft, writeDraft } from '../../drafts.ts'
import { usePerson } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { draftText } from '../../text/drafts.ts'
import { entryText } from '../../text/entry.ts'
import { useFormat } from '../../text/format.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { draftAddress } from './address.ts'
import { formKinds } from './typed.ts'

export function DraftNotice({ found }: { found: CaseView }) {
  const text = useText(draftText)
  const kinds = useText(entryText).kinds
  const format = useFormat()
  const person = usePerson()
  const [, navigate] = useLocation()
  const [drafts, setDrafts] = useState(() => draftsOf(person.id, found.id))
  const known = drafts.flatMap((draft) => {
    const address = draftAddress(found, draft.form, formKinds)
    return address === null ? [] : [{ draft, address }]
  })
  if (known.length === 0) return null
  return (
    <Notice title={text.waiting}>
      <ul className="draft-list">
        {known.map(({ draft, address }) => (
          <li key={draft.form}>
            <span>
              <strong>{nameOf(draft)}</strong> <span className="soft">{format.moment(draft.savedAt)}</span>
            </span>
            <span className="button-row">
              <LinkButton size="small" icon="edit" href={address}>
                {text.goOn}
              </LinkButton>
              <Button
                size="small"
                kind="quiet"
                aria-label={text.discardOf(nameOf(draft))}
                onPress={() => void discard(draft, address)}
              >
                {text.discard}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  )

  function nameOf({ form }: DraftMark): string {
    const kind = formKinds.find((one) => one === form)
    return kind ? kinds[kind] : kinds.correction
  }

  async function discard(draft: DraftMark, address: string) {
    const before = await readDraft(draft)
    dropDraft(draft)
    setDrafts(draftsOf(person.id, found.id))
    showToast({
      message: text.thrownAway,
      onUndo: () => {
        if (before) void writeDraft(draft, before.typed, new Date(before.savedAt)).then(() => navigate(address))
      },
    })
  }
}
