/**
 * The keys of a phone. The data key lies on it wrapped twice: under a key that follows from the PIN, and that under a key
 * of the device that the browser does not give away. So a copied disk is useless, and a PIN is tried on the phone only, ten
 * times; then the wrapped key is destroyed, and the person gets it again by signing in.
 */
import type { DeviceRow } from './storage.ts'
import { fromBase64, openBytes, seal, sealBytes, toBase64, unseal, type Shut } from './seal.ts'

/** OWASP's floor for PBKDF2 with SHA-256. */
export const pinRounds = 600_000
export const mostTries = 10
const keyBytes = 32

/** A phone's data key while it is open. */
export interface OpenKey {
  key: CryptoKey
  /** Base64, to register anew with a server that lost it. */
  raw: string
}

export function createDeviceKey(crypto: Crypto): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** 32 bytes in base64. */
export function createSecret(crypto: Crypto): string {
  return toBase64(crypto.getRandomValues(new Uint8Array(keyBytes)))
}

export async function importKey(crypto: Crypto, raw: string): Promise<OpenKey> {
  const key = await crypto.subtle.importKey('raw', fromBase64(raw), 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { key, raw }
}

export async function wrapKey(
  crypto: Crypto,
  device: Pick<DeviceRow, 'id' | 'deviceKey'>,
  raw: string,
  pin: string,
  rounds: number,
): Promise<NonNullable<DeviceRow['pin']>> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const inner = await sealBytes(crypto, await keyOfPin(crypto, pin, salt, rounds), `pin/${device.id}`, fromBase64(raw))
  const packed = new Uint8Array([...inner.nonce, ...inner.cipher])
  return { salt, rounds, wrapped: await sealBytes(crypto, device.deviceKey, `key/${device.id}`, packed) }
}

/** Null for a wrong PIN. */
export async function unwrapKey(
  crypto: Crypto,
  device: Pick<DeviceRow, 'id' | 'deviceKey'>,
  { salt, rounds, wrapped }: NonNullable<DeviceRow['pin']>,
  pin: string,
): Promise<OpenKey | null> {
  const packed = await openBytes(crypto, device.deviceKey, `key/${device.id}`, wrapped)
  const inner: Shut = { nonce: packed.slice(0, 12), cipher: packed.slice(12) }
  try {
    const raw = await openBytes(crypto, await keyOfPin(crypto, pin, salt, rounds), `pin/${device.id}`, inner)
    return await importKey(crypto, toBase64(raw))
  } catch {
    return null
  }
}

/** What the phone must know while it is locked: under the device key. */
export const sealForDevice = (crypto: Crypto, deviceKey: CryptoKey, id: string, what: string, value: unknown) =>
  seal(crypto, deviceKey, `${what}/${id}`, value)

export const secretOf = (crypto: Crypto, { deviceKey, id, secret }: DeviceRow) =>
  unseal<string>(crypto, deviceKey, `secret/${id}`, secret)

export interface Carrier {
  id: string
  name: string
  /** As they call the phone. */
  phoneName: string
}

export const carrierOf = (crypto: Crypto, { deviceKey, id, person }: DeviceRow) =>
  unseal<Carrier>(crypto, deviceKey, `person/${id}`, person)

async function keyOfPin(
  crypto: Crypto,
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    typed,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}
