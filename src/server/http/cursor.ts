/** Where a page ended, as text for the browser: encrypted, since it holds a name, and bound to the question it answers. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { Problem } from '../../domain/problem.ts'
import type { ListPosition } from '../queries/household-search.ts'
import type { Secrets } from '../secrets.ts'

/** @param question whatever must be the same for the cursor to be taken: filters, and who asks */
export function writeCursor(secrets: Secrets, question: unknown, position: ListPosition): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secrets.derive('list cursor'), nonce)
  cipher.setAAD(digestOf(question))
  const body = Buffer.concat([cipher.update(JSON.stringify(position), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
}

/** @throws Problem malformedInput when it was changed, or belongs to another question */
export function readCursor(secrets: Secrets, question: unknown, cursor: string): ListPosition {
  try {
    const bytes = Buffer.from(cursor, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', secrets.derive('list cursor'), bytes.subarray(0, 12))
    decipher.setAAD(digestOf(question))
    decipher.setAuthTag(bytes.subarray(-16))
    const text = decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')
    // What decrypts was written above.
    return JSON.parse(text) as ListPosition
  } catch {
    throw new Problem('malformedInput', { fields: [{ field: 'cursor', fault: 'invalid' }] })
  }
}

function digestOf(question: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(question)).digest()
}
