/** Faults that engines of this kind had: each is planted to see that the histories find it. */
import type { PhoneItem } from '../../src/contract/sync.ts'
import { newId } from '../../src/server/ids.ts'
import { Trouble, type Phone, type PhoneParts } from '../../src/web/offline/phone.ts'
import { change, type HoldingRow, type PhoneDatabase } from '../../src/web/offline/storage.ts'
import type { MessageName } from '../../src/web/offline/messages.ts'

/** Wraps what a phone is built of, or the phone itself, to plant a fault in it. */
export interface Fault {
  parts?(parts: PhoneParts): PhoneParts
  phone?(phone: Phone, parts: PhoneParts): Phone
}

async function databaseOf({ storage }: PhoneParts): Promise<PhoneDatabase> {
  return storage.open((await storage.accounts())[0]!)
}

async function forget(parts: PhoneParts, items: readonly { itemId: string }[]): Promise<void> {
  const sent = new Set(items.map(({ itemId }) => itemId))
  await change(await databaseOf(parts), ['outbox'], async (tx) => {
    const rows = await tx.objectStore('outbox').getAll()
    for (const row of rows) if (sent.has(row.itemId)) await tx.objectStore('outbox').delete(row.order!)
  })
}

/** Does something around each message of a name. */
function around(
  name: MessageName,
  work: (parts: PhoneParts, input: never, ask: () => Promise<unknown>) => Promise<unknown>,
): Fault {
  return {
    parts: (parts) => ({
      ...parts,
      transport: {
        ask: async (asked, input, piece) => {
          const ask = () => parts.transport.ask(asked, input, piece)
          return (asked === name ? await work(parts, input as never, ask) : await ask()) as never
        },
      },
    }),
  }
}

export const faults: Record<string, Fault> = {
  'an item leaves the phone when it is sent, not when it was answered for': around(
    'sync.push',
    async (parts, input: { items: { itemId: string }[] }, ask) => {
      await forget(parts, input.items)
      return ask()
    },
  ),
  'the cursor is stored before the list of what changed': around('sync.pull', async (parts, _input, ask) => {
    const answer = (await ask()) as { cursor: string }
    const database = await databaseOf(parts)
    const holding = (await database.get('about', 'holding')) as HoldingRow
    // Several times: a slow phone is longer between the two.
    for (let turn = 0; turn < 6; turn += 1)
      await change(database, ['about'], (tx) =>
        tx.objectStore('about').put({ ...holding, cursor: answer.cursor }, 'holding'),
      )
    return answer
  }),
  'a household is taken off the list before it came': around(
    'sync.households',
    async (parts, input: { ids: string[] }, ask) => {
      const database = await databaseOf(parts)
      await change(database, ['toFetch'], async (tx) => {
        for (const id of input.ids) await tx.objectStore('toFetch').delete(id)
      })
      return ask()
    },
  ),
  'what was not answered for is sent again as something new': {
    phone: (phone, parts) => ({
      ...phone,
      sync: async (why) => {
        await phone.sync(why)
        if (phone.status().trouble !== 'offline' || phone.status().state !== 'open') return
        for (const { state, item } of await phone.outbox()) {
          if (state !== 'waiting' || item?.kind !== 'entry') continue
          await forget(parts, [{ itemId: item.entry.id }])
          const again = { ...item, entry: { ...item.entry, id: newId() } } as PhoneItem
          await phone.save({ items: [again], photos: [] })
        }
      },
    }),
  },
  'a problem of the server ends an item': around(
    'sync.push',
    async (parts, input: { items: { itemId: string }[] }, ask) => {
      try {
        return await ask()
      } catch (error) {
        if (!(error instanceof Trouble) || error.code === 0) throw error
        const database = await databaseOf(parts)
        const sent = new Set(input.items.map(({ itemId }) => itemId))
        for (const row of await database.getAll('outbox'))
          if (sent.has(row.itemId)) await database.delete('outbox', row.order!)
        throw error
      }
    },
  ),
}
