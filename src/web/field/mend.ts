/** How an item that could not be recorded is put right by its author. Pure. */
import type { EntryView } from '../../contract/logbook.ts'
import type { PhoneHousehold, PhoneItem } from '../../contract/sync.ts'
import type { Today } from '../offline/clock.ts'

export interface Mended {
  /** The day that was meant. */
  day: string
  /** Why a found household is none of those that it resembles. */
  reason: string
}

/** A correction speaks of the day of what it corrects, and is itself dated today at the latest. */
export function mended(content: PhoneItem, { day, reason }: Mended, today: Today): PhoneItem {
  if (content.kind === 'household') {
    const separateReason = reason.trim().length >= 3 ? reason.trim() : null
    return { ...content, foundOn: day, separateReason }
  }
  const { entry } = content
  if (entry.kind !== 'correction') return { ...content, entry: { ...entry, happenedOn: day } }
  const { replacement } = entry.content
  if (replacement === null) return { ...content, entry: { ...entry, happenedOn: day } }
  const happenedOn = !today.isSure ? day : entry.happenedOn > today.day ? today.day : entry.happenedOn
  const changed = { ...entry.content, replacement: { ...replacement, happenedOn: day } }
  return { ...content, entry: { ...entry, happenedOn, content: changed } }
}

/** The version that came before one's own correction, of the entry that both correct; null where the phone does not hold it. */
export function theirsOf(
  { recent }: Pick<PhoneHousehold, 'recent'>,
  content: PhoneItem,
): EntryView['versions'][number] | null {
  if (content.kind !== 'entry' || content.entry.kind !== 'correction') return null
  const { id } = content.entry
  const { corrects } = content.entry.content
  const corrected = recent.find(({ versions }) => versions.some((version) => version.id === corrects))
  const latest = corrected?.versions.find(({ counts }) => counts)
  return latest && latest.id !== corrects && latest.id !== id ? latest : null
}

/** The same correction, of the version that counts now. */
export function afterTheirs(content: PhoneItem, theirs: { id: string }): PhoneItem {
  if (content.kind !== 'entry' || content.entry.kind !== 'correction') return content
  return { ...content, entry: { ...content.entry, content: { ...content.entry.content, corrects: theirs.id } } }
}
