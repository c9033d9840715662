/** What to record: opened by a key or the button, chosen by a letter or the arrows. */
import { type KeyboardEvent, useRef } from 'react'
import { useLocation } from 'wouter'
import type { HouseholdRef } from '../../../contract/households.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { logbookText } from '../../text/logbook.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { recordAddress } from './address.ts'
import { kindIcons } from './EntryTimeline.tsx'
import { type FormKind, formKinds } from './typed.ts'

/** By the place of the key, so that a Thai keyboard works the same: the letter that stands on it in Latin. */
export const kindLetters: Record<FormKind, string> = {
  visit: 'V',
  assessment: 'A',
  assistance: 'H',
  result: 'R',
  followUp: 'F',
  plan: 'P',
  relapse: 'B',
  hold: 'W',
  outcome: 'S',
}

export function RecordMenu({ household, onClose }: { household: HouseholdRef; onClose: () => void }) {
  const text = useText(logbookText)
  const kinds = useText(entryText).kinds
  const [, navigate] = useLocation()
  const list = useRef<HTMLUListElement>(null)
  const go = (kind: FormKind) => {
    onClose()
    navigate(recordAddress(household, kind))
  }
  return (
    <Dialog title={text.recordTitle} isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <p className="soft">{text.recordLead}</p>
      {/* The letters and arrows of the buttons inside. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul ref={list} className="record-kinds" onKeyDown={onKeyDown}>
        {formKinds.map((kind, index) => (
          <li key={kind}>
            <button
              type="button"
              className="record-kind"
              // The window opens to choose; its first choice is where the arrows start.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={index === 0}
              aria-keyshortcuts={kindLetters[kind]}
              onClick={() => go(kind)}
            >
              <kbd aria-hidden="true">{kindLetters[kind]}</kbd>
              <Icon name={kindIcons[kind]} />
              <span className="record-words">
                <span>{kinds[kind]}</span>
                <span className="record-hint">{text.recordOf[kind]}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const kind = formKinds.find((one) => event.code === `Key${kindLetters[one]}`)
    if (kind) {
      event.preventDefault()
      go(kind)
      return
    }
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((button) => button === document.activeElement)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: buttons.length - 1,
    }
    const next = steps[event.key]
    if (next === undefined) return
    event.preventDefault()
    buttons[(next + buttons.length) % buttons.length]?.focus()
  }
}
