/** Sealing: AES-256-GCM with a fresh nonce, and the name of the place as additional data, so that nothing passes for another. */

/** 12 bytes of nonce, and the cipher with its 16 bytes of tag. */
export interface Shut {
  nonce: Uint8Array<ArrayBuffer>
  cipher: Uint8Array<ArrayBuffer>
}

export const nonceBytes = 12
const text = new TextEncoder()

export async function sealBytes(
  crypto: Crypto,
  key: CryptoKey,
  place: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Shut> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const cipher = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: text.encode(place) },
    key,
    bytes,
  )
  return { nonce, cipher: new Uint8Array(cipher) }
}

/** @throws when the key or the place is another, or a byte was changed */
export async function openBytes(
  crypto: Crypto,
  key: CryptoKey,
  place: string,
  { nonce, cipher }: Shut,
): Promise<Uint8Array<ArrayBuffer>> {
  const options = { name: 'AES-GCM', iv: nonce, additionalData: text.encode(place) }
  return new Uint8Array(await crypto.subtle.decrypt(options, key, cipher))
}

export function seal(crypto: Crypto, key: CryptoKey, place: string, value: unknown): Promise<Shut> {
  return sealBytes(crypto, key, place, text.encode(JSON.stringify(value)))
}

export async function unseal<Value>(crypto: Crypto, key: CryptoKey, place: string, shut: Shut): Promise<Value> {
  return JSON.parse(new TextDecoder().decode(await openBytes(crypto, key, place, shut))) as Value
}

export function toBase64(bytes: Uint8Array): string {
  let letters = ''
  // In parts: spreading a photograph into arguments overflows the stack.
  for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(letters)
}

export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}

/** SHA-256 in hex of lines. */
export async function digestOf(crypto: Crypto, lines: readonly string[]): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text.encode(lines.join('\n'))))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
