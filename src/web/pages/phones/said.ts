/** What an entry of a phone is to put into the logbook. Pure. */
import type { Said } from '../../../contract/logbook.ts'
import type { EntryDraft } from '../../../domain/logbook/entry.ts'

/** What is to stand in the logbook; null for a correction that takes an entry back. */
export function saidIn(entry: EntryDraft): Said | null {
  if (entry.kind !== 'correction') return { kind: entry.kind, content: entry.content } as Said
  const { replacement } = entry.content
  return replacement && ({ kind: replacement.kind, content: replacement.content } as Said)
}

export function photosIn(said: Said | null): number {
  return said !== null && 'photos' in said.content ? said.content.photos.length : 0
}

/** Photographs are stored for the household once the item is recorded, and cannot be shown before. */
export function withoutPhotos(said: Said): Said {
  return 'photos' in said.content ? ({ ...said, content: { ...said.content, photos: [] } } as Said) : said
}
