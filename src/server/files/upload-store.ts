import type { ByteSource } from './source.ts'

/** Uploaded files, encrypted at rest, written in order and read at random. */
export interface UploadStore {
  open(uploadId: string): Promise<ByteSource>
}
