/** Removes the uploaded files that no import needs any more, and the rows of those that never came into the registry. */
import { isFileKept, isLooseFileKept } from '../../domain/import/keeping.ts'
import { keptFor } from '../actions/imports/views.ts'
import type { Deps } from '../deps.ts'
import { batchesOfUploads } from '../queries/imports.ts'
import { forgetLooseRows } from './import-rows.ts'

/** Never fails: whatever could not be removed is looked at again an hour later. */
export async function removeFiles({
  database,
  uploads,
  now,
  log,
}: Pick<Deps, 'database' | 'uploads' | 'now' | 'log'>): Promise<void> {
  try {
    const forgotten = await forgetLooseRows({ database, now })
    if (forgotten > 0) log.info({ forgotten }, 'rows of imports that never came into the registry were removed')
    const files = await uploads.list()
    const ids = files.map(({ uploadId }) => uploadId)
    const batches = ids.length === 0 ? [] : await batchesOfUploads(database.kysely, ids)
    let removed = 0
    for (const { uploadId, writtenAt } of files) {
      const own = batches.filter((batch) => batch.upload_id === uploadId)
      const isKept =
        own.length === 0 ? isLooseFileKept(writtenAt, now()) : own.some((batch) => isFileKept(keptFor(batch), now()))
      if (isKept) continue
      await uploads.remove(uploadId)
      removed += 1
    }
    if (removed > 0) log.info({ removed }, 'files of imports that came to their end were removed')
  } catch (error) {
    log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'files could not be removed')
  }
}
