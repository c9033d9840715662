/** Codes of an authenticator (RFC 6238: SHA-1, 30 seconds, six digits). The library checks them; this names their step. */
import { createHmac, timingSafeEqual } from 'node:crypto'

const stepMs = 30_000
/** The library takes the code before and after as well; it may have looked a moment earlier or later than we do. */
const stepsOff = [-2, -1, 0, 1, 2]

/**
 * The step of 30 seconds since 1970 that a code belongs to, near a moment (milliseconds); null when it is none of them.
 *
 * @param secret its bytes as the library keeps them, read as UTF-8
 */
export function stepOfCode(secret: string, code: string, moment: number): number | null {
  const now = Math.floor(moment / stepMs)
  const typed = Buffer.from(code)
  const found = stepsOff.map((off) => now + off).filter((step) => isSame(typed, Buffer.from(codeAt(secret, step))))
  // Two steps have the same code once in a million times: the later one counts as used.
  return found.at(-1) ?? null
}

/** RFC 4226, section 5.3. */
function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const offset = digest.at(-1)! & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
