/** The routes of files on their way to the server. The bytes are written here; what may be is decided in `actions/uploads.ts`. */
import { createHash } from 'node:crypto'
import {
  mostBytesPerPiece,
  uploadAppend,
  uploadBegin,
  uploadComplete,
  uploadShow,
  type Upload,
} from '../../contract/uploads.ts'
import { Problem } from '../../domain/problem.ts'
import { appendUpload, beginUpload, finishUpload, ownUpload } from '../actions/uploads.ts'
import { findUpload, type StoredUpload } from '../queries/uploads.ts'
import { endpoint, type Call, type Endpoint } from './endpoint.ts'

export const uploadEndpoints: readonly Endpoint[] = [
  endpoint(uploadBegin, async (call, { fileName, size }) => {
    const upload = await beginUpload(call, { fileName, size, limit: call.deps.config.uploadLimitBytes })
    await call.deps.uploads.create(upload.id)
    return uploadView(upload)
  }),
  endpoint(uploadShow, async (call, { uploadId }) => uploadView(await ownUpload(call, uploadId))),
  endpoint(uploadAppend, async (call, { uploadId, offset }) => {
    const { bytes, deps } = call
    if (bytes.length > mostBytesPerPiece) throw new Problem('tooLarge', { reason: 'piece', limit: mostBytesPerPiece })
    let position = offset
    const upload = await appendUpload(call, {
      uploadId,
      offset,
      bytes,
      write: (rest) => {
        position = offset + bytes.length - rest.length
        return deps.uploads.write(uploadId, position, rest)
      },
    })
    return uploadView(upload)
  }),
  endpoint(uploadComplete, async (call, { uploadId, digest }) => {
    const finished = await finishUpload(call, { uploadId, digest, hash: () => digestOf(call, uploadId) })
    return { ...uploadView(finished.upload), digest: finished.digest, earlierImports: finished.earlier }
  }),
]

function uploadView(upload: StoredUpload): Upload {
  return {
    id: upload.id,
    fileName: upload.file_name,
    size: upload.size,
    received: upload.received,
    complete: upload.completed_at !== null,
  }
}

async function digestOf(call: Call, uploadId: string): Promise<string> {
  const upload = await findUpload(call.tx, uploadId)
  const file = await call.deps.uploads.open(uploadId, upload!.size)
  try {
    const hash = createHash('sha256')
    for await (const piece of file.stream()) hash.update(piece)
    return hash.digest('hex')
  } finally {
    await file.close()
  }
}
