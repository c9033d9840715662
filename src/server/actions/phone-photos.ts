/**
 * Photographs from phones: they come sealed and in pieces, and are stored like one from a desk once they are whole. One
 * whose household is not in the registry, or out of its author's reach, is kept whole until that is decided.
 */
import type { InputOf, OutputOf } from '../../contract/route.ts'
import {
  mostBytesPerPhotoPiece,
  type PhoneItem,
  type syncPhotoPiece,
  type syncPhotoStart,
} from '../../contract/sync.ts'
import type { Actor } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { inSavepoint } from '../db/transaction.ts'
import { newId } from '../ids.ts'
import { findDevice, lockDevice, type StoredDevice } from '../queries/devices.ts'
import {
  changeSealedPhoto,
  findSealedPhoto,
  holdSealedPhoto,
  lockHeldPhotos,
  type SealedPhoto,
} from '../queries/sealed-photos.ts'
import { filedFor } from '../queries/unfiled.ts'
import { openSealed } from '../sealing.ts'
import { createActionRun, type ActionContext } from './context.ts'
import { areaOfDevice, dataKeyOf } from './devices.ts'
import { provinceText } from './household-view.ts'
import { addPhoto } from './photos.ts'
import { authorOf, type Filed } from './unfiled.ts'

const nonceBytes = 12

/** Where the bytes lie; what is stored is the handlers' to know. */
export interface PhotoFiles {
  /** A file for pieces, empty. */
  begin(fileId: string): Promise<void>
  /** On the disk when it returns. */
  write(fileId: string, offset: number, bytes: Uint8Array): Promise<void>
  read(fileId: string, bytes: number): Promise<Uint8Array>
  /** Removes a file of pieces after the commit. */
  removeLater(fileId: string): void
  /** Stores a photograph that was opened, as one from a desk. */
  store(photoId: string, bytes: Uint8Array): Promise<void>
}

/** From where a photograph is to be sent on. @throws Problem deviceUnknown, deviceRevoked for one's own that is wiped */
export async function startPhoto(
  context: ActionContext,
  input: InputOf<typeof syncPhotoStart>,
): Promise<OutputOf<typeof syncPhotoStart>> {
  await carriedDevice(context, input.deviceId)
  const photo = await findSealedPhoto(context.tx, input.deviceId, input.photoId)
  if (!photo || (photo.completed_at === null && photo.bytes !== input.bytes)) return { received: 0, complete: false }
  return progressOf(photo)
}

function progressOf(photo: SealedPhoto) {
  return { received: photo.received, complete: photo.completed_at !== null }
}

/** One's own phone, also while it rescues what it has before it wipes itself; or one that somebody carries, whatever became of it. */
async function carriedDevice({ tx, actor }: ActionContext, id: string, lock = false): Promise<StoredDevice> {
  const device = lock ? await lockDevice(tx, id) : await findDevice(tx, id)
  if (!device) throw new Problem('deviceUnknown')
  if (device.account_id === actor.userId && device.state === 'wiped') throw new Problem('deviceRevoked')
  return device
}

/**
 * Takes a piece. One that is stored already is not stored again; the last one completes the photograph.
 *
 * @throws Problem uploadOutOfOrder with `received`, tooLarge, uploadChecksumMismatch when it does not open a second time,
 *   and those of storing it
 */
export async function takePiece(
  context: ActionContext,
  input: InputOf<typeof syncPhotoPiece> & { piece: Uint8Array; files: PhotoFiles },
): Promise<OutputOf<typeof syncPhotoPiece>> {
  const { tx, now } = context
  const { piece, files, offset } = input
  // What its entry becomes is decided before or after this, never beside it: else both would wait for the other.
  const device = await carriedDevice(context, input.deviceId, true)
  if (piece.length > mostBytesPerPhotoPiece)
    throw new Problem('tooLarge', { reason: 'piece', limit: mostBytesPerPhotoPiece })
  const photo = await held(context, input)
  const trace = (detail: Record<string, number | boolean | string>) =>
    context.audit({
      action: 'sync.photoPiece',
      subjectKind: 'device',
      subjectId: device.id,
      areaCode: areaOfDevice(device),
      detail: { photo: photo.photo_id, offset, ...detail },
    })
  const end = offset + piece.length
  if (photo.completed_at !== null) {
    await trace({ again: true })
    return progressOf(photo)
  }
  if (offset > photo.received) throw new Problem('uploadOutOfOrder', { received: photo.received, offset })
  if (end > photo.bytes) throw new Problem('tooLarge', { reason: 'upload', limit: photo.bytes })
  if (end > photo.received) await files.write(photo.file_id, photo.received, piece.subarray(photo.received - offset))
  const received = Math.max(photo.received, end)
  if (received < photo.bytes) {
    await changeSealedPhoto(tx, photo, { received, updated_at: now })
    await trace({ bytes: received - photo.received })
    return { received, complete: false }
  }
  const opened = await open(context, device, photo, files)
  if (opened === null) {
    if (photo.failures > 0) throw new Problem('uploadChecksumMismatch')
    // A piece may have been spoilt on the way: once more from the first byte.
    await changeSealedPhoto(tx, photo, { received: 0, failures: 1, updated_at: now })
    await trace({ failed: true })
    return { received: 0, complete: false }
  }
  const author = device.account_id === context.actor.userId ? context.actor : await authorOf(context, device.account_id)
  const isFiled =
    (await file({ ...context, actor: author }, photo, opened, files, photo.household_id)) ||
    (await fileWhereDecided(context, author, photo, opened, files))
  await changeSealedPhoto(tx, photo, {
    received,
    completed_at: now,
    filed_at: isFiled ? now : null,
    updated_at: now,
  })
  // Stored, it left the trace of a photograph.
  if (!isFiled) await trace({ bytes: received - photo.received, held: true })
  return { received, complete: true }
}

/** The row of the photograph, with an empty file where it begins, or begins anew with another length. */
async function held(
  { tx, now }: ActionContext,
  input: InputOf<typeof syncPhotoPiece> & { files: PhotoFiles },
): Promise<SealedPhoto> {
  const place = { province_code: Number(input.province), household_id: input.householdId, bytes: input.bytes }
  const { photo, isNew } = await holdSealedPhoto(tx, {
    ...{ device_id: input.deviceId, photo_id: input.photoId, file_id: newId() },
    ...place,
    created_at: now,
    updated_at: now,
  })
  if (isNew) await input.files.begin(photo.file_id)
  if (photo.completed_at !== null) return photo
  const isOther = photo.bytes !== input.bytes
  const change = { ...place, ...(isOther ? { received: 0 } : {}) }
  await changeSealedPhoto(tx, photo, change)
  return { ...photo, ...change }
}

async function open(
  { secrets }: ActionContext,
  device: StoredDevice,
  photo: SealedPhoto,
  files: PhotoFiles,
): Promise<Buffer | null> {
  const sealed = Buffer.from(await files.read(photo.file_id, photo.bytes))
  const name = `${device.id}/${photo.photo_id}`
  return openSealed(dataKeyOf(secrets, device), sealed.subarray(0, nonceBytes), sealed.subarray(nonceBytes), name)
}

/** Stores a photograph under its author's name. @returns false when its household cannot be reached */
async function file(
  context: ActionContext,
  photo: SealedPhoto,
  bytes: Uint8Array,
  files: PhotoFiles,
  householdId: string,
): Promise<boolean> {
  const photoId = photo.photo_id
  const ref = { province: provinceText(photo.province_code), id: householdId }
  try {
    await inSavepoint(context.tx, () =>
      addPhoto(context, { ...ref, photoId, bytes, write: () => files.store(photoId, bytes) }),
    )
  } catch (error) {
    if (error instanceof Problem && ['notFound', 'notPermitted'].includes(error.problem)) return false
    throw error
  }
  files.removeLater(photo.file_id)
  return true
}

/** A photograph that comes after its entry was filed for another household, or its household turned out to be another. */
async function fileWhereDecided(
  context: ActionContext,
  author: Actor,
  photo: SealedPhoto,
  bytes: Uint8Array,
  files: PhotoFiles,
): Promise<boolean> {
  const { province_code: provinceCode, household_id: householdId, photo_id: photoId } = photo
  const filed = await filedFor(context.tx, author.userId, { provinceCode, householdId, photoId })
  if (!filed) return false
  // Who decided about the entry had the permission; it stands under its author's name.
  const { grants } = filed.decided_by === null ? author : await authorOf(context, filed.decided_by)
  return file({ ...context, actor: { ...author, grants } }, photo, bytes, files, filed.household_id)
}

/** Stores the photographs that waited for what was filed now, each by the permission by which that was filed. */
export async function fileHeldPhotos(
  context: ActionContext,
  filed: readonly Filed[],
  files: PhotoFiles,
): Promise<void> {
  const { tx, now, secrets } = context
  for (const { named, household, item, author } of filed) {
    const which = {
      provinceCode: named.provinceCode,
      householdIds: item.kind === 'household' ? [named.id] : [],
      photoIds: photosOf(item),
    }
    if (which.householdIds.length + which.photoIds.length === 0) continue
    for (const photo of await lockHeldPhotos(tx, author.userId, which)) {
      const device = (await findDevice(tx, photo.device_id))!
      const bytes = await open(context, device, photo, files)
      if (bytes === null) continue
      const run = createActionRun({ tx, actor: author, now, secrets, requestId: null })
      if (!(await file(run.context, photo, bytes, files, household.id))) continue
      context.afterCommit(() => run.runAfterCommit())
      await changeSealedPhoto(tx, photo, { filed_at: now, updated_at: now })
    }
  }
}

/** The photographs that an entry names. */
function photosOf(item: PhoneItem): string[] {
  if (item.kind === 'household') return []
  const { entry } = item
  const content = entry.kind === 'correction' ? entry.content.replacement?.content : entry.content
  return content && 'photos' in content ? content.photos : []
}
