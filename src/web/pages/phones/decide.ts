/** What a person decides about an item that could not be recorded, as typed and as sent. */
import type { HouseholdRow } from '../../../contract/households.ts'
import type { EntryView } from '../../../contract/logbook.ts'
import type { PhoneItem, Unfiled } from '../../../contract/sync.ts'
import type { PartialDate } from '../../ui/BuddhistDateField.tsx'

export type Decision = 'record' | 'setAside'

export interface Typed {
  /** Null leaves it with the household that its author named; for a found one, makes it new. */
  isOther: boolean
  chosen: HouseholdRow | null
  words: string
  day: PartialDate | null | 'unreadable'
  reason: string
}

/** The day that an item speaks of; null where it cannot be read. */
export function dayOfItem(item: PhoneItem | null): string | null {
  if (item === null) return null
  if (item.kind === 'household') return item.foundOn
  const { entry } = item
  return entry.kind === 'correction' ? (entry.content.replacement?.happenedOn ?? null) : entry.happenedOn
}

type EntryDraft = Extract<PhoneItem, { kind: 'entry' }>['entry']

export function correctionOf(item: PhoneItem | null): Extract<EntryDraft, { kind: 'correction' }> | null {
  return item?.kind === 'entry' && item.entry.kind === 'correction' ? item.entry : null
}

/** Whether it is a correction against which stands, as was told with it or just now, that another one came first. */
export function isCrossed({ item, problem }: Pick<Unfiled, 'item' | 'problem'>, toldNow: string | null = null) {
  return correctionOf(item) !== null && [problem, toldNow].includes('correctedMeanwhile')
}

/** The version that counts now of the entry that it corrects; null where this logbook does not hold it. */
export function standingOf(
  entries: readonly EntryView[],
  item: PhoneItem | null,
): EntryView['versions'][number] | null {
  const corrects = correctionOf(item)?.content.corrects
  const corrected = entries.find(({ versions }) => versions.some(({ id }) => id === corrects))
  return corrected?.versions.find(({ counts }) => counts) ?? null
}

export function nothingTyped({ item }: Unfiled): Typed {
  const day = dayOfItem(item)
  return {
    isOther: false,
    chosen: null,
    words: '',
    day: day === null ? null : { date: day, precision: 'day' },
    reason: '',
  }
}

/** Whether a day is asked for: of something readable that is to be recorded, not of a household that is there already. */
export function asksForDay(decision: Decision, { item }: Pick<Unfiled, 'item'>, { isOther }: Pick<Typed, 'isOther'>) {
  return decision === 'record' && dayOfItem(item) !== null && !(item?.kind === 'household' && isOther)
}

const shortestReason = 3

export interface Missing {
  household: boolean
  day: boolean
  reason: boolean
}

export function missingOf(decision: Decision, item: Pick<Unfiled, 'item'>, typed: Typed): Missing {
  return {
    household: decision === 'record' && typed.isOther && typed.chosen === null,
    day: asksForDay(decision, item, typed) && wholeDay(typed.day) === null,
    reason: typed.reason.trim().length < shortestReason,
  }
}

/** What is sent; only what differs from what the author said is named. `over` is the version that the person saw beside it. */
export function decisionOf(decision: Decision, item: Unfiled, typed: Typed, over: { id: string } | null = null) {
  const day = wholeDay(typed.day)
  const isRecord = decision === 'record'
  return {
    province: item.province,
    itemId: item.itemId,
    decision,
    householdId: isRecord && typed.isOther ? (typed.chosen?.id ?? null) : null,
    happenedOn: asksForDay(decision, item, typed) && day !== dayOfItem(item.item) ? day : null,
    overVersion: isRecord ? (over?.id ?? null) : null,
    reason: typed.reason.trim(),
  }
}

function wholeDay(value: Typed['day']): string | null {
  return value !== null && value !== 'unreadable' && value.precision === 'day' ? value.date : null
}
