/** How a phone gets its key: by registering, by the PIN, or from the server when the PIN is forgotten. */
import { newId } from '../new-id.ts'
import { correctedMs } from './clock.ts'
import { dropExpired } from './fetch.ts'
import { syncProtocol, type Answered } from './messages.ts'
import { PhoneLocked, type Page, type PhoneParts } from './page.ts'
import { PhoneGone, change, changeDevice, readDevice, readWiped, type DeviceRow } from './storage.ts'
import {
  carrierOf,
  createDeviceKey,
  createSecret,
  importKey,
  mostTries,
  sealForDevice,
  secretOf,
  unwrapKey,
  wrapKey,
  type Carrier,
} from './vault.ts'
import { tellOfLoss, tellWiped } from './wipe.ts'

export interface RegisterInput {
  person: { id: string; name: string }
  province: string
  areas: string[]
  pin: string
  /** As the person calls the phone. */
  name: string
}

export async function register(page: Page, { person, province, areas, pin, name }: RegisterInput): Promise<void> {
  const { storage, transport, crypto, now } = page.parts
  const mine = await storage.open(person.id)
  const before = await readDevice(mine)
  const wiped = await readWiped(mine)
  const id = before?.id ?? newId(correctedMs(null, now().getTime()))
  const secret = before ? await secretOf(crypto, before) : createSecret(crypto)
  const deviceKey = before?.deviceKey ?? (await createDeviceKey(crypto))
  const device: DeviceRow = {
    id,
    accountId: person.id,
    province,
    areas,
    registeredAt: before?.registeredAt ?? null,
    deviceKey,
    secret: before?.secret ?? (await sealForDevice(crypto, deviceKey, id, 'secret', secret)),
    person: await sealForDevice(crypto, deviceKey, id, 'person', { ...person, phoneName: name } satisfies Carrier),
    pin: before?.pin ?? null,
    triesLeft: before?.triesLeft ?? mostTries,
  }
  // An answer may be lost: the next try takes the same id, and the server gives the key that it has.
  if (!before?.registeredAt)
    await page.keeping(() => change(mine, ['about'], (tx) => tx.objectStore('about').put(device, 'device')))
  if (wiped) await tellWiped({ database: mine, transport })
  const answer = await registerDevice(page.parts, device, secret, createSecret(crypto))
  const registeredAt = answer.device.registeredAt
  const wrapped = await wrapKey(crypto, device, answer.dataKey, pin, page.pinRounds)
  const key = await importKey(crypto, answer.dataKey)
  await page.keeping(() => changeDevice(mine, id, { ...device, registeredAt, pin: wrapped, triesLeft: mostTries }))
  await change(mine, ['about'], (tx) => tx.objectStore('about').delete('wiped'))
  for (const mark of storage.marks.all()) {
    if (mark.accountId !== person.id) continue
    if (mark.deviceId !== id) await tellOfLoss(page.parts, mark)
    storage.marks.drop(mark.deviceId)
  }
  storage.marks.put({ accountId: person.id, deviceId: id, secret, registeredAt, waiting: 0, isTold: false })
  page.accountId = person.id
  page.open = { ...key, deviceId: id }
  page.forgetHeld()
  page.trouble = null
  page.isPersisted = (await page.parts.persist?.().catch(() => false)) ?? page.isPersisted
  await page.changed()
}

export async function unlock(page: Page, pin: string): Promise<'open' | 'wrong' | 'blocked'> {
  const { crypto, now } = page.parts
  const stored = await page.database()
  // Counted before it is tried: who stops the program in between has used the try.
  const device = await change(stored, ['about'], async (tx) => {
    const row = (await tx.objectStore('about').get('device')) as DeviceRow | undefined
    if (!row?.pin) return row ?? null
    const counted = { ...row, triesLeft: row.triesLeft - 1, pin: row.triesLeft > 0 ? row.pin : null }
    await tx.objectStore('about').put(counted, 'device')
    return counted
  })
  if (!device) throw new PhoneGone('gone')
  const key = device.pin && (await unwrapKey(crypto, device, device.pin, pin))
  const isBlocked = key === null && device.triesLeft <= 0
  if (key) await changeDevice(stored, device.id, { triesLeft: mostTries })
  else if (isBlocked && device.pin) await changeDevice(stored, device.id, { pin: null, triesLeft: 0 })
  if (key) {
    page.open = { ...key, deviceId: device.id }
    if (await dropExpired(stored, now())) page.forgetHeld()
  }
  await page.changed()
  return key ? 'open' : isBlocked || !device.pin ? 'blocked' : 'wrong'
}

export async function resetPin(page: Page, pin: string): Promise<void> {
  const { transport, crypto } = page.parts
  const stored = await page.database()
  const device = await readDevice(stored)
  if (!device) throw new PhoneGone('gone')
  const secret = await secretOf(crypto, device)
  const { dataKey } = await transport.ask('device.key', { deviceId: device.id, secret })
  const wrapped = await wrapKey(crypto, device, dataKey, pin, page.pinRounds)
  await page.keeping(() => changeDevice(stored, device.id, { pin: wrapped, triesLeft: mostTries }))
  page.open = { ...(await importKey(crypto, dataKey)), deviceId: device.id }
  await page.changed()
}

export async function changeAreas(page: Page, areas: string[]): Promise<void> {
  const { crypto } = page.parts
  const stored = await page.database()
  const device = await readDevice(stored)
  if (!device || !page.open) throw new PhoneLocked('locked')
  await registerDevice(page.parts, { ...device, areas }, await secretOf(crypto, device), page.open.raw)
  await changeDevice(stored, device.id, { areas })
  await page.changed()
}

/** Tells the server who this phone is; it answers with the key that it keeps. */
export async function registerDevice(
  { transport, crypto, appVersion = '' }: PhoneParts,
  device: DeviceRow,
  secret: string,
  dataKey: string,
): Promise<Answered<'device.register'>> {
  const { id, province, areas } = device
  const { phoneName: name } = await carrierOf(crypto, device)
  const input = { id, name, province, areas, dataKey, secret, appVersion, protocol: syncProtocol }
  return transport.ask('device.register', input)
}
