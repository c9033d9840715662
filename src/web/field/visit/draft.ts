/**
 * A visit while it is being logged: plain JSON, so that a draft can hold it with the screen it stands on, and what it
 * becomes when it is saved. The contents are those of the desk's forms (pages/logbook/typed.ts). Pure.
 */
import type { HouseholdRef } from '../../../contract/households.ts'
import type { PhoneHousehold, PhoneItem } from '../../../contract/sync.ts'
import type { EntryDraft } from '../../../domain/logbook/entry.ts'
import { readEntry, type EntryFaults } from '../../pages/logbook/read.ts'
import { beginEntry, isDay, type TypedContents, type TypedEntry } from '../../pages/logbook/typed.ts'

/** In the order in which they are asked. */
export const visitSteps = [
  'met',
  'changed',
  'problems',
  'fourT',
  'help',
  'result',
  'photos',
  'place',
  'words',
  'next',
  'summary',
] as const
export type VisitStep = (typeof visitSteps)[number]

/** The kinds of entries that a visit becomes, in the order in which they are recorded. */
export const visitKinds = ['visit', 'assessment', 'assistance', 'result'] as const
export type VisitKind = (typeof visitKinds)[number]

/** An assistance before the giver and the thing are known. */
export type TypedHelp = TypedContents['assistance']

export interface VisitDraft {
  form: 'visit'
  household: HouseholdRef
  /** Where it goes on. */
  step: VisitStep
  happenedOn: string | null
  /** Made once, so that saving again after a failure saves once. */
  ids: Record<VisitKind, string>
  nobodyHome: boolean
  visit: TypedContents['visit']
  assessment: TypedContents['assessment']
  /** As the assessment stood when the visit began: only what was changed is recorded. */
  begun: TypedContents['assessment']
  help: TypedHelp | null
  result: TypedContents['result']
  /** They were asked, and the problems are those that were known. */
  sameProblems: boolean
  /** Why something was not asked. */
  why: string
}

export interface VisitBeginning {
  household: PhoneHousehold
  /** Null when the clock is not to be trusted: the person is asked. */
  today: string | null
  fourTVersion: number
  newId: () => string
}

export function beginVisit({ household, today, fourTVersion, newId }: VisitBeginning): VisitDraft {
  const from = { today: today ?? '', state: household.case, fourTVersion, newId }
  const assessment = beginEntry('assessment', from).content
  // A row to fill in is for a wide screen; here a problem begins with a button.
  if (household.case.problems.length === 0) assessment.problems = []
  return {
    form: 'visit',
    household: { province: household.province, id: household.id },
    step: 'met',
    happenedOn: today,
    ids: { visit: newId(), assessment: newId(), assistance: newId(), result: newId() },
    nobodyHome: false,
    visit: beginEntry('visit', from).content,
    assessment,
    begun: assessment,
    help: null,
    result: beginEntry('result', from).content,
    sameProblems: false,
    why: '',
  }
}

export function beginHelp({ household, today, fourTVersion, newId }: VisitBeginning): TypedHelp {
  return beginEntry('assistance', { today: today ?? '', state: household.case, fourTVersion, newId }).content
}

/** The screens of this visit: nothing is asked of problems that are not there. */
export function stepsOf(draft: VisitDraft): VisitStep[] {
  return visitSteps.filter((step) => step !== 'result' || draft.result.results.length > 0)
}

const isSaid = (text: string) => text.trim() !== ''

/** Whether a screen was answered; what was not is named as skipped. */
export function isAnswered(draft: VisitDraft, step: VisitStep): boolean {
  const { visit, assessment, begun } = draft
  switch (step) {
    case 'met':
      return draft.nobodyHome || visit.met.memberIds.length > 0 || isSaid(visit.met.others)
    case 'changed':
      return isSaid(visit.seen)
    case 'problems':
      return (
        draft.sameProblems ||
        !isSame(assessment.problems, begun.problems) ||
        assessment.noProblem ||
        (assessment.health ?? []).length > 0
      )
    case 'fourT':
      return !isSame(assessment.fourT, begun.fourT)
    case 'help':
      return draft.help !== null
    case 'result':
      return draft.result.results.some(({ result }) => result !== null)
    case 'photos':
      return visit.photos.length > 0
    case 'place':
      return visit.place !== null
    case 'words':
      return isSaid(visit.words)
    case 'next':
      return isDay(visit.nextOn)
    case 'summary':
      return true
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** What a reader of the logbook should know was not asked; photographs and a place are not questions. */
const askedSteps: readonly VisitStep[] = ['changed', 'problems', 'fourT', 'result', 'words']

export function skippedSteps(draft: VisitDraft): VisitStep[] {
  if (draft.nobodyHome) return []
  return stepsOf(draft).filter((step) => askedSteps.includes(step) && !isAnswered(draft, step))
}

/** Words for what the draft itself does not say, in the language of the screen. */
export interface VisitWords {
  nobodySeen: string
  stepNames: Record<VisitStep, string>
}

export interface VisitReading {
  items: PhoneItem[]
  /** Screens that must be put right before saving, with the fields at fault. */
  faults: { step: VisitStep; fields: EntryFaults }[]
}

const stepOfKind: Record<VisitKind, VisitStep> = {
  visit: 'met',
  assessment: 'problems',
  assistance: 'help',
  result: 'result',
}

/** The entries that a visit becomes, in order; or the screens that are not ready. */
export function readVisit(draft: VisitDraft, today: string, words: VisitWords): VisitReading {
  const typed: TypedEntry[] = [entryOf(draft, 'visit', visitContent(draft, words))]
  // That the problems are still the same is worth an assessment too: it restates them as of this day.
  const isRestated = draft.sameProblems && draft.assessment.problems.length > 0
  if (isRestated || !isSame(draft.assessment, draft.begun)) typed.push(entryOf(draft, 'assessment', draft.assessment))
  if (draft.help) typed.push(entryOf(draft, 'assistance', withoutUnknown(draft)))
  if (draft.result.results.some(({ result }) => result !== null)) typed.push(entryOf(draft, 'result', draft.result))
  const items: PhoneItem[] = []
  const faults: VisitReading['faults'] = []
  for (const entry of typed) {
    const read = readEntry(entry, today)
    if (read.draft) items.push(itemOf(draft.household, read.draft))
    else faults.push({ step: stepOfKind[entry.kind as VisitKind], fields: read.faults })
  }
  return { items: faults.length > 0 ? [] : items, faults }
}

export function itemOf(household: HouseholdRef, entry: EntryDraft): PhoneItem {
  return { kind: 'entry', household: { province: household.province, id: household.id }, entry }
}

function entryOf<Kind extends VisitKind>(
  draft: VisitDraft,
  kind: Kind,
  content: TypedContents[Kind],
): TypedEntry<Kind> {
  return { id: draft.ids[kind], kind, happenedOn: draft.happenedOn, content, corrects: null, reason: '' }
}

function visitContent(draft: VisitDraft, words: VisitWords): TypedContents['visit'] {
  const { visit, nobodyHome, why } = draft
  const skipped = skippedSteps(draft).map((step) => words.stepNames[step])
  const said = [skipped.join(', '), why.trim()].filter((part) => part !== '').join(' – ')
  return {
    ...visit,
    met: nobodyHome ? { memberIds: [], others: '' } : visit.met,
    seen: nobodyHome && !isSaid(visit.seen) ? words.nobodySeen : visit.seen,
    skipped: said,
  }
}

/** Help may be meant for a problem that was taken out again. */
function withoutUnknown({ help, assessment, result }: VisitDraft): TypedHelp {
  const known = new Set(
    [...assessment.problems, ...result.results.map(({ problemId }) => ({ id: problemId }))].map(({ id }) => id),
  )
  return { ...(help as TypedHelp), problemIds: (help as TypedHelp).problemIds.filter((id) => known.has(id)) }
}
