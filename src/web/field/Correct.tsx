/** Correcting an entry of one's own: what it said stands in the fields; the older version stays readable. */
import { useEffect, useState } from 'react'
import type { PhoneHouseholdView } from '../offline/phone.ts'
import type { EntryFaults } from '../pages/logbook/read.ts'
import { typedCorrection, type TypedContents, type TypedEntry } from '../pages/logbook/typed.ts'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { entryText } from '../text/entry.ts'
import { entryFormText } from '../text/entryForm.ts'
import { fieldText } from '../text/field.ts'
import { fieldFormText } from '../text/fieldForm.ts'
import { type CorrectDraft, type CorrectKind, entryToCorrect, readCorrection } from './correction.ts'
import { HappenedOn } from './DayField.tsx'
import { nameOfForm } from './forms.ts'
import { saveForm } from './save.ts'
import { KeptMark, type Saving, Unkept } from './KeptMark.tsx'
import { readKept, useKeeping } from './keep.ts'
import { known } from './known.ts'
import { Button, Notice, Screen, Spinner, TextInput, useFirstFault } from './parts.tsx'
import { useHousehold, usePhone } from './phone.tsx'
import { go, goBack } from './router.ts'
import { itemOf } from './visit/draft.ts'
import { HelpFields } from './visit/HelpFields.tsx'
import { PhotoStep } from './visit/PhotoStep.tsx'
import { ProblemsStep } from './visit/ProblemsStep.tsx'
import { ChangedStep, FourTStep, MetStep, NextStep, ResultStep, WordsStep } from './visit/steps.tsx'

export function Correct({ id, entryId }: { id: string; entryId: string }) {
  const phone = usePhone()
  const household = useHousehold(id)
  const common = useText(commonText)
  const text = useText(entryFormText)
  const [begun, setBegun] = useState<CorrectDraft | null>(null)
  const found = household && entryToCorrect(household, entryId)
  useEffect(() => {
    if (!found || begun) return
    let isCurrent = true
    void readKept(phone, nameOfForm({ kind: 'correct', id, entryId })).then((draft) => {
      if (!isCurrent) return
      const typed = typedCorrection(found.said, {
        happenedOn: found.happenedOn,
        latestId: found.latestId,
        id: phone.newId(),
        fourTVersion: known().fourT.version,
      }) as TypedEntry<CorrectKind>
      const photos = 'photos' in found.said.content ? found.said.content.photos : []
      setBegun((draft as CorrectDraft | null) ?? { typed, isTakenBack: false, before: photos })
    })
    return () => {
      isCurrent = false
    }
    // The entry is read anew with each sync; the form begins once.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [phone, found !== null && found !== undefined, begun, id, entryId])
  if (household === undefined || (found && !begun))
    return (
      <Screen title={common.loading}>
        <Spinner label={common.loading} />
      </Screen>
    )
  if (!household || !begun)
    return (
      <Screen title={text.entryGone}>
        <Button onPress={goBack}>{common.back}</Button>
      </Screen>
    )
  return (
    <CorrectForm
      household={household}
      entryId={entryId}
      begun={begun}
      onSaved={() => go({ page: 'saved', id: id }, { replace: true })}
    />
  )
}

function CorrectForm({
  household,
  entryId,
  begun,
  onSaved,
}: {
  household: PhoneHouseholdView
  entryId: string
  begun: CorrectDraft
  onSaved: () => void
}) {
  const phone = usePhone()
  const text = useText(fieldFormText)
  const desk = useText(entryFormText)
  const field = useText(fieldText)
  const words = useText(entryText)
  const [draft, setDraft] = useState(begun)
  const [faults, setFaults] = useState<EntryFaults | null>(null)
  const [state, setState] = useState<Saving>('typing')
  const name = nameOfForm({ kind: 'correct', id: household.id, entryId })
  const keeping = useKeeping(name, draft)
  useFirstFault(faults)
  const today = phone.today()
  const { typed } = draft
  const changeTyped = (changes: Partial<TypedEntry<CorrectKind>>) =>
    setDraft((before) => ({ ...before, typed: { ...before.typed, ...changes } }))

  async function save() {
    const read = readCorrection(draft, today)
    setFaults(read.faults)
    if (!read.draft) return
    setState('saving')
    const all = 'photos' in typed.content ? typed.content.photos : []
    const photoIds = all.filter((id) => !draft.before.includes(id))
    const items = [itemOf(household, read.draft)]
    setState(await saveForm({ phone, keeping, name, household, items, photoIds, onSaved }))
  }

  return (
    <Screen
      title={desk.correctTitle(words.kinds[typed.kind])}
      lead={text.correct.lead}
      top={
        <>
          <Button kind="quiet" icon="chevronLeft" onPress={() => void keeping.flush().then(goBack)}>
            {text.leave}
          </Button>
          <p className="whose">{household.headName ?? field.today.noName}</p>
        </>
      }
      actions={
        <>
          <KeptMark keeping={keeping} />
          <Button kind="primary" isBig isPending={state === 'saving'} onPress={() => void save()}>
            {state === 'saving' ? text.saving : text.save}
          </Button>
        </>
      }
    >
      <TextInput
        label={text.correct.reason}
        maxLength={300}
        value={typed.reason}
        fault={faults?.has('correctionReason') ? text.correct.reasonNeeded : null}
        onChange={(reason) => changeTyped({ reason })}
      />
      <button
        type="button"
        className="chip"
        aria-pressed={draft.isTakenBack}
        onClick={() => setDraft((before) => ({ ...before, isTakenBack: !before.isTakenBack }))}
      >
        {text.correct.takeBack}
      </button>
      {!draft.isTakenBack && (
        <>
          <HappenedOn
            day={typed.happenedOn}
            today={today}
            fault={faults?.has('happenedOn') ? text.day.notChosen : null}
            onDay={(happenedOn) => changeTyped({ happenedOn })}
          />
          {faults && [...faults.values()].includes('nothingSaid') && (
            <Notice tone="danger" title={desk.faults.nothingSaid} isLive />
          )}
          <ContentFields
            household={household}
            typed={typed}
            faults={faults}
            onContent={(change) =>
              setDraft((before) => ({
                ...before,
                typed: { ...before.typed, content: change(before.typed.content) } as TypedEntry<CorrectKind>,
              }))
            }
          />
        </>
      )}
      <Unkept saving={state} keeping={keeping} />
    </Screen>
  )
}

interface ContentFieldsProps {
  household: PhoneHouseholdView
  typed: TypedEntry<CorrectKind>
  faults: EntryFaults | null
  onContent: (change: (content: TypedContents[CorrectKind]) => TypedContents[CorrectKind]) => void
}

/** The screens of a visit, one under the other. */
function ContentFields({ household, typed, faults, onContent }: ContentFieldsProps) {
  const phone = usePhone()
  switch (typed.kind) {
    case 'visit': {
      const content = typed.content as TypedContents['visit']
      const change = (changes: Partial<TypedContents['visit']>) =>
        onContent((before) => ({ ...(before as TypedContents['visit']), ...changes }))
      return (
        <>
          <MetStep household={household} met={content.met} nobodyHome={false} onMet={(met) => change({ met })} />
          <ChangedStep household={household} seen={content.seen} onSeen={(seen) => change({ seen })} />
          <WordsStep words={content.words} onWords={(said) => change({ words: said })} />
          <NextStep
            day={content.nextOn}
            today={typed.happenedOn ?? phone.today().day}
            onDay={(nextOn) => change({ nextOn })}
          />
          <PhotoStep
            photos={content.photos}
            onPhotos={(photos) =>
              onContent((before) => {
                const visit = before as TypedContents['visit']
                return { ...visit, photos: photos(visit.photos) }
              })
            }
          />
        </>
      )
    }
    case 'assessment': {
      const content = typed.content as TypedContents['assessment']
      return (
        <>
          <ProblemsStep
            household={household}
            assessment={content}
            isSame={false}
            onAssessment={(assessment) => onContent(() => assessment)}
          />
          <FourTStep
            fourT={content.fourT}
            offered={known().fourT}
            onFourT={(fourT) => onContent((before) => ({ ...(before as TypedContents['assessment']), fourT }))}
          />
        </>
      )
    }
    case 'assistance':
      return (
        <HelpFields
          help={typed.content as TypedContents['assistance']}
          problems={household.case.problems}
          faults={faults}
          onHelp={(change) => onContent((before) => change(before as TypedContents['assistance']))}
        />
      )
    case 'result':
      return (
        <ResultStep
          household={household}
          results={(typed.content as TypedContents['result']).results}
          onResults={(results) => onContent(() => ({ results }))}
        />
      )
  }
}
