/** National ids and files at rest: encrypted with keys that can rotate, ids found again by keyed hash. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

const nonceBytes = 12

export interface Secrets {
  /** Number of the key that encrypts now. */
  readonly keyNumber: number
  /** Number of the oldest key: for what cannot be encrypted anew, such as the sign-in library's own secrets. */
  readonly firstKeyNumber: number
  /** HMAC-SHA-256 of an id, cut to 16 bytes: equal ids have equal hashes, and nobody without the key can try all. */
  hashNationalId(nationalId: string): Buffer
  /** AES-256-GCM: key number (1 byte), nonce (12), text (13), tag (16). Bound to the id's hash, so swapped rows show; who has the hash already hands it over. */
  encryptNationalId(nationalId: string, hash?: Buffer): Buffer
  /** @throws Error when the bytes were changed or their key is not known */
  decryptNationalId(cipher: Uint8Array, hash: Uint8Array): string
  /** A key for one more purpose, such as cookies or uploads; the same every time for the same key and purpose. */
  derive(purpose: string, keyNumber?: number): Buffer
  /** The same keys as text, for a worker thread. */
  export(): string
}

/**
 * The keys from the environment, or else from `keys` in the data folder, which is made at the first start and which
 * only its owner may read. Losing it makes every stored id unreadable: it belongs in the backup, apart from the data.
 */
export function openSecrets(keys: string | null, dataFolder: string): Secrets {
  if (keys !== null) return createSecrets(keys)
  const path = join(dataFolder, 'keys')
  if (!existsSync(path)) {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    writeFileSync(path, `1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  }
  chmodSync(path, 0o600)
  return createSecrets(readFileSync(path, 'utf8').trim())
}

/**
 * Puts a new key in front of those in the key file; the others stay, since what they encrypted must be read until it is
 * encrypted anew, and the oldest makes the hashes. The new file is on the disk before it takes the old one's place.
 *
 * @returns the number of the new key
 * @throws Error when all 255 numbers are used up
 */
export function addKey(dataFolder: string): number {
  const path = join(dataFolder, 'keys')
  const pairs = readFileSync(path, 'utf8').trim()
  const number = Math.max(...pairs.split(',').map((pair) => Number(pair.trim().split(':')[0]))) + 1
  const text = `${number}:${randomBytes(32).toString('base64')},${pairs}\n`
  createSecrets(text.trim())
  const file = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
  return number
}

/**
 * @param text `number:base64` pairs separated by commas, the encrypting one first. The pair with the lowest number also
 * makes the hashes, which do not rotate: changing it would make every stored id unfindable.
 */
export function createSecrets(text: string): Secrets {
  const keyByNumber = new Map<number, Buffer>()
  for (const pair of text.split(',')) {
    const [number, base64] = pair.trim().split(':')
    const key = Buffer.from(base64 ?? '', 'base64')
    const keyNumber = Number(number)
    if (!Number.isInteger(keyNumber) || keyNumber < 1 || keyNumber > 255 || key.length !== 32) {
      throw new Error('KAEJON_KEYS must be number:base64 pairs of 32-byte keys, numbers 1 to 255')
    }
    keyByNumber.set(keyNumber, key)
  }
  const keyNumber = Number(text.split(':')[0])
  const cipherKeys = new Map([...keyByNumber].map(([number, key]) => [number, deriveKey(key, 'national id')]))
  const firstKeyNumber = Math.min(...keyByNumber.keys())
  const hashKey = deriveKey(keyByNumber.get(firstKeyNumber)!, 'national id hash')

  const hashNationalId = (nationalId: string) =>
    createHmac('sha256', hashKey).update(nationalId).digest().subarray(0, 16)
  // Asking the system for 12 bytes at a time costs more than the encryption itself.
  let nonces = Buffer.alloc(0)
  let used = 0
  const nextNonce = (): Buffer => {
    if (used >= nonces.length) {
      nonces = randomBytes(nonceBytes * 1024)
      used = 0
    }
    used += nonceBytes
    return nonces.subarray(used - nonceBytes, used)
  }
  return {
    keyNumber,
    firstKeyNumber,
    hashNationalId,
    encryptNationalId(nationalId, hash = hashNationalId(nationalId)) {
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', cipherKeys.get(keyNumber)!, nonce)
      cipher.setAAD(hash)
      const body = Buffer.concat([cipher.update(nationalId, 'latin1'), cipher.final()])
      return Buffer.concat([Buffer.of(keyNumber), nonce, body, cipher.getAuthTag()])
    },
    decryptNationalId(stored, hash) {
      const bytes = Buffer.from(stored)
      const key = cipherKeys.get(bytes[0]!)
      if (!key) throw new Error(`The key number ${bytes[0]} is not among the keys of this installation`)
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13))
      decipher.setAAD(hash)
      decipher.setAuthTag(bytes.subarray(-16))
      return decipher.update(bytes.subarray(13, -16), undefined, 'latin1') + decipher.final('latin1')
    },
    derive: (purpose, number = keyNumber) => {
      const key = keyByNumber.get(number)
      if (!key) throw new Error(`The key number ${number} is not among the keys of this installation`)
      return deriveKey(key, purpose)
    },
    export: () => text,
  }
}

function deriveKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `kaejon ${purpose}`, 32))
}
