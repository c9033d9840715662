/** The routes of the logbook. What touches the files of photographs stands here; what is decided stands in the actions. */
import {
  logbookCase,
  logbookNewer,
  logbookRecord,
  logbookRecordMany,
  photoAdd,
  photoShow,
} from '../../contract/logbook.ts'
import { Problem } from '../../domain/problem.ts'
import { showCase } from '../actions/case-view.ts'
import { keyOf } from '../actions/household-change.ts'
import { newerEntries, recordManyEntries, recordTogether } from '../actions/logbook.ts'
import { addPhoto, pictureType, showPhoto } from '../actions/photos.ts'
import type { Deps } from '../deps.ts'
import { endpoint, endpointTogether, type Endpoint, type FileAnswer } from './endpoint.ts'

export const logbookEndpoints: readonly Endpoint[] = [
  endpoint(logbookCase, showCase),
  endpointTogether(logbookRecord, ({ province, id }) => `${province}/${id}`, recordTogether),
  endpoint(logbookRecordMany, async (call, { entries }) => ({
    outcomes: await recordManyEntries(
      call,
      entries.map(({ entry, ...ref }) => ({ key: keyOf(ref), entry })),
    ),
  })),
  endpoint(logbookNewer, newerEntries),
  endpoint(photoAdd, ({ bytes, deps, ...call }, input) =>
    addPhoto(call, {
      ...input,
      bytes,
      async write() {
        await deps.photos.create(input.photoId)
        await deps.photos.write(input.photoId, 0, bytes)
        // What cannot be moved now is found and moved by the hourly sweep.
        call.afterCommit(() => void deps.photos.keep(input.photoId).catch(() => {}))
      },
    }),
  ),
  endpoint(photoShow, async (call, input): Promise<FileAnswer> => {
    const { photos } = call.deps
    const photo = await showPhoto(call, input)
    if (!(await photos.has(photo.id))) throw new Problem('photoNotKept')
    const bytes = await readPhoto(photos, photo)
    const contentType = pictureType(bytes) ?? 'application/octet-stream'
    return {
      fileName: `${photo.id}.${contentType.slice('image/'.length)}`,
      contentType,
      body: new Blob([Buffer.from(bytes)]).stream(),
    }
  }),
]

async function readPhoto(photos: Deps['photos'], { id, bytes }: { id: string; bytes: number }): Promise<Uint8Array> {
  const file = await photos.open(id, bytes)
  try {
    return await file.read(0, bytes)
  } finally {
    await file.close()
  }
}
