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

export async function through(
  bytes: BlobPart,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream as never)).arrayBuffer())
}
