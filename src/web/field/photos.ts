/**
 * Photographs of a form that is not saved yet: each a draft of its own, written once, so that a killed browser keeps them
 * and typing does not write them again. Drawn anew before they are kept: smaller, and without place and camera data.
 */
import type { HouseholdRef } from '../../contract/households.ts'
import type { Phone } from '../offline/phone.ts'
import { redrawPhoto } from '../pages/logbook/photo.ts'
import { forgetUnwritten, readKept } from './keep.ts'

/** As the logbook holds them with one entry. */
export const mostPhotos = 12

function nameOf(photoId: string): string {
  return `photo/${photoId}`
}

/** @throws Error when the file is no picture, or the phone has no room */
export async function keepPhoto(phone: Phone, file: Blob): Promise<string> {
  const jpeg = await redrawPhoto(file)
  const photoId = phone.newId()
  await phone.writeDraft(nameOf(photoId), await toText(jpeg))
  return photoId
}

/** As an address of data, for showing; null when it is gone. */
export async function photoAddress(phone: Phone, photoId: string): Promise<string | null> {
  const kept = await phone.draft(nameOf(photoId))
  return typeof kept === 'string' ? `data:image/jpeg;base64,${kept}` : null
}

export async function dropPhoto(phone: Phone, photoId: string): Promise<void> {
  await phone.dropDraft(nameOf(photoId))
}

/** A photograph that a form speaks of cannot be read any more: its person takes it out, or takes it again. */
export class PhotoGone extends Error {}

/** All of them, ready to be saved with their entries. @throws PhotoGone: an entry must not name what never comes */
export async function photosToSave(
  phone: Pick<Phone, 'draft'>,
  household: HouseholdRef,
  ids: readonly string[],
): Promise<{ id: string; household: HouseholdRef; jpeg: Blob }[]> {
  const photos = []
  for (const id of ids) {
    const kept = await phone.draft(nameOf(id))
    if (typeof kept !== 'string') throw new PhotoGone(id)
    photos.push({ id, household, jpeg: toBlob(kept) })
  }
  return photos
}

/** Throws a form away, with its photographs. */
export async function dropForm(phone: Phone, name: string): Promise<void> {
  const draft = await readKept(phone, name)
  forgetUnwritten(name)
  await phone.dropDraft(name)
  for (const id of photoIdsIn(draft)) await dropPhoto(phone, id)
}

/** A form names its photograph a moment after that is kept; another tab may be about to. */
const sweptAfterMs = 60 * 60 * 1000

/** Photographs that no form speaks of any more: the phone died between two writes. */
export async function sweepPhotos(phone: Pick<Phone, 'drafts' | 'draft' | 'dropDraft'>, nowMs: number): Promise<void> {
  const drafts = await phone.drafts()
  const names = drafts.map(({ name }) => name)
  const kept = drafts
    .filter(({ name, savedAt }) => name.startsWith('photo/') && nowMs - Date.parse(savedAt) >= sweptAfterMs)
    .map(({ name }) => name)
  if (kept.length === 0) return
  const used = new Set<string>()
  for (const name of names.filter((one) => !one.startsWith('photo/')))
    for (const id of photoIdsIn(await phone.draft(name))) used.add(nameOf(id))
  for (const name of kept) if (!used.has(name)) await phone.dropDraft(name)
}

/** Every list of photographs in a draft, however deep it stands. */
function photoIdsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) =>
    key === 'photos' && Array.isArray(part)
      ? part.filter((id): id is string => typeof id === 'string')
      : photoIdsIn(part),
  )
}

function toText(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve((reader.result as string).replace(/^[^,]*,/, '')))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')))
    reader.readAsDataURL(blob)
  })
}

function toBlob(base64: string): Blob {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  return new Blob([bytes], { type: 'image/jpeg' })
}
