/** The form of one entry, new or corrected: typed, kept as a draft, checked, sent, and sent again without doubling. */
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { logbookRecord } from '../../../contract/logbook.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { ask, problemOf } from '../../api.ts'
import { usePerson } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { draftText } from '../../text/drafts.ts'
import { entryText } from '../../text/entry.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { useFormat } from '../../text/format.ts'
import { Button, ButtonRow, LinkButton } from '../../ui/Button.tsx'
import { FaultSummary, Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { householdAddress } from '../households/address.ts'
import { draftForm, householdOfEntry } from './address.ts'
import { Conflict } from './Conflict.tsx'
import { DayField } from './forms/DayField.tsx'
import { EntryFields } from './forms/EntryFields.tsx'
import type { Scene } from './forms/fields.ts'
import { type PhotoSending, PhotosOnTheirWay } from './forms/photosOnTheirWay.ts'
import { isUntouched, readEntry } from './read.ts'
import type { TypedEntry } from './typed.ts'
import { caseKey } from './useCase.ts'
import { useDraft } from './useDraft.ts'
import { type FieldWords, useEntryFaults } from './useEntryFaults.ts'
import { useFormKeys } from './useFormKeys.ts'
import { SavedAlready } from './SavedAlready.tsx'

const noFaults: FieldWords = new Map()
/** Of these the form says more than the sentence of the problem. */
const toldInForm = new Set(['sameIdOtherContent', 'correctedMeanwhile'])

export interface EntryFormProps {
  scene: Scene
  begin: () => TypedEntry
  /** The entry that is corrected; null for a new one. */
  corrects: string | null
}

export function EntryForm({ scene, begin, corrects }: EntryFormProps) {
  const form = useText(entryFormText)
  const kinds = useText(entryText).kinds
  const drafts = useText(draftText)
  const person = usePerson()
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const faultWords = useEntryFaults()
  const [faults, setFaults] = useState<FieldWords>(noFaults)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const [isSending, setSending] = useState(false)
  const [photos, setPhotos] = useState<PhotoSending>('sent')
  // Saving waits for photographs that are on their way, and is left to the person when one was refused.
  const [isWaiting, setWaiting] = useState(false)
  const box = useRef<HTMLFormElement>(null)
  const kind = useState(() => begin().kind)[0]
  const place = {
    accountId: person.id,
    ...scene.household,
    householdId: scene.household.id,
    form: draftForm(kind, corrects),
  }
  const kept = useDraft<TypedEntry>(place, begin, isUntouched)
  const { typed } = kept
  const home = householdAddress(scene.household)
  useFormKeys({ onSave: () => void send(), onLeave: () => navigate(home) })
  useFocusOnFirst(box, typed !== null, kept.round)
  const saveAfterPhotos = useEffectEvent(() => void send())
  useEffect(() => {
    if (isWaiting && photos === 'sent') saveAfterPhotos()
  }, [isWaiting, photos])
  if (!typed) return null

  const entry = typed
  const what = kinds[entry.kind]
  const latest = corrects === null ? null : (scene.found.entries.find(({ id }) => id === corrects) ?? null)
  const wasCorrected = latest !== null && latest.latestId !== entry.corrects
  return (
    <form
      ref={box}
      className="form entry-form"
      noValidate
      aria-label={corrects === null ? what : form.correctTitle(what)}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <FaultSummary faults={faultWords.summary(faults)} />
      {kept.restoredAt && <Restored at={kept.restoredAt} onThrowAway={throwAway} />}
      {wasCorrected && (
        <Conflict
          scene={scene}
          latest={latest}
          onKeepMine={() => kept.replace({ ...entry, corrects: latest.latestId })}
          onTakeTheirs={throwAway}
        />
      )}
      {problem?.problem === 'sameIdOtherContent' && (
        <SavedAlready scene={scene} typed={entry} accountId={person.id} onMoved={kept.forget} />
      )}
      {problem && !toldInForm.has(problem.problem) && faults.size === 0 && (
        <ProblemAlert
          problem={problem}
          actions={
            problem.problem === 'noAnswer' && (
              <Button size="small" onPress={() => void send()}>
                {form.save(what)}
              </Button>
            )
          }
        />
      )}
      <DayField
        key={`day ${kept.round}`}
        label={form.happenedOn}
        hint={form.happenedOnHint}
        name="happenedOn"
        latest={scene.today}
        day={entry.happenedOn}
        onDay={(happenedOn) => kept.change({ ...entry, happenedOn })}
        fault={faults.get('happenedOn')}
      />
      <PhotosOnTheirWay value={photosAre}>
        <EntryFields
          key={`fields ${kept.round}`}
          scene={scene}
          typed={entry}
          onContent={(content) => kept.change({ ...entry, content })}
          faultOf={(field) => faults.get(field) ?? null}
        />
      </PhotosOnTheirWay>
      {corrects !== null && (
        <TextField
          label={form.reason}
          hint={form.reasonHint}
          name="correctionReason"
          value={entry.reason}
          maxLength={300}
          onChange={(reason) => kept.change({ ...entry, reason })}
          fault={faults.get('correctionReason')}
        />
      )}
      <div className="entry-foot">
        <ButtonRow>
          <Button type="submit" kind="primary" icon="check" isPending={isSending || isWaiting}>
            {form.save(what)}
          </Button>
          <LinkButton href={home}>{form.back}</LinkButton>
        </ButtonRow>
        <p className="entry-keys soft">{form.saveKeys}</p>
        <KeptMark kept={kept.kept} />
      </div>
    </form>
  )

  function photosAre(state: PhotoSending) {
    setPhotos(state)
    if (state === 'refused') setWaiting(false)
  }

  function throwAway() {
    const bringBack = kept.throwAway()
    setFaults(noFaults)
    setProblem(null)
    showToast({ message: drafts.thrownAway, onUndo: bringBack })
  }

  async function send() {
    if (!typed || isSending) return
    if (photos === 'sending') {
      setWaiting(true)
      return
    }
    setWaiting(false)
    const reading = readEntry(typed, scene.today)
    setProblem(null)
    if (reading.draft === null) {
      setFaults(new Map(faultWords.ofFaults(reading.faults)))
      return
    }
    setFaults(noFaults)
    setSending(true)
    try {
      const at = latest ? householdOfEntry(scene.household, latest) : scene.household
      const answer = await ask(logbookRecord, { ...at, entry: reading.draft, withCase: true })
      kept.forget()
      const isHere = answer.household.id === scene.household.id
      if (answer.case && isHere) queries.setQueryData(caseKey(scene.household), answer.case)
      else void queries.invalidateQueries({ queryKey: caseKey(scene.household) })
      for (const key of ['household.list', 'progress', 'worklist'])
        void queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(key) })
      showToast({
        message:
          answer.outcome === 'alreadyThere'
            ? form.alreadySaved
            : isHere
              ? form.saved(kinds[typed.kind])
              : form.savedToOther,
      })
      navigate(home)
    } catch (error) {
      const told = problemOf(error)
      setProblem(told)
      if (!toldInForm.has(told.problem)) setFaults(faultWords.ofProblem(told, typed))
      setSending(false)
      if (toldInForm.has(told.problem)) void queries.invalidateQueries({ queryKey: caseKey(scene.household) })
    }
  }
}

function Restored({ at, onThrowAway }: { at: string; onThrowAway: () => void }) {
  const text = useText(draftText)
  const format = useFormat()
  return (
    <Notice
      isLive
      title={text.restored(format.moment(at))}
      actions={
        <Button size="small" icon="undo" onPress={onThrowAway}>
          {text.throwAway}
        </Button>
      }
    />
  )
}

function KeptMark({ kept }: { kept: { at: string; isOnDevice: boolean } | null }): ReactNode {
  const text = useText(draftText)
  const format = useFormat()
  if (!kept) return null
  return <p className="entry-keys soft">{kept.isOnDevice ? text.kept(format.moment(kept.at)) : text.keptInMemory}</p>
}

/** Whoever opened the form by a key goes on typing at once: past the day, which is right already, into the first field. */
function useFocusOnFirst(box: { current: HTMLFormElement | null }, isReady: boolean, round: number) {
  useEffect(() => {
    if (!isReady) return
    const fields = box.current?.querySelectorAll<HTMLElement>('input:not([type=hidden]), textarea, select, button')
    const first = [...(fields ?? [])].find((field) => !field.closest('.date-field, .notice'))
    // After the frame has put the focus at the beginning of the page.
    const timer = setTimeout(() => first?.focus(), 0)
    return () => clearTimeout(timer)
  }, [box, isReady, round])
}
