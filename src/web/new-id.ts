/** Ids made by the sender, so that sending twice saves once. */

/** A UUIDv7 (RFC 9562): 48 bits of time, the rest random. `getRandomValues` also works on a plain http address. */
export function newId(nowMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const time = nowMs.toString(16).padStart(12, '0')
  const random = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${random.slice(13, 16)}`,
    variant.toString(16).padStart(2, '0') + random.slice(18, 20),
    random.slice(20, 32),
  ].join('-')
}
