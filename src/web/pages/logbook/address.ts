/** Where the forms of a household's logbook stand; ids only, never what is written there. */
import type { HouseholdRef } from '../../../contract/households.ts'
import type { FormKind } from './typed.ts'

export interface RecordOptions {
  /** The problem that the entry is about. */
  problemId?: string
  /** Code of the catalogue item that is given, and for whom. */
  item?: string
  memberId?: string | null
}

export function recordAddress(
  { province, id }: HouseholdRef,
  kind: FormKind,
  { problemId, item, memberId }: RecordOptions = {},
): string {
  const query = new URLSearchParams()
  if (problemId) query.set('problem', problemId)
  if (item) query.set('item', item)
  if (memberId) query.set('member', memberId)
  const text = query.toString()
  return `/households/${province}/${id}/record/${kind}${text === '' ? '' : `?${text}`}`
}

export function correctAddress({ province, id }: HouseholdRef, entryId: string): string {
  return `/households/${province}/${id}/correct/${entryId}`
}

/**
 * The household at which a correction of an entry is recorded: where the entry was, so that both part together when a merge is
 * taken back.
 */
export function householdOfEntry(
  { province, id }: HouseholdRef,
  { fromHouseholdId }: { fromHouseholdId: string | null },
): HouseholdRef {
  return { province, id: fromHouseholdId ?? id }
}

/** The name under which the draft of a form is kept. */
export function draftForm(kind: FormKind, corrects: string | null): string {
  return corrects === null ? kind : `correct ${corrects}`
}

/** The form that a draft belongs to; null for one that this program does not know. */
export function draftAddress(household: HouseholdRef, form: string, kinds: readonly FormKind[]): string | null {
  const [, entryId] = /^correct (.+)$/.exec(form) ?? []
  if (entryId) return correctAddress(household, entryId)
  const kind = kinds.find((one) => one === form)
  return kind ? recordAddress(household, kind) : null
}
