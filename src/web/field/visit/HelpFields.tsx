/** Help that was handed over: what, who gave it, its worth, for which problems, and the proof. */
import { useState } from 'react'
import { giverKinds } from '../../../domain/logbook/entry.ts'
import type { EntryFaults } from '../../pages/logbook/read.ts'
import type { TypedProblem } from '../../pages/logbook/typed.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { fieldFormText } from '../../text/fieldForm.ts'
import { Button, Choices, TextInput } from '../parts.tsx'
import type { TypedHelp } from './draft.ts'
import { PhotoStep } from './PhotoStep.tsx'
import { Signature } from './Signature.tsx'

export interface HelpFieldsProps {
  help: TypedHelp
  /** Those it may be meant for. */
  problems: readonly Pick<TypedProblem, 'id' | 'problem'>[]
  onHelp: (change: (help: TypedHelp) => TypedHelp) => void
  faults: EntryFaults | null
}

export function HelpFields({ help, problems, onHelp, faults }: HelpFieldsProps) {
  const text = useText(fieldFormText).help
  const desk = useText(entryFormText)
  const words = useText(entryText)
  const [isSigning, setSigning] = useState(false)
  const [giver] = help.givers
  const changeGiver = (changes: Partial<TypedHelp['givers'][number]>) =>
    onHelp((before) => ({
      ...before,
      givers: before.givers.map((one, index) => (index === 0 ? { ...one, ...changes } : one)),
    }))
  return (
    <>
      <TextInput
        label={desk.assistance.what}
        maxLength={300}
        value={help.what}
        fault={faults?.has('what') ? text.whatNeeded : null}
        onChange={(what) => onHelp((before) => ({ ...before, what }))}
      />
      <TextInput
        label={desk.assistance.giverName}
        maxLength={120}
        value={giver?.name ?? ''}
        fault={faults && [...faults.keys()].some((field) => field.startsWith('givers')) ? text.giverNeeded : null}
        onChange={(name) => changeGiver({ name })}
      />
      <Choices
        label={desk.assistance.giverKind}
        isCompact
        options={giverKinds.map((id) => ({ id, label: words.giverKinds[id] }))}
        value={giver ? [giver.kind] : []}
        onChange={([id]) => changeGiver({ kind: giverKinds.find((one) => one === id) ?? 'other' })}
      />
      <TextInput
        label={text.value}
        inputMode="numeric"
        maxLength={12}
        value={help.value === null ? '' : String(help.value)}
        fault={faults?.has('value') ? desk.faults.outOfRange : null}
        onChange={(typed) => {
          const digits = typed.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50)).replace(/\D/g, '')
          onHelp((before) => ({ ...before, value: digits === '' ? null : Number(digits.slice(0, 10)) }))
        }}
      />
      {problems.length > 0 && (
        <Choices
          label={desk.assistance.forProblems}
          isMany
          options={problems.map(({ id, problem }) => ({ id, label: problem }))}
          value={help.problemIds}
          onChange={(problemIds) => onHelp((before) => ({ ...before, problemIds }))}
        />
      )}
      <section>
        <h2>{text.proof}</h2>
        {isSigning ? (
          <Signature
            onLeave={() => setSigning(false)}
            onSigned={(photoId) => {
              setSigning(false)
              onHelp((before) => ({
                ...before,
                photos: [...before.photos, photoId],
                evidence: [before.evidence, text.signed].filter(Boolean).join(' · '),
              }))
            }}
          />
        ) : (
          <Button icon="edit" onPress={() => setSigning(true)}>
            {text.sign}
          </Button>
        )}
        <PhotoStep
          photos={help.photos}
          takeLabel={text.photo}
          onPhotos={(change) => onHelp((before) => ({ ...before, photos: change(before.photos) }))}
        />
      </section>
      <TextInput
        label={desk.assistance.evidence}
        hint={desk.assistance.evidenceHint}
        maxLength={2000}
        value={help.evidence}
        onChange={(evidence) => onHelp((before) => ({ ...before, evidence }))}
      />
    </>
  )
}
