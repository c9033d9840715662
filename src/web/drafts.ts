/**
 * Half-typed forms that survive a closed tab: on this device, per account, unreadable without a key that the server gives
 * to that account alone (docs/decisions/0012-drafts.md). Where the browser has no cryptography (a plain http address),
 * or the key does not come, they stay in memory and go with the tab.
 */
import { sessionDraftKey } from '../contract/session.ts'
import { ask } from './api.ts'

export interface DraftPlace {
  accountId: string
  province: string
  householdId: string
  /** Which form of the household: a kind of entry, or the entry that is corrected. */
  form: string
}

export interface KeptDraft {
  typed: unknown
  savedAt: string
  /** False when it goes with the tab. */
  isOnDevice: boolean
}

/** Where a draft lies and since when; what was typed stays closed. */
export type DraftMark = DraftPlace & { savedAt: string }

const prefix = 'kaejon.draft'
const longestStayMs = 14 * 24 * 60 * 60 * 1000
const nonceBytes = 12

const inMemory = new Map<string, { typed: unknown; savedAt: string }>()
/** The latest change of each draft: an older one that took longer to encrypt must not win, nor come back once dropped. */
const turns = new Map<string, number>()
let keyOf: { accountId: string; key: Promise<CryptoKey | null> } | null = null

/** Null when there is none, or when it cannot be read by this account. */
export async function readDraft(place: DraftPlace): Promise<KeptDraft | null> {
  const name = nameOf(place)
  const held = inMemory.get(name)
  if (held) return { ...held, isOnDevice: false }
  const stored = split(read(name))
  if (!stored) return null
  const key = await keyFor(place.accountId)
  if (!key) return null
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: stored.bytes.slice(0, nonceBytes), additionalData: new TextEncoder().encode(name) },
      key,
      stored.bytes.slice(nonceBytes),
    )
    return { typed: JSON.parse(new TextDecoder().decode(plain)), savedAt: stored.savedAt, isOnDevice: true }
  } catch {
    // Of a key that is no longer there: nobody can read it any more.
    remove(name)
    return null
  }
}

/** Saves what stands in the form now; answers whether it outlives the tab, or null when a later change overtook it. */
export async function writeDraft(place: DraftPlace, typed: unknown, now: Date = new Date()): Promise<boolean | null> {
  const name = nameOf(place)
  const turn = nextTurn(name)
  const savedAt = now.toISOString()
  const key = await keyFor(place.accountId)
  const cipher = key && (await encrypt(key, name, typed))
  if (turns.get(name) !== turn) return null
  if (cipher && store(name, `${savedAt} ${cipher}`)) {
    inMemory.delete(name)
    return true
  }
  inMemory.set(name, { typed, savedAt })
  return false
}

/** Once its entry is recorded, or thrown away. */
export function dropDraft(place: DraftPlace): void {
  const name = nameOf(place)
  nextTurn(name)
  inMemory.delete(name)
  remove(name)
}

/** All that an account has lying here, newest first; of one household when it is named. */
export function draftsOf(accountId: string, householdId: string | null = null): DraftMark[] {
  return [...inMemory.entries()]
    .map(([name, { savedAt }]) => ({ name, savedAt }))
    .concat(storedNames().flatMap((name) => ({ name, savedAt: split(read(name))?.savedAt ?? '' })))
    .flatMap(({ name, savedAt }) => {
      const place = placeOf(name)
      return place && place.accountId === accountId && savedAt !== '' ? [{ ...place, savedAt }] : []
    })
    .filter((mark) => householdId === null || mark.householdId === householdId)
    .sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
}

/** At signing out: nothing that was typed outlives the session on this device. */
export function clearDrafts(accountId: string): void {
  for (const mark of draftsOf(accountId)) dropDraft(mark)
  keyOf = null
}

/** What nobody came back to for two weeks goes, whoever's it is. */
export function sweepDrafts(now: Date = new Date()): void {
  for (const name of storedNames()) {
    const savedAt = Date.parse(split(read(name))?.savedAt ?? '')
    if (!(now.getTime() - savedAt < longestStayMs)) remove(name)
  }
}

function nameOf({ accountId, province, householdId, form }: DraftPlace): string {
  return [prefix, accountId, province, householdId, form].join('/')
}

function placeOf(name: string): DraftPlace | null {
  const [, accountId, province, householdId, form] = name.split('/')
  return accountId && province && householdId && form ? { accountId, province, householdId, form } : null
}

function nextTurn(name: string): number {
  const turn = (turns.get(name) ?? 0) + 1
  turns.set(name, turn)
  return turn
}

/** Asked for once while the page is open; a failure is tried again with the next draft. */
function keyFor(accountId: string): Promise<CryptoKey | null> {
  if (keyOf?.accountId !== accountId) {
    const key = fetchKey()
    keyOf = { accountId, key }
    void key.then((found) => {
      if (!found && keyOf?.key === key) keyOf = null
    })
  }
  return keyOf.key
}

async function fetchKey(): Promise<CryptoKey | null> {
  // Absent outside of a secure context, whatever its type says.
  if (!(globalThis.crypto as Partial<Crypto> | undefined)?.subtle) return null
  try {
    const { key } = await ask(sessionDraftKey)
    return await crypto.subtle.importKey('raw', toBytes(key), 'AES-GCM', false, ['encrypt', 'decrypt'])
  } catch {
    return null
  }
}

async function encrypt(key: CryptoKey, name: string, typed: unknown): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const cipher = await crypto.subtle.encrypt(
    // Bound to its place, so that it cannot be laid under another household or account.
    { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(name) },
    key,
    new TextEncoder().encode(JSON.stringify(typed)),
  )
  return toBase64(new Uint8Array([...nonce, ...new Uint8Array(cipher)]))
}

function split(stored: string | null): { savedAt: string; bytes: Uint8Array<ArrayBuffer> } | null {
  const [savedAt, cipher] = stored?.split(' ') ?? []
  return savedAt && cipher ? { savedAt, bytes: toBytes(cipher) } : null
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

function toBytes(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}

function storedNames(): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(`${prefix}/`))
  } catch {
    return []
  }
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function store(name: string, value: string): boolean {
  try {
    localStorage.setItem(name, value)
    return true
  } catch {
    // Storage is forbidden or full.
    return false
  }
}

function remove(name: string): void {
  try {
    localStorage.removeItem(name)
  } catch {
    // Where storage is forbidden there is nothing to remove.
  }
}
