/** Phones of the field app: registered by the person who carries one, revoked by them or by those who answer for its areas. */
import { createHash, timingSafeEqual } from 'node:crypto'
import {
  silentAfterDays,
  type deviceList,
  type deviceRegister,
  type DeviceView,
  type deviceWiped,
} from '../../contract/devices.ts'
import type { InputOf, OutputOf } from '../../contract/route.ts'
import { commonArea, isAreaWithin } from '../../domain/area.ts'
import { grantState } from '../../domain/grant.ts'
import { permissionsByRole, reachOf, type Actor } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import type { Db } from '../db/database.ts'
import {
  changeDevice,
  devicesOf,
  deviceTotals,
  findDevice,
  insertDevice,
  listDevices,
  lockDevice,
  namedDevice,
  type NamedDevice,
  type StoredDevice,
} from '../queries/devices.ts'
import { grantsOf, resolveGrant } from '../queries/people.ts'
import { openAtRest, sealAtRest } from '../sealing.ts'
import type { Secrets } from '../secrets.ts'
import { requirePermission, type ActionContext } from './context.ts'

const keyPurpose = 'device key'
const dayMs = 24 * 60 * 60 * 1000
/** Phones that wiped themselves are still listed for so long. */
const wipedShownDays = 30
const mostListed = 500

/** The key with which a phone seals. */
export function dataKeyOf(secrets: Pick<Secrets, 'derive'>, device: Pick<StoredDevice, 'id' | 'data_key'>): Buffer {
  return openAtRest(secrets, keyPurpose, device.id, device.data_key)
}

/** The areas that a phone holds. */
export function areasOf(device: { areas: string }): string[] {
  return device.areas.split(',')
}

/** The area in which what concerns a phone is traced: the smallest that holds all of its areas. */
export function areaOfDevice(device: { areas: string }): string {
  return commonArea(areasOf(device))
}

export function isSecretOf(device: Pick<StoredDevice, 'secret_digest'>, secret: string): boolean {
  return timingSafeEqual(device.secret_digest, digestOfSecret(secret))
}

function digestOfSecret(secret: string): Buffer {
  return createHash('sha256').update(Buffer.from(secret, 'base64')).digest()
}

/** One's own phone, in use. @throws Problem deviceUnknown (also for somebody else's), deviceRevoked */
export function requireOwn(actor: Actor, device: StoredDevice | undefined): asserts device is StoredDevice {
  if (!device || device.account_id !== actor.userId) throw new Problem('deviceUnknown')
  if (device.state !== 'active') throw new Problem('deviceRevoked')
}

/**
 * Registers a phone, or registers it anew with other areas; it gets the key that is kept.
 *
 * @throws Problem notFound for an area outside the reach, alreadyExists for somebody else's phone or another secret
 */
export async function registerDevice(
  context: ActionContext,
  input: InputOf<typeof deviceRegister>,
): Promise<OutputOf<typeof deviceRegister>> {
  const { tx, actor, now, secrets } = context
  const reach = requirePermission(actor, 'logbook.record')
  const areas = [...new Set(input.areas)].filter(
    (code) => !input.areas.some((o) => o !== code && isAreaWithin(code, o)),
  )
  const isReached = (code: string) =>
    reach.centreIds.length > 0 || reach.areas.some((own) => isAreaWithin(code, own) || isAreaWithin(own, code))
  if (!areas.every((code) => code.startsWith(input.province) && isReached(code))) throw new Problem('notFound')
  const described = {
    name: input.name,
    province_code: Number(input.province),
    areas: areas.toSorted().join(','),
    app_version: input.appVersion,
    protocol: input.protocol,
    last_seen_at: now,
  }
  const isNew = await insertDevice(tx, {
    id: input.id,
    account_id: actor.userId,
    ...described,
    data_key: sealAtRest(secrets, keyPurpose, input.id, Buffer.from(input.dataKey, 'base64')),
    secret_digest: digestOfSecret(input.secret),
    registered_at: now,
  })
  if (!isNew) {
    const known = (await lockDevice(tx, input.id))!
    if (known.account_id !== actor.userId || !isSecretOf(known, input.secret)) throw new Problem('alreadyExists')
    requireOwn(actor, known)
    await changeDevice(tx, input.id, described)
  }
  await trace(context, 'device.register', described, input.id, { again: !isNew })
  const stored = (await findDevice(tx, input.id))!
  return { device: await ownView(context, input.id), dataKey: dataKeyOf(secrets, stored).toString('base64') }
}

/** The key once more, for the person who registered the phone. @throws Problem deviceUnknown, deviceRevoked */
export async function showDeviceKey(
  context: ActionContext,
  input: { deviceId: string; secret: string },
): Promise<{ dataKey: string }> {
  const device = await findDevice(context.tx, input.deviceId)
  if (!device || !isSecretOf(device, input.secret)) throw new Problem('deviceUnknown')
  requireOwn(context.actor, device)
  await trace(context, 'device.key', device, device.id)
  return { dataKey: dataKeyOf(context.secrets, device).toString('base64') }
}

/** A phone that proves by its secret that it is the one; undefined for an unknown one and a wrong secret alike. */
export async function deviceBySecret(
  db: Db,
  input: { deviceId: string; secret: string },
): Promise<StoredDevice | undefined> {
  const device = await findDevice(db, input.deviceId)
  return device && isSecretOf(device, input.secret) ? device : undefined
}

/**
 * A mentor who leaves hands over what waits on their phones first, unless whoever ends it says that they go on all the same.
 *
 * @returns what stays behind, for the audit
 * @throws Problem phonesWaiting
 */
export async function requireNothingWaiting(
  { tx }: Pick<ActionContext, 'tx'>,
  accountId: string,
  despiteWaiting: boolean,
): Promise<{ leftWaiting?: number }> {
  const phones = (await devicesOf(tx, accountId)).filter(({ state }) => state === 'active')
  const items = phones.reduce((total, phone) => total + phone.waiting_items, 0)
  const photos = phones.reduce((total, phone) => total + phone.waiting_photos, 0)
  if (items + photos === 0) return {}
  if (!despiteWaiting) throw new Problem('phonesWaiting', { items, photos })
  return { leftWaiting: items + photos }
}

/** Notes that a phone dropped everything that it held. @throws Problem deviceUnknown */
export async function wipeDevice(context: ActionContext, input: InputOf<typeof deviceWiped>): Promise<void> {
  const device = await deviceBySecret(context.tx, input)
  if (!device) throw new Problem('deviceUnknown')
  const { now } = context
  await changeDevice(context.tx, device.id, {
    state: 'wiped',
    wiped_at: device.wiped_at ?? now,
    // The answer to the first message may have got lost, and the phone that is empty by now counts nothing any more.
    lost_items: Math.max(device.lost_items ?? 0, input.lost),
    last_seen_at: now,
    waiting_items: 0,
    waiting_photos: 0,
    waiting_since: null,
  })
  const detail = { lost: input.lost, wasRevoked: device.revoked_at !== null }
  await trace(context, 'device.wiped', device, device.id, detail, device.account_id)
}

/** @throws Problem deviceUnknown for a phone that is neither one's own nor in the areas that one answers for */
export async function revokeDevice(
  context: ActionContext,
  input: { deviceId: string; reason: string },
): Promise<DeviceView> {
  const { tx, actor, now } = context
  const device = await lockDevice(tx, input.deviceId)
  if (!device || !(device.account_id === actor.userId || answersFor(actor, device))) throw new Problem('deviceUnknown')
  if (device.state !== 'active') throw new Problem('wrongState', { state: device.state })
  await changeDevice(tx, device.id, {
    state: 'revoked',
    revoked_at: now,
    revoked_by: actor.userId,
    revoke_reason: input.reason,
  })
  await trace(context, 'device.revoke', device, device.id, { isOwn: device.account_id === actor.userId })
  return ownView(context, device.id)
}

function answersFor(actor: Actor, device: StoredDevice): boolean {
  const reach = reachOf(actor, 'device.read')
  return areasOf(device).some((code) => reach?.areas.some((area) => isAreaWithin(code, area)))
}

export async function ownDevices(context: ActionContext): Promise<{ devices: DeviceView[] }> {
  return { devices: await deviceViews(context, await devicesOf(context.tx, context.actor.userId)) }
}

async function ownView(context: ActionContext, id: string): Promise<DeviceView> {
  return (await deviceViews(context, [(await namedDevice(context.tx, id))!]))[0]!
}

/** Phones of the areas that this person answers for. */
export async function devicePage(
  context: ActionContext,
  input: InputOf<typeof deviceList>,
): Promise<OutputOf<typeof deviceList>> {
  const { tx, actor, now } = context
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs)
  const common = {
    reach: requirePermission(actor, 'device.read'),
    area: input.area,
    wipedSince: daysAgo(wipedShownDays),
  }
  const devices = await listDevices(tx, {
    ...common,
    sort: input.sort,
    silentBefore: input.silentDays === 0 ? null : daysAgo(input.silentDays),
    limit: mostListed,
  })
  const totals = await deviceTotals(tx, { ...common, silentBefore: daysAgo(input.silentDays || silentAfterDays) })
  return {
    devices: await deviceViews(context, devices),
    totals: {
      devices: totals.devices,
      silent: totals.silent,
      waitingItems: totals.waiting_items,
      waitingPhotos: totals.waiting_photos,
    },
  }
}

async function deviceViews(context: ActionContext, devices: readonly NamedDevice[]): Promise<DeviceView[]> {
  const leaving = await leavingPeople(context, devices)
  return devices.map((device) => ({
    id: device.id,
    name: device.name,
    person: { id: device.account_id, name: device.person_name, username: device.username ?? '' },
    areas: areasOf(device),
    state: device.state as DeviceView['state'],
    appVersion: device.app_version,
    registeredAt: device.registered_at.toISOString(),
    lastSeenAt: device.last_seen_at.toISOString(),
    lastSyncAt: device.last_sync_at?.toISOString() ?? null,
    waiting: {
      items: device.waiting_items,
      photos: device.waiting_photos,
      since: device.waiting_since?.toISOString() ?? null,
    },
    clockOffset: device.clock_offset,
    revokedAt: device.revoked_at?.toISOString() ?? null,
    revokedBy: device.revoked_by_name,
    revokeReason: device.revoke_reason,
    isLeaving: leaving.has(device.id),
  }))
}

/** Phones on which something waits whose people may not record any more in any of the areas that they hold. */
async function leavingPeople({ tx, now }: ActionContext, devices: readonly NamedDevice[]): Promise<Set<string>> {
  const waiting = devices.filter((device) => device.waiting_items + device.waiting_photos > 0)
  const day = dayInThailand(now)
  const grants = await grantsOf(tx, [...new Set(waiting.map((device) => device.account_id))], day)
  const recording = grants
    .filter((row) => permissionsByRole[row.role].includes('logbook.record') && grantState(row, day) === 'current')
    .map((row) => ({ accountId: row.accountId, ...resolveGrant(row) }))
  const mayRecord = (device: NamedDevice) =>
    !device.is_disabled &&
    recording.some(
      (grant) =>
        grant.accountId === device.account_id &&
        areasOf(device).some((code) => grant.areas.some((own) => isAreaWithin(code, own) || isAreaWithin(own, code))),
    )
  return new Set(waiting.filter((device) => !mayRecord(device)).map(({ id }) => id))
}

function trace(
  context: ActionContext,
  action: string,
  device: { areas: string },
  id: string,
  detail: Record<string, number | boolean> = {},
  actorId?: string,
): Promise<void> {
  const who = actorId === undefined ? {} : { actorId }
  return context.audit({ action, ...who, subjectKind: 'device', subjectId: id, areaCode: areaOfDevice(device), detail })
}
