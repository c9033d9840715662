/** Bytes of an uploaded file, wherever and however they are kept. Readers see nothing else of storage. */
export interface ByteSource {
  /** Length in bytes. */
  readonly size: number
  /** Exactly `length` bytes from `offset`, fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>
  /** The whole file in order, in pieces of the store's own size. */
  stream(): AsyncIterable<Uint8Array>
}
