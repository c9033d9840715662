/** Photographs of visits and evidence: kept whole and encrypted, shown to those who may read the household. */
import { createHash } from 'node:crypto'
import { mostBytesPerPhoto, type photoAdd } from '../../contract/logbook.ts'
import type { HouseholdRef } from '../../contract/households.ts'
import type { OutputOf } from '../../contract/route.ts'
import { Problem } from '../../domain/problem.ts'
import { holdHouseholds, keyText } from '../queries/case.ts'
import { findPhoto, insertPhoto, type StoredPhoto } from '../queries/photos.ts'
import { keyOfCase } from './case-change.ts'
import { requireAt, type ActionContext } from './context.ts'
import { householdAt, keyOf } from './household-change.ts'
import { placeOf } from './household-view.ts'

/** What a picture is by its first bytes, whatever its sender says; null for anything else. */
export function pictureType(bytes: Uint8Array): 'image/jpeg' | 'image/png' | 'image/webp' | null {
  const begins = (...expected: number[]) => expected.every((byte, index) => bytes[index] === byte)
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  const text = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  return text.startsWith('RIFF') && text.endsWith('WEBP') ? 'image/webp' : null
}

/**
 * Stores a photograph of a household, or says that this very one is stored.
 *
 * @param input.write puts the bytes on the disk; called at most once, while nobody else can store that photograph
 * @throws Problem tooLarge, notAPhotograph, sameIdOtherContent, notFound
 */
export async function addPhoto(
  context: ActionContext,
  input: HouseholdRef & { photoId: string; bytes: Uint8Array; write: () => Promise<void> },
): Promise<OutputOf<typeof photoAdd>> {
  const { tx, actor, now } = context
  const key = keyOf(input)
  const held = (await holdHouseholds(tx, [key])).get(keyText(key))
  requireAt(actor, 'logbook.record', held && placeOf(held.asked))
  const { asked, root } = held!
  const { bytes } = input
  if (bytes.length > mostBytesPerPhoto) throw new Problem('tooLarge', { limit: mostBytesPerPhoto })
  if (pictureType(bytes) === null) throw new Problem('notAPhotograph')
  const photo: StoredPhoto = {
    province_code: key.provinceCode,
    id: input.photoId,
    household_id: asked.id,
    // It is read with the logbook of the household that stayed.
    area_code: root.area_code,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest(),
    account_id: actor.userId,
    created_at: now,
  }
  const isNew = await insertPhoto(tx, photo)
  const known = isNew ? photo : await findPhoto(tx, keyOfCase(asked), input.photoId)
  if (!known || !Buffer.from(photo.sha256).equals(known.sha256)) throw new Problem('sameIdOtherContent')
  if (isNew) await input.write()
  await context.audit({
    action: 'photo.add',
    subjectKind: 'household',
    subjectId: asked.id,
    areaCode: asked.area_code,
    detail: { photo: input.photoId, bytes: bytes.length, ...(isNew ? {} : { again: true }) },
  })
  return { photoId: input.photoId, bytes: bytes.length, outcome: isNew ? 'recorded' : 'alreadyThere' }
}

/** A photograph that the person may see; that they looked is written down. @throws Problem notFound */
export async function showPhoto(
  context: ActionContext,
  input: HouseholdRef & { photoId: string },
): Promise<StoredPhoto> {
  const household = await householdAt(context, 'household.read', keyOf(input))
  const photo = await findPhoto(context.tx, keyOf(input), input.photoId)
  if (!photo) throw new Problem('notFound')
  await context.audit({
    action: 'photo.show',
    subjectKind: 'household',
    subjectId: household.id,
    areaCode: household.area_code,
    detail: { photo: photo.id },
  })
  return photo
}
