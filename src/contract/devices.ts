/** Phones of the field app: registered by the person who carries one, seen and revoked by those who answer for the area. */
import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { provinceSchema } from './households.ts'
import { route } from './route.ts'
import { waitingSchema } from './sync.ts'
import { reasonSchema } from './values.ts'

/** `revoked`: wipes itself at its next contact; `wiped`: it said that it did. */
export const deviceStates = ['active', 'revoked', 'wiped'] as const

const idSchema = z.uuid().toLowerCase()
/** 32 bytes. */
const keySchema = z.string().regex(/^[A-Za-z0-9+/]{43}=$/)

export const deviceSchema = z.object({
  id: z.string(),
  name: z.string(),
  person: z.object({ id: z.string(), name: z.string(), username: z.string() }),
  areas: z.array(z.string()),
  state: z.enum(deviceStates),
  appVersion: z.string(),
  registeredAt: z.string(),
  /** The last time that it talked to the server at all, and that it had nothing left to send or fetch. */
  lastSeenAt: z.string(),
  lastSyncAt: z.string().nullable(),
  waiting: waitingSchema,
  /** The device's clock minus the server's, in seconds, at its last pull. */
  clockOffset: z.number().nullable(),
  revokedAt: z.string().nullable(),
  revokedBy: z.string().nullable(),
  revokeReason: z.string().nullable(),
  /** Its person holds no role any more that could record, and something waits: hand over only when it came in. */
  isLeaving: z.boolean(),
})
export type DeviceView = z.infer<typeof deviceSchema>

/**
 * Registers the phone in the person's hand. The data key is made by the phone and kept here sealed, so that what waits
 * can be opened however it arrives, and so that a forgotten PIN loses nothing. The same phone registering again gets the
 * key that is kept, not the one it sends.
 */
export const deviceRegister = route({
  name: 'device.register',
  method: 'POST',
  path: '/api/devices',
  access: 'logbook.record',
  effect: 'write',
  subject: 'none',
  input: z.object({
    id: idSchema,
    name: z.string().trim().min(1).max(80),
    province: provinceSchema,
    areas: z.array(areaCodeSchema).min(1).max(60),
    dataKey: keySchema,
    /** Proves that a message comes from this phone when there is no session. */
    secret: keySchema,
    appVersion: z.string().max(40),
    protocol: z.number().int().min(1),
  }),
  output: z.object({ device: deviceSchema, dataKey: keySchema }),
})

/** The key again, for the person who registered the phone: a forgotten PIN. Problems: deviceUnknown, deviceRevoked. */
export const deviceKey = route({
  name: 'device.key',
  method: 'POST',
  path: '/api/devices/:deviceId/key',
  access: 'account.own',
  effect: 'logged-read',
  subject: 'none',
  input: z.object({ deviceId: idSchema, secret: keySchema }),
  output: z.object({ dataKey: keySchema }),
})

/** What a phone is to do that cannot, or may not, sign in. Says `unknown` for a wrong secret too. */
export const deviceStatus = route({
  name: 'device.status',
  method: 'POST',
  path: '/api/devices/status',
  access: 'public',
  effect: 'read',
  subject: 'none',
  input: z.object({ deviceId: idSchema, secret: keySchema }),
  output: z.object({ state: z.enum([...deviceStates, 'unknown']), serverTime: z.string() }),
})

/** The phone says that it dropped everything; what it could not send before is counted. */
export const deviceWiped = route({
  name: 'device.wiped',
  method: 'POST',
  path: '/api/devices/wiped',
  access: 'public',
  effect: 'write',
  subject: 'none',
  input: z.object({ deviceId: idSchema, secret: keySchema, lost: z.number().int().min(0).max(1_000_000) }),
  output: z.object({}),
})

export const deviceOwn = route({
  name: 'device.own',
  method: 'GET',
  path: '/api/devices/own',
  access: 'account.own',
  effect: 'read',
  subject: 'self',
  input: z.object({}),
  output: z.object({ devices: z.array(deviceSchema) }),
})

/** Phones without a sync for so long are counted as silent where no other number is asked for. */
export const silentAfterDays = 7

export const deviceSorts = ['silent', 'waiting', 'name'] as const

/** Phones of people whose places this person answers for. `silent`: those longest without a sync first. */
export const deviceList = route({
  name: 'device.list',
  method: 'GET',
  path: '/api/devices',
  access: 'device.read',
  effect: 'read',
  subject: 'none',
  input: z.object({
    area: areaCodeSchema.default(''),
    sort: z.enum(deviceSorts).default('silent'),
    /** Only those that did not sync for so many days. */
    silentDays: z.coerce.number().int().min(0).max(365).default(0),
  }),
  output: z.object({
    devices: z.array(deviceSchema),
    totals: z.object({ devices: z.number(), silent: z.number(), waitingItems: z.number(), waitingPhotos: z.number() }),
  }),
})

/** Revokes one's own phone, or one of the places that one answers for. It may be seen last at any time: it wipes when it calls. */
export const deviceRevoke = route({
  name: 'device.revoke',
  method: 'POST',
  path: '/api/devices/:deviceId/revoke',
  access: 'account.own',
  effect: 'write',
  subject: 'none',
  input: z.object({ deviceId: idSchema, reason: reasonSchema }),
  output: z.object({ device: deviceSchema }),
})

export const deviceRoutes = [
  deviceRegister,
  deviceKey,
  deviceStatus,
  deviceWiped,
  deviceOwn,
  deviceList,
  deviceRevoke,
] as const
