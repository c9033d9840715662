/**
 * What waits as QR codes, for two phones without a line and without a way to send files: the file of collect.ts without
 * photographs, made smaller, cut into parts that a weak camera reads. A part is `KJ1.bundle.number.count.base64`; parts may
 * come in any order and more than once.
 */
import { canPack, through } from './pack.ts'
import { fromBase64, toBase64 } from './seal.ts'

/** A code of so many letters is read from a small screen with scratches. */
const lettersInCode = 1_200
/** Nobody holds two phones together for longer. */
const mostCodes = 16
/** `KJ0` where the browser cannot make it smaller. */
const part = /^KJ([01])\.([0-9a-f]{8})\.(\d{1,2})\.(\d{1,2})\.([A-Za-z0-9+/=]+)$/

/** Null when it is too much: a file carries more. */
export async function toCodes(crypto: Crypto, file: Blob): Promise<string[] | null> {
  const isSmaller = canPack()
  const bytes = new Uint8Array(await file.arrayBuffer())
  const packed = isSmaller ? await through(bytes, new CompressionStream('deflate-raw')) : bytes
  const letters = toBase64(packed)
  const count = Math.ceil(letters.length / lettersInCode)
  if (count > mostCodes) return null
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', packed))
  const bundle = [...digest.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return Array.from({ length: count }, (_, at) => {
    const piece = letters.slice(at * lettersInCode, (at + 1) * lettersInCode)
    return `KJ${isSmaller ? 1 : 0}.${bundle}.${at + 1}.${count}.${piece}`
  })
}

export interface CodesRead {
  have: number
  of: number
  /** Once all are here; empty, which nobody takes for one of ours, when it cannot be read. */
  file: Blob | null
}

/** Puts the codes of one bundle together; those of another begin anew. */
export function createCodeReader() {
  let current = ''
  let pieces = new Map<number, string>()
  return {
    /** Null for a code that is none of these. */
    async take(code: string): Promise<CodesRead | null> {
      const [, form, bundle, number, count, piece] = part.exec(code) ?? []
      if (piece === undefined) return null
      const name = `${form}.${bundle}.${count}`
      if (name !== current) pieces = new Map()
      current = name
      pieces.set(Number(number), piece)
      const of = Number(count)
      const all = Array.from({ length: of }, (_, at) => pieces.get(at + 1))
      if (all.includes(undefined)) return { have: pieces.size, of, file: null }
      return { have: of, of, file: await unpacked(all.join(''), form === '1') }
    },
  }
}

async function unpacked(letters: string, isSmaller: boolean): Promise<Blob> {
  try {
    const packed = fromBase64(letters)
    return new Blob([isSmaller ? await through(packed, new DecompressionStream('deflate-raw')) : packed])
  } catch {
    return new Blob([])
  }
}
