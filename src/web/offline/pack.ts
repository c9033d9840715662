/** Making smaller what is to be sealed: afterwards nothing can. Browsers before 2023 leave it as it is. */

export const canPack = (): boolean => 'CompressionStream' in globalThis

/** The bytes of a gzip, or the same where that is no shorter. */
export async function pack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = canPack() ? await through(bytes, new CompressionStream('gzip')) : bytes
  return packed.length < bytes.length ? packed : bytes
}

/** Of JSON, packed or not: gzip begins with two bytes with which no JSON begins. */
export async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? through(bytes, new DecompressionStream('gzip')) : bytes
}

/** By hand: a Blob and a Response around the stream cost a weak phone as much again. */
export async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter()
  // What is wrong with the bytes is told by the reading.
  writer.write(bytes).catch(() => {})
  writer.close().catch(() => {})
  const reader = (stream.readable as ReadableStream<Uint8Array<ArrayBuffer>>).getReader()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for (let piece = await reader.read(); piece.value; piece = await reader.read()) {
    pieces.push(piece.value)
    length += piece.value.length
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
