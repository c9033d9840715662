/**
 * Photographs of which the file was written and the row was not, because the transaction was taken back or the program
 * stopped: their files go. Those whose row is there, and whose file was not moved before the program stopped, are kept.
 */
import { isLooseFileKept } from '../../domain/import/keeping.ts'
import type { Deps } from '../deps.ts'
import { storedPhotoIds } from '../queries/photos.ts'

/** Never fails: whatever could not be moved or removed is looked at again an hour later. */
export async function sweepPhotos({
  database,
  photos,
  now,
  log,
}: Pick<Deps, 'database' | 'photos' | 'now' | 'log'>): Promise<void> {
  try {
    const files = await photos.list()
    const stored = await storedPhotoIds(
      database.kysely,
      files.map(({ uploadId }) => uploadId),
    )
    let removed = 0
    for (const { uploadId, writtenAt } of files) {
      if (stored.has(uploadId)) await photos.keep(uploadId)
      // Its transaction may still be under way, or its sender about to try again.
      else if (!isLooseFileKept(writtenAt, now())) {
        await photos.remove(uploadId)
        removed += 1
      }
    }
    if (removed > 0) log.info({ removed }, 'files of photographs that were never recorded were removed')
  } catch (error) {
    log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'files of photographs could not be swept')
  }
}
