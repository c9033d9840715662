/** The routes by which phones send and fetch. What touches the files of photographs stands here. */
import {
  syncEstimate,
  syncHouseholds,
  syncPhotoPiece,
  syncPhotoStart,
  syncPull,
  syncPush,
  syncRescue,
  syncUnfiledDecide,
  syncUnfiledList,
} from '../../contract/sync.ts'
import { estimate, phoneHouseholds, pull } from '../actions/phone-households.ts'
import type { ItemContext } from '../actions/phone-items.ts'
import { fileHeldPhotos, startPhoto, takePiece, type PhotoFiles } from '../actions/phone-photos.ts'
import { pushItems, rescueItems } from '../actions/sync.ts'
import { decideUnfiled, unfiledPage, type Filed } from '../actions/unfiled.ts'
import { known } from './devices.ts'
import { endpoint, type Call, type Endpoint } from './endpoint.ts'

export const syncEndpoints: readonly Endpoint[] = [
  endpoint(syncPush, (call, input) => withPhotos(call, pushItems(itemContext(call), input))),
  endpoint(syncRescue, (call, input) => known(call, () => withPhotos(call, rescueItems(itemContext(call), input)))),
  endpoint(syncPhotoStart, startPhoto),
  endpoint(syncPhotoPiece, ({ bytes: piece, ...call }, input) =>
    takePiece(call, { ...input, piece, files: photoFiles(call) }),
  ),
  endpoint(syncPull, pull),
  endpoint(syncHouseholds, phoneHouseholds),
  endpoint(syncEstimate, estimate),
  endpoint(syncUnfiledList, unfiledPage),
  endpoint(syncUnfiledDecide, (call, input) => withPhotos(call, decideUnfiled(itemContext(call), input))),
]

/** What was filed lets in the photographs that waited for it. */
async function withPhotos<Result extends { filed: readonly Filed[] }>(
  call: Call,
  work: Promise<Result>,
): Promise<Result> {
  const result = await work
  await fileHeldPhotos(call, result.filed, photoFiles(call))
  return result
}

function photoFiles({ deps, afterCommit }: Pick<Call, 'deps' | 'afterCommit'>): PhotoFiles {
  const { photos, sealedPhotos } = deps
  return {
    begin: (fileId) => sealedPhotos.create(fileId),
    write: (fileId, offset, bytes) => sealedPhotos.write(fileId, offset, bytes),
    async read(fileId, bytes) {
      const file = await sealedPhotos.open(fileId, bytes)
      try {
        return await file.read(0, bytes)
      } finally {
        await file.close()
      }
    },
    // What cannot be removed or moved now is found by the hourly sweep.
    removeLater: (fileId) => afterCommit(() => void sealedPhotos.remove(fileId).catch(() => {})),
    async store(photoId, bytes) {
      await photos.create(photoId)
      await photos.write(photoId, 0, bytes)
      afterCommit(() => void photos.keep(photoId).catch(() => {}))
    },
  }
}

/** An item that fails as nobody foresaw is kept unfiled; what happened is written into the log, without what it says. */
function itemContext({ deps, ...call }: Call): ItemContext {
  return {
    ...call,
    unforeseen: (error) => {
      const name = error instanceof Error ? error.name : typeof error
      const code = (error as { code?: unknown } | null)?.code
      deps.log.error({ error: name, ...(typeof code === 'string' ? { code } : {}) }, 'an item could not be recorded')
    },
  }
}
