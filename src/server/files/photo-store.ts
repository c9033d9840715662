/**
 * Photographs at rest, encrypted like uploads. Each is written into a folder of its own for what is coming, and moved from
 * there once the transaction that stores its row was committed: so whatever still lies there after a while belongs to no
 * row, and is found without looking at all the others.
 */
import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Secrets } from '../secrets.ts'
import { createUploadStore, type UploadStore } from './upload-store.ts'

export interface PhotoStore extends UploadStore {
  /** Moves what was written to where photographs stay; nothing happens when it is there already. */
  keep(photoId: string): Promise<void>
}

/** `list` names only those that were not kept yet. */
export function createPhotoStore(dataFolder: string, secrets: Pick<Secrets, 'keyNumber' | 'derive'>): PhotoStore {
  const kept = createUploadStore(dataFolder, secrets, 'photos')
  const coming = createUploadStore(dataFolder, secrets, 'photos/coming')
  const where = (photoId: string): UploadStore => (existsSync(kept.path(photoId)) ? kept : coming)
  return {
    ...coming,
    path: (photoId) => where(photoId).path(photoId),
    // Between the look and the opening it may have been moved.
    has: async (photoId) => (await where(photoId).has(photoId)) || kept.has(photoId),
    open: (photoId, size) =>
      where(photoId)
        .open(photoId, size)
        .catch(() => kept.open(photoId, size)),
    async keep(photoId) {
      await mkdir(dirname(kept.path(photoId)), { recursive: true, mode: 0o700 })
      await rename(coming.path(photoId), kept.path(photoId)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      })
    },
  }
}
