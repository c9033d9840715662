/**
 * The server's side of src/contract/sync.ts in memory, for tests of the phone alone: it opens seals, stores each id once,
 * and can be told to answer wrongly. What the real server does is tested in test/phones/histories.test.ts.
 */
import { webcrypto } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { ItemOutcome, PhoneHousehold, PhoneItem, Sealed } from '../../src/contract/sync.ts'
import { packedProtocol, type Answered, type Asked, type MessageName } from '../../src/web/offline/messages.ts'
import { digestOf, fromBase64, openBytes } from '../../src/web/offline/seal.ts'
import { Trouble, type Transport } from '../../src/web/offline/transport.ts'

const crypto = webcrypto as unknown as Crypto

export interface FakeDevice {
  dataKey: string
  secret: string
  state: 'active' | 'revoked' | 'wiped'
  lost: number | null
  waiting: { items: number; photos: number } | null
}

type Handler = { [Name in MessageName]?: (input: Asked<Name>) => Promise<Answered<Name>> | Answered<Name> }

export class FakeServer {
  now = () => new Date()
  isSignedIn = true
  /** What it announces, and understands; undefined for one of the first. */
  protocol: number | undefined = packedProtocol
  /** How many items came compressed, and how many as they are. */
  came = { packed: 0, plain: 0 }
  devices = new Map<string, FakeDevice>()
  households = new Map<string, PhoneHousehold & { changedAt: number }>()
  /** By id, in the order of recording. */
  recorded = new Map<string, PhoneItem>()
  unfiled = new Map<string, PhoneItem>()
  photos = new Map<string, Uint8Array>()
  asked: MessageName[] = []
  /** Items that a rule stands against. */
  rule: (item: PhoneItem) => string | null = () => null
  /** What is told with it. */
  details: Record<string, unknown> = {}
  /** Answers in the place of the real ones. */
  instead: Handler = {}
  #pieces = new Map<string, Uint8Array>()
  #turn = 0

  put(household: PhoneHousehold): void {
    this.#turn += 1
    this.households.set(household.id, { ...household, changedAt: this.#turn })
  }

  transport: Transport = {
    ask: async (name, input, piece) => {
      this.asked.push(name)
      const instead = this.instead[name] as ((input: unknown) => unknown) | undefined
      return (instead ? await instead(input) : await this.answer(name, input, piece)) as never
    },
  }

  async answer<Name extends MessageName>(name: Name, input: Asked<Name>, piece?: Uint8Array): Promise<Answered<Name>> {
    const handlers: Record<MessageName, (input: never) => Promise<unknown>> = {
      'device.register': (asked: Asked<'device.register'>) => this.#register(asked),
      'device.key': (asked: Asked<'device.key'>) => this.#key(asked),
      'device.status': async ({ deviceId, secret }: Asked<'device.status'>) => {
        const device = this.devices.get(deviceId)
        const state = device?.secret === secret ? device.state : 'unknown'
        return { state, serverTime: this.now().toISOString() }
      },
      'device.wiped': async ({ deviceId, lost }: Asked<'device.wiped'>) => {
        Object.assign(this.devices.get(deviceId)!, { state: 'wiped', lost })
        return {}
      },
      'sync.push': async ({ deviceId, items, waiting }: Asked<'sync.push'>) => {
        const device = this.#device(deviceId)
        if (waiting) device.waiting = waiting
        return { outcomes: await this.#take(deviceId, items), serverTime: this.now().toISOString() }
      },
      'sync.rescue': async ({ deviceId, secret, items }: Asked<'sync.rescue'>) => {
        if (this.devices.get(deviceId)?.secret !== secret) throw new Trouble('deviceUnknown', 404.3)
        return { outcomes: await this.#take(deviceId, items), serverTime: this.now().toISOString() }
      },
      'sync.photoStart': async ({ deviceId, photoId }: Asked<'sync.photoStart'>) => {
        this.#device(deviceId, ['active', 'revoked'])
        const complete = this.photos.has(photoId)
        return { received: this.#pieces.get(photoId)?.length ?? 0, complete }
      },
      'sync.photoPiece': (asked: Asked<'sync.photoPiece'>) => this.#piece(asked, piece!),
      'sync.pull': (asked: Asked<'sync.pull'>) => this.#pull(asked),
      'sync.households': async ({ deviceId, areas, ids }: Asked<'sync.households'>) => {
        this.#device(deviceId)
        const here = ids.map((id) => this.#household(id, areas))
        return { households: here.filter((found) => found !== null), gone: ids.filter((_, at) => !here[at]) }
      },
      'sync.estimate': async () => ({ households: this.households.size, bytes: this.households.size * 5000 }),
    }
    return (await handlers[name](input as never)) as Answered<Name>
  }

  async #register({ id, dataKey, secret, name, areas }: Asked<'device.register'>) {
    if (!this.isSignedIn) throw new Trouble('signInRequired', 401.1)
    const known = this.devices.get(id)
    if (known?.state === 'revoked') throw new Trouble('deviceRevoked', 410.3)
    const device: FakeDevice = known ?? { dataKey, secret, state: 'active', lost: null, waiting: null }
    this.devices.set(id, device)
    const view = { id, name, areas, registeredAt: this.now().toISOString() }
    return { device: view, dataKey: device.dataKey }
  }

  async #key({ deviceId }: Asked<'device.key'>) {
    return { dataKey: this.#device(deviceId).dataKey }
  }

  #device(id: string, states = ['active']): FakeDevice {
    if (!this.isSignedIn) throw new Trouble('signInRequired', 401.1)
    const device = this.devices.get(id)
    if (!device) throw new Trouble('deviceUnknown', 404.3)
    if (!states.includes(device.state)) throw new Trouble('deviceRevoked', 410.3)
    return device
  }

  async #take(deviceId: string, items: Sealed[]): Promise<ItemOutcome[]> {
    const raw = this.devices.get(deviceId)!.dataKey
    const key = await crypto.subtle.importKey('raw', fromBase64(raw), 'AES-GCM', false, ['decrypt'])
    const outcomes: ItemOutcome[] = []
    for (const { itemId, nonce, cipher } of items) {
      const shut = { nonce: fromBase64(nonce), cipher: fromBase64(cipher) }
      const bytes = await openBytes(crypto, key, `${deviceId}/${itemId}`, shut).catch(() => null)
      outcomes.push(bytes ? this.#understand(itemId, Buffer.from(bytes)) : { itemId, outcome: 'unreadable' })
    }
    return outcomes
  }

  #understand(itemId: string, bytes: Buffer): ItemOutcome {
    const isPacked = bytes[0] !== 123
    this.came[isPacked ? 'packed' : 'plain'] += 1
    if (isPacked && (this.protocol ?? 1) < packedProtocol)
      return { itemId, outcome: 'unfiled', code: 422.1, problem: 'notUnderstood', details: {} }
    return this.#record(itemId, JSON.parse(String(isPacked ? gunzipSync(bytes) : bytes)) as PhoneItem)
  }

  #record(itemId: string, item: PhoneItem): ItemOutcome {
    const recordedAt = this.now().toISOString()
    const there = this.recorded.get(itemId)
    if (there && JSON.stringify(there) === JSON.stringify(item))
      return { itemId, outcome: 'alreadyThere', household: item.household, recordedAt }
    const problem = there ? 'sameIdOtherContent' : this.rule(item)
    if (problem) {
      this.unfiled.set(itemId, item)
      return { itemId, outcome: 'unfiled', code: 422.1, problem, details: this.details }
    }
    this.unfiled.delete(itemId)
    this.recorded.set(itemId, item)
    const household = this.households.get(item.household.id)
    if (household) this.put({ ...household, entryCount: household.entryCount + 1 })
    return { itemId, outcome: 'recorded', household: item.household, recordedAt }
  }

  async #piece({ deviceId, photoId, offset, bytes }: Asked<'sync.photoPiece'>, piece: Uint8Array) {
    const device = this.#device(deviceId, ['active', 'revoked'])
    const before = this.#pieces.get(photoId) ?? new Uint8Array()
    if (offset > before.length) throw new Trouble('uploadOutOfOrder', 400.7, { received: before.length })
    const now = new Uint8Array([...before.slice(0, offset), ...piece])
    this.#pieces.set(photoId, now)
    if (now.length < bytes) return { received: now.length, complete: false }
    const key = await crypto.subtle.importKey('raw', fromBase64(device.dataKey), 'AES-GCM', false, ['decrypt'])
    const shut = { nonce: now.slice(0, 12), cipher: now.slice(12) }
    this.photos.set(photoId, await openBytes(crypto, key, `${deviceId}/${photoId}`, shut))
    return { received: now.length, complete: true }
  }

  async #pull({ deviceId, areas, cursor, held, waiting }: Asked<'sync.pull'>) {
    this.#device(deviceId).waiting = waiting
    const present = [...this.households.keys()].filter((id) => this.#household(id, areas)).sort()
    const since = cursor === null ? 0 : Number(cursor)
    return {
      cursor: String(this.#turn),
      present: held === (await digestOf(crypto, present)) ? null : present,
      changed: present.filter((id) => this.households.get(id)!.changedAt > since),
      serverTime: this.now().toISOString(),
      keepDays: 14,
      protocol: this.protocol,
    }
  }

  #household(id: string, areas: readonly string[]): PhoneHousehold | null {
    const found = this.households.get(id)
    if (!found || !areas.some((area) => found.place.areaCode.startsWith(area))) return null
    const { changedAt: _changedAt, ...household } = found
    return household
  }
}
