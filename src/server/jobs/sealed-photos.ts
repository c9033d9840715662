/** Removes the pieces of photographs that never came whole, and of those that were stored. */
import { isLooseFileKept } from '../../domain/import/keeping.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { forgetUnfinished, neededFiles } from '../queries/sealed-photos.ts'

/** A phone that sends nothing for so long begins anew. */
const keptDays = 30

/** Never fails: whatever could not be removed is looked at again an hour later. */
export async function sweepSealedPhotos({
  database,
  sealedPhotos,
  now,
  log,
}: Pick<Deps, 'database' | 'sealedPhotos' | 'now' | 'log'>): Promise<void> {
  try {
    const since = new Date(now().getTime() - keptDays * 24 * 60 * 60 * 1000)
    await inTransaction(database, 'program', (tx) => forgetUnfinished(tx, since))
    const files = await sealedPhotos.list()
    const needed = await neededFiles(
      database.kysely,
      files.map(({ uploadId }) => uploadId),
      since,
    )
    let removed = 0
    for (const { uploadId, writtenAt } of files) {
      // The transaction that begins it may still be under way.
      if (needed.has(uploadId) || isLooseFileKept(writtenAt, now())) continue
      await sealedPhotos.remove(uploadId)
      removed += 1
    }
    if (removed > 0) log.info({ removed }, 'pieces of photographs that nothing needs any more were removed')
  } catch (error) {
    log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'pieces of photographs could not be swept')
  }
}
