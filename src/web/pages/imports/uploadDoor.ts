/** The browser's side of sending a file: network, clock, digest, and the memory of an upload that was begun. */
import { uploadAppend, uploadBegin, uploadComplete, uploadShow } from '../../../contract/uploads.ts'
import { ask, problemOf, sendBytes } from '../../api.ts'
import type { UploadDoor } from './upload.ts'

export function browserDoor(file: File): UploadDoor {
  return {
    begin: (input, signal) => ask(uploadBegin, input, { signal }),
    show: (uploadId, signal) => ask(uploadShow, { uploadId }, { signal }),
    append: (uploadId, offset, piece, signal) => sendBytes(uploadAppend, { uploadId, offset }, piece, { signal }),
    complete: (uploadId, digest, signal) => ask(uploadComplete, { uploadId, ...(digest && { digest }) }, { signal }),
    digest: sha256,
    problemOf,
    now: () => performance.now(),
    wait: waitOrOnline,
    begun: begunUpload(file),
  }
}

/** Null outside of a secure context, where browsers have no digest. */
async function sha256(file: Blob): Promise<string | null> {
  if (!('subtle' in crypto)) return null
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function waitOrOnline(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      window.removeEventListener('online', end)
      signal.removeEventListener('abort', end)
      if (signal.aborted) reject(new DOMException('aborted', 'AbortError'))
      else resolve()
    }
    const timer = setTimeout(end, milliseconds)
    window.addEventListener('online', end)
    signal.addEventListener('abort', end)
  })
}

const storageKey = 'kaejon.upload '

/**
 * Kept on this device by size and time of change, also when the tab was closed: the name of a file may name a person. To
 * somebody else who sits down here the upload does not exist, and their file is begun anew.
 */
function begunUpload(file: File): UploadDoor['begun'] {
  const key = `${storageKey}${file.size} ${file.lastModified}`
  return {
    read() {
      try {
        return localStorage.getItem(key)
      } catch {
        return null
      }
    },
    write(uploadId) {
      try {
        if (uploadId === null) localStorage.removeItem(key)
        else localStorage.setItem(key, uploadId)
      } catch {
        // Without storage the upload goes on; only a reload begins it again.
      }
    },
  }
}
