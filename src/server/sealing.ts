/** AES-256-GCM: small things at rest under the master key, and what phones sealed with a key of their own. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Secrets } from './secrets.ts'

const nonceBytes = 12
const tagBytes = 16

/**
 * Seals bytes for one purpose: key number (1 byte), nonce (12), cipher, tag (16).
 *
 * @param name what they belong to, so that rows that were exchanged do not open
 */
export function sealAtRest(
  secrets: Pick<Secrets, 'keyNumber' | 'derive'>,
  purpose: string,
  name: string,
  bytes: Uint8Array,
): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', secrets.derive(purpose), nonce)
  cipher.setAAD(Buffer.from(name, 'utf8'))
  return Buffer.concat([Buffer.of(secrets.keyNumber), nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

/** @throws Error when the bytes were changed or exchanged, or their key is not known */
export function openAtRest(
  secrets: Pick<Secrets, 'derive'>,
  purpose: string,
  name: string,
  stored: Uint8Array,
): Buffer {
  const bytes = Buffer.from(stored)
  const key = secrets.derive(purpose, bytes[0]!)
  const opened = openSealed(key, bytes.subarray(1, 1 + nonceBytes), bytes.subarray(1 + nonceBytes), name)
  if (opened === null) throw new Error('What is stored sealed does not open')
  return opened
}

/**
 * Opens what a phone sealed, as its browser's crypto writes it.
 *
 * @param cipher with the tag (16 bytes) at its end
 * @param name the additional data: `deviceId/itemId`
 * @returns null when the seal does not open
 */
export function openSealed(key: Uint8Array, nonce: Uint8Array, cipher: Uint8Array, name: string): Buffer | null {
  if (nonce.length !== nonceBytes || cipher.length < tagBytes) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    decipher.setAAD(Buffer.from(name, 'utf8'))
    decipher.setAuthTag(cipher.subarray(-tagBytes))
    return Buffer.concat([decipher.update(cipher.subarray(0, -tagBytes)), decipher.final()])
  } catch {
    return null
  }
}
