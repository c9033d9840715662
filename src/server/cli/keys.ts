/** `kaejon keys rotate`: a new key for national ids, and everything under the old ones encrypted anew. */
import type { ActionContext } from '../actions/context.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { cipherTables, countUnderOtherKeys, putCiphers, takeUnderOtherKeys, type CipherTable } from '../queries/keys.ts'
import { addKey, openSecrets, type Secrets } from '../secrets.ts'
import { act, actorFor, CommandStopped } from './registry.ts'

const atOnce = 2000

export interface Rotation {
  keyNumber: number
  /** Whether a new key was made, or an earlier rotation was gone on with. */
  isNewKey: boolean
  encrypted: number
}

/**
 * Makes a new key unless an earlier rotation is unfinished, and encrypts slice by slice; stopped at any moment, it goes
 * on when run again. Old keys stay in the key file.
 *
 * @param isAlone that no server works on the database: one that does not know the new key could not read its ids
 */
export async function rotateKeys(
  deps: Deps,
  options: { username?: string | undefined; isAlone: boolean },
  progress: (done: number, total: number) => void = () => {},
): Promise<Rotation> {
  if (deps.database.engine === 'postgres' && !options.isAlone) {
    throw new CommandStopped(
      'หยุดเซิร์ฟเวอร์แก้จนทุกตัวที่ใช้ฐานข้อมูลนี้ก่อน แล้วสั่งอีกครั้งพร้อม --yes\nStop every Kaejon server on this database first, then run this again with --yes.',
    )
  }
  const actor = await actorFor(deps, options.username)
  const isUnfinished = (await waiting(deps, deps.secrets.keyNumber)) > 0
  const isNewKey = deps.config.keys === null && !isUnfinished
  if (deps.config.keys !== null && !isUnfinished) {
    throw new CommandStopped(
      'กุญแจมาจาก KAEJON_KEYS ให้เติมกุญแจใหม่ (หมายเลข:base64) ไว้หน้าสุดก่อน แล้วสั่งอีกครั้ง\nThe keys come from KAEJON_KEYS: put a new number:base64 pair in front of the others there, then run this again.',
    )
  }
  if (isNewKey) addKey(deps.config.dataFolder)
  const secrets = isNewKey ? openSecrets(null, deps.config.dataFolder) : deps.secrets
  const { keyNumber } = secrets
  await act(deps, actor, (context) => leaveTrace(context, 'keys.rotate', { keyNumber, isNewKey }))
  const total = await waiting(deps, keyNumber)
  let encrypted = 0
  for (const table of cipherTables) {
    for (;;) {
      const count = await encryptSlice(deps, secrets, table)
      if (count === 0) break
      encrypted += count
      progress(encrypted, total)
    }
  }
  await act(deps, actor, (context) => leaveTrace(context, 'keys.rotated', { keyNumber, encrypted }))
  return { keyNumber, isNewKey, encrypted }
}

function leaveTrace(context: ActionContext, action: string, detail: Record<string, number | boolean>): Promise<void> {
  return context.audit({ action, subjectKind: 'keys', detail })
}

async function waiting(deps: Deps, keyNumber: number): Promise<number> {
  let sum = 0
  for (const table of cipherTables) sum += await countUnderOtherKeys(deps.database.kysely, table, keyNumber)
  return sum
}

function encryptSlice(deps: Deps, secrets: Secrets, table: CipherTable): Promise<number> {
  return inTransaction(deps.database, 'program', async (tx) => {
    const taken = await takeUnderOtherKeys(tx, table, secrets.keyNumber, atOnce)
    if (taken.length === 0) return 0
    const anew = taken.map(({ place, part, hash, cipher }) => ({
      place,
      part,
      cipher: secrets.encryptNationalId(secrets.decryptNationalId(cipher, hash)).toString('base64'),
    }))
    await putCiphers(tx, table, anew)
    return taken.length
  })
}
