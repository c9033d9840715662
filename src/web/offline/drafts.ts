/** Half-typed forms, sealed, saved with every change: a killed browser or an empty battery loses nothing. */
import { mustBe, type Sealer } from './outbox.ts'
import { seal, unseal } from './seal.ts'
import { change, type PhoneDatabase } from './storage.ts'

const placeOf = (name: string) => `draft/${name}`

/** Null when there is none, or when nobody can read it any more. */
export async function readDraft(database: PhoneDatabase, { crypto, key }: Sealer, name: string): Promise<unknown> {
  const row = await database.get('draft', name)
  if (!row) return null
  return unseal<unknown>(crypto, key, placeOf(name), row.sealed).catch(() => null)
}

/** Of two that overtake each other while being sealed, the one typed later stays. */
export function createDraftWriter(database: () => Promise<PhoneDatabase>) {
  const turns = new Map<string, number>()
  const nextTurn = (name: string) => {
    const turn = (turns.get(name) ?? 0) + 1
    turns.set(name, turn)
    return turn
  }
  return {
    /** @returns whether it is a new one, and not a longer one */
    async write(
      { crypto, key, deviceId }: Sealer,
      name: string,
      value: unknown,
      savedAt: string,
      guard?: () => Promise<void>,
    ): Promise<boolean> {
      const turn = nextTurn(name)
      const sealed = await seal(crypto, key, placeOf(name), value)
      const opened = await database()
      await guard?.()
      if (turns.get(name) !== turn) return false
      return change(opened, ['about', 'draft'], async (tx) => {
        await mustBe(tx, deviceId)
        const before = await tx.objectStore('draft').getKey(name)
        await tx.objectStore('draft').put({ name, savedAt, sealed })
        return before === undefined
      })
    },
    /** To be called before anything drops a draft: what is still being sealed must not bring it back. */
    forget: (name: string) => void nextTurn(name),
    async drop(name: string): Promise<void> {
      nextTurn(name)
      await change(await database(), ['draft'], (tx) => tx.objectStore('draft').delete(name))
    },
  }
}
