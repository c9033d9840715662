/** What people do with uploads: announce a file, send its pieces, and say that it is whole. */
import { reachOf } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { newId } from '../ids.ts'
import { batchesOfDigest } from '../queries/imports.ts'
import {
  advanceUpload,
  completeUpload,
  countOpenUploads,
  findUpload,
  insertUpload,
  type StoredUpload,
} from '../queries/uploads.ts'
import { requirePermission, type ActionContext } from './context.ts'
import { touchesReach } from './imports/views.ts'

/** Files of one person that are on their way at once, begun within a day: each holds room on the disk. */
const mostOpen = 20
const openFor = 24 * 60 * 60 * 1000

/** @throws Problem tooLarge, tooManyTries while too many others are not complete */
export async function beginUpload(
  context: ActionContext,
  input: { fileName: string; size: number; limit: number },
): Promise<StoredUpload> {
  const { tx, actor, now } = context
  requirePermission(actor, 'import.write')
  if (input.size > input.limit) throw new Problem('tooLarge', { reason: 'upload', limit: input.limit })
  const since = new Date(now.getTime() - openFor)
  if ((await countOpenUploads(tx, actor.userId, since)) >= mostOpen)
    throw new Problem('tooManyTries', { limit: mostOpen })
  const id = newId()
  await insertUpload(tx, { id, accountId: actor.userId, fileName: input.fileName, size: input.size, now })
  await context.audit({ action: 'upload.begin', subjectKind: 'upload', subjectId: id, detail: { size: input.size } })
  return (await findUpload(tx, id))!
}

/** An upload belongs to the person who began it: to others it does not exist. */
export async function ownUpload(context: ActionContext, uploadId: string, lock = false): Promise<StoredUpload> {
  requirePermission(context.actor, 'import.write')
  const upload = await findUpload(context.tx, uploadId, lock)
  if (!upload || upload.account_id !== context.actor.userId) throw new Problem('notFound')
  return upload
}

/**
 * Takes the next piece; `write` puts it on the disk. A piece that is stored already is not stored again.
 *
 * @throws Problem uploadOutOfOrder with `received` when pieces before it are missing, tooLarge beyond the announced size
 */
export async function appendUpload(
  context: ActionContext,
  input: { uploadId: string; offset: number; bytes: Uint8Array; write(bytes: Uint8Array): Promise<void> },
): Promise<StoredUpload> {
  const upload = await ownUpload(context, input.uploadId, true)
  const end = input.offset + input.bytes.length
  if (input.offset > upload.received)
    throw new Problem('uploadOutOfOrder', { received: upload.received, offset: input.offset })
  if (end > upload.size) throw new Problem('tooLarge', { reason: 'upload', limit: upload.size })
  const isNews = end > upload.received && upload.completed_at === null
  if (isNews) {
    await input.write(input.bytes.subarray(upload.received - input.offset))
    await advanceUpload(context.tx, upload.id, end)
  }
  await context.audit({
    action: 'upload.append',
    subjectKind: 'upload',
    subjectId: upload.id,
    detail: { offset: input.offset, bytes: isNews ? end - upload.received : 0 },
  })
  return { ...upload, received: Math.max(upload.received, end) }
}

export interface EarlierImport {
  batchId: string
  listCode: string
  at: string
  state: string
}

/** @throws Problem uploadOutOfOrder when pieces are missing, uploadChecksumMismatch when it is not the file that was sent */
export async function finishUpload(
  context: ActionContext,
  input: { uploadId: string; digest?: string | undefined; hash(): Promise<string> },
): Promise<{ upload: StoredUpload; digest: string; earlier: EarlierImport[] }> {
  const { tx, actor, now } = context
  const upload = await ownUpload(context, input.uploadId, true)
  if (upload.received < upload.size)
    throw new Problem('uploadOutOfOrder', { received: upload.received, offset: upload.size })
  const digest = upload.digest ?? (await input.hash())
  if (input.digest !== undefined && input.digest !== digest) throw new Problem('uploadChecksumMismatch')
  if (upload.completed_at === null) await completeUpload(tx, upload.id, digest, now)
  const reach = reachOf(actor, 'import.read')
  const earlier = (await batchesOfDigest(tx, digest)).filter((batch) => touchesReach(reach, batch.area_code))
  await context.audit({ action: 'upload.complete', subjectKind: 'upload', subjectId: upload.id })
  return {
    upload: { ...upload, digest, completed_at: upload.completed_at ?? now },
    digest,
    earlier: earlier.map((batch) => ({
      batchId: batch.id,
      listCode: batch.list_code,
      at: batch.created_at.toISOString(),
      state: batch.state,
    })),
  }
}
