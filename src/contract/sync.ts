/**
 * How phones and server talk (docs/decisions/0014-phones.md).
 *
 * **Sending.** Whatever a person saves on a phone becomes an item: an entry, a household found, a correction. It is sealed
 * with the phone's data key the moment it is saved, and travels sealed, by any hand: from the phone itself, from a service
 * worker while the phone is locked, from the phone of somebody who collected it, or as the last act before a wipe. The
 * server opens it with the copy of the key that it was given when the phone was registered, and records it under its
 * author's name and permissions. Items are sent in the order in which they were saved, at most `mostItemsAtOnce` at a time.
 * The same item sent again, also beside itself, is stored once. An item leaves the phone only after the server named
 * its id with an outcome:
 *
 * - `recorded`, `alreadyThere`: it stands in the logbook (or the household in the registry).
 * - `unfiled`: the server keeps it, but a rule stands against recording it: the problem says which. Its author may send the
 *   same id again with other content, or people of the district decide. Content that this server does not understand, of a
 *   newer phone or an older one, ends here too. Nothing is ever thrown away.
 * - `unreadable`: the seal does not open; the phone keeps the item, says so, and sends it again when its person asks for it.
 *
 * **Compressed.** What is sealed cannot be made smaller on its way, so a phone compresses the JSON of an item (gzip) before
 * it seals it: once the server's last `sync.pull` announced a `protocol` of `packedProtocol` or more, and where that makes it
 * shorter. Nothing beside the seal says so: whoever opens it sees it by the first two bytes, so files and QR codes from phone
 * to phone carry both kinds, also through phones that know of one only. What is broken, or becomes longer than
 * `mostBytesPerItem`, is content that is not understood. So is any compressed item to an older server (one that was set
 * back): that keeps it unfiled as it came, the phone keeps it too, and the next server that can open it records it.
 *
 * **Photographs** follow after the items, sealed, in pieces; `photoStart` says from which byte to go on. A revoked phone may
 * still send its own, with its person's session, until it is wiped.
 *
 * **Fetching** is two messages. `sync.pull` says which households the phone should hold (only when its own list is another,
 * by digest) and which changed since the cursor. The phone stores cursor and the list of what it must fetch in one
 * transaction, then asks for those households with `sync.households`, some at a time, and takes each off the list as it
 * stores it: killed anywhere, it goes on. A cursor names a moment before which every transaction had ended, so that a
 * commit that came late is seen by the next pull; a household may come twice, none is missed.
 *
 * **Versions.** Every message names `syncProtocol`. A server takes older ones, and keeps items of newer ones unfiled; a
 * phone ignores fields that it does not know, and keeps an item whose outcome it does not know. Problems: `deviceUnknown` (register again), `deviceRevoked` (rescue, then wipe),
 * `signInRequired` (keep everything, ask for the password), `tooManyTries`, `tooLarge`.
 */
import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { birthPrecisions } from '../domain/member.ts'
import { householdStates } from '../domain/household.ts'
import { entrySchema } from '../domain/logbook/entry.ts'
import { householdDraftSchema, householdRefSchema, placeSchema, provinceSchema } from './households.ts'
import { caseStateSchema, dutySchema, entryViewSchema } from './logbook.ts'
import { route } from './route.ts'
import { reasonSchema } from './values.ts'

/** Grows when an older server could not understand what a newer phone says. */
export const syncProtocol = 2
/** From this protocol on a server opens items that were compressed before they were sealed. */
export const packedProtocol = 2
export const mostItemsAtOnce = 50
/** Households per answer of `sync.households`. */
export const mostHouseholdsAtOnce = 100
/** More than this a phone is warned about before it downloads. */
export const manyHouseholds = 1_000
/** More than this a phone does not hold at all: `tooLarge`, and the person chooses smaller areas. */
export const mostHouseholds = 5_000
/** Entries of a household that travel with it, newest first. */
export const entriesOnPhone = 8
/** The longest item, in bytes of its JSON before it is compressed and sealed. */
export const mostBytesPerItem = 200_000

const idSchema = z.uuid().toLowerCase()
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/)

/** What is sealed. The item's id is the entry's, or the household's. */
export const phoneItemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('entry'), household: householdRefSchema, entry: entrySchema }),
  z.object({
    kind: z.literal('household'),
    /** Entries may name it at once; it is known under this id when it is recorded. */
    household: householdRefSchema,
    draft: householdDraftSchema,
    foundOn: z.iso.date(),
    /** Why it is none of those that look like it, once its author was asked. */
    separateReason: z.string().trim().min(3).max(300).nullable(),
  }),
])
export type PhoneItem = z.infer<typeof phoneItemSchema>

/** AES-256-GCM by the device's data key; additional data is `deviceId/itemId`, so that no item passes for another. */
export const sealedSchema = z.object({
  itemId: idSchema,
  /** The device's moment of saving, by its own clock: shown, never counted. */
  savedAt: z.iso.datetime(),
  /** 12 bytes. */
  nonce: base64.max(16),
  cipher: base64.max(Math.ceil(mostBytesPerItem / 3) * 4 + 64),
})
export type Sealed = z.infer<typeof sealedSchema>

export const itemOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({
    itemId: z.string(),
    outcome: z.enum(['recorded', 'alreadyThere']),
    /** Where it counts: another household than the one named when that was merged. */
    household: householdRefSchema,
    recordedAt: z.string(),
  }),
  z.object({
    itemId: z.string(),
    outcome: z.literal('unfiled'),
    code: z.number(),
    problem: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
  z.object({ itemId: z.string(), outcome: z.literal('unreadable') }),
])
export type ItemOutcome = z.infer<typeof itemOutcomeSchema>

/** What waits on the device after this message, as far as it knows. */
export const waitingSchema = z.object({
  items: z.number().int().min(0).max(1_000_000),
  photos: z.number().int().min(0).max(1_000_000),
  /** When the oldest of them was saved, by the device's clock. */
  since: z.iso.datetime().nullable(),
})
export type Waiting = z.infer<typeof waitingSchema>

const deviceFields = {
  protocol: z.number().int().min(1).max(10_000),
  deviceId: idSchema,
}
const itemsField = z.array(sealedSchema).max(mostItemsAtOnce)
/** Fifty of the longest items fit. */
const mostCharacters = 15_000_000

/**
 * Sends items of a device: one's own, or those of somebody else that one carries (`collected` in the audit). They are
 * recorded with the author's permissions of today, whoever carries them; whoever has no role any more still sends, and what
 * comes is kept unfiled.
 */
export const syncPush = route({
  name: 'sync.push',
  method: 'POST',
  path: '/api/sync/push',
  access: 'signed-in',
  effect: 'write',
  subject: 'none',
  mostCharacters,
  input: z.object({ ...deviceFields, items: itemsField, waiting: waitingSchema.nullable() }),
  /** One outcome for each item, in the order sent. */
  output: z.object({ outcomes: z.array(itemOutcomeSchema), serverTime: z.string() }),
})

/** The last act of a device that was revoked, or whose session ended for good: known by its secret, not by a session. */
export const syncRescue = route({
  name: 'sync.rescue',
  method: 'POST',
  path: '/api/sync/rescue',
  access: 'public',
  effect: 'write',
  subject: 'none',
  mostCharacters,
  input: z.object({ ...deviceFields, secret: base64.max(64), items: itemsField }),
  output: z.object({ outcomes: z.array(itemOutcomeSchema), serverTime: z.string() }),
})

/** Sealed photographs are at most this long. */
export const mostBytesPerSealedPhoto = 6 * 1024 * 1024
export const mostBytesPerPhotoPiece = 256 * 1024

const photoFields = { deviceId: idSchema, photoId: idSchema }

/** From which byte a sealed photograph is to be sent on; begins it where nothing is known of it. */
export const syncPhotoStart = route({
  name: 'sync.photoStart',
  method: 'POST',
  path: '/api/sync/photos',
  access: 'signed-in',
  effect: 'read',
  subject: 'none',
  input: z.object({ ...photoFields, bytes: z.number().int().min(1).max(mostBytesPerSealedPhoto) }),
  output: z.object({ received: z.number(), complete: z.boolean() }),
})

/**
 * One piece, the body itself. The last one completes it: the photograph is opened (nonce first, then the cipher; additional
 * data `deviceId/photoId`) and stored for the household like one from a desk. A piece that was stored already is answered
 * like the first time; one that begins beyond what was received is `uploadOutOfOrder` with `received` in the details.
 */
export const syncPhotoPiece = route({
  name: 'sync.photoPiece',
  method: 'PUT',
  path: '/api/sync/photos/:photoId',
  access: 'signed-in',
  effect: 'write',
  subject: 'none',
  body: 'bytes',
  input: z.object({
    ...photoFields,
    province: provinceSchema,
    householdId: idSchema,
    offset: z.coerce.number().int().min(0),
    bytes: z.coerce.number().int().min(1).max(mostBytesPerSealedPhoto),
  }),
  output: z.object({ received: z.number(), complete: z.boolean() }),
})

/** Which households a phone holds: those of these areas that its person may read. */
const holdingSchema = z.object({
  ...deviceFields,
  province: provinceSchema,
  areas: z.array(areaCodeSchema).min(1).max(60),
})

export const syncPull = route({
  name: 'sync.pull',
  method: 'POST',
  path: '/api/sync/pull',
  access: 'household.read',
  effect: 'logged-read',
  subject: 'none',
  isLong: true,
  input: holdingSchema.extend({
    /** From the pull before; null for everything. One that this registry did not give is as null. */
    cursor: z.string().max(200).nullable(),
    /** SHA-256 in hex of the ids that the phone holds, sorted and joined by line ends; null to be told them in any case. */
    held: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    waiting: waitingSchema,
    /** The device's clock now. */
    deviceTime: z.iso.datetime(),
  }),
  output: z.object({
    cursor: z.string(),
    /** Every id that the phone is to hold; null when `held` was right. What else it holds goes, unless something waits for it. */
    present: z.array(z.string()).nullable(),
    /** Ids of `present` that changed since the cursor. */
    changed: z.array(z.string()),
    serverTime: z.string(),
    /** Days without the server after which a phone drops what it holds (never what waits). */
    keepDays: z.number(),
    /** The newest `syncProtocol` that this server understands; one of the first does not say. */
    protocol: z.number().optional(),
  }),
})

/** A household as it stands on a phone: no national ids, the last entries only. */
export const phoneHouseholdSchema = householdRefSchema.extend({
  /** The household's own version, and how many entries its case has: which of two copies is newer. */
  version: z.number(),
  entryCount: z.number(),
  state: z.enum(householdStates),
  place: placeSchema,
  houseNumber: z.string().nullable(),
  headName: z.string().nullable(),
  phone: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  note: z.string().nullable(),
  lists: z.array(z.string()),
  members: z.array(
    z.object({
      id: z.string(),
      order: z.number(),
      title: z.string().nullable(),
      firstName: z.string(),
      lastName: z.string().nullable(),
      relation: z.string().nullable(),
      sex: z.enum(['male', 'female']).nullable(),
      birthDate: z.string().nullable(),
      birthPrecision: z.enum(birthPrecisions).nullable(),
    }),
  ),
  case: caseStateSchema,
  duty: dutySchema,
  /** Newest first, at most `entriesOnPhone`, with every version of them. */
  recent: z.array(entryViewSchema),
})
export type PhoneHousehold = z.infer<typeof phoneHouseholdSchema>

export const syncHouseholds = route({
  name: 'sync.households',
  method: 'POST',
  path: '/api/sync/households',
  access: 'household.read',
  effect: 'logged-read',
  subject: 'none',
  isLong: true,
  input: holdingSchema.extend({ ids: z.array(idSchema).min(1).max(mostHouseholdsAtOnce) }),
  /** `gone`: ids that the phone is not to hold any more. */
  output: z.object({ households: z.array(phoneHouseholdSchema), gone: z.array(z.string()) }),
})

/** What a download would be: told before it begins. */
export const syncEstimate = route({
  name: 'sync.estimate',
  method: 'POST',
  path: '/api/sync/estimate',
  access: 'household.read',
  effect: 'read',
  subject: 'none',
  input: z.object({ province: provinceSchema, areas: z.array(areaCodeSchema).min(1).max(60) }),
  /** Bytes on the wire, about. */
  output: z.object({ households: z.number(), bytes: z.number() }),
})

export const unfiledSchema = z.object({
  itemId: z.string(),
  province: provinceSchema,
  kind: z.enum(['entry', 'household', 'unknown']),
  /** The household that it names, where this person may see it. */
  household: householdRefSchema.nullable(),
  headName: z.string().nullable(),
  areaCode: z.string(),
  by: z.object({ id: z.string(), name: z.string() }),
  savedAt: z.string(),
  receivedAt: z.string(),
  code: z.number(),
  problem: z.string(),
  details: z.record(z.string(), z.unknown()),
  /** As it was sent, where this server understands it. */
  item: phoneItemSchema.nullable(),
})
export type Unfiled = z.infer<typeof unfiledSchema>

/** What came from phones and could not be recorded, of the places that this person answers for; oldest first. */
export const syncUnfiledList = route({
  name: 'sync.unfiledList',
  method: 'GET',
  path: '/api/sync/unfiled',
  access: 'device.read',
  effect: 'logged-read',
  subject: 'none',
  input: z.object({ area: areaCodeSchema.default('') }),
  output: z.object({ items: z.array(unfiledSchema), total: z.number() }),
})

/**
 * `record` tries again, for another household where one is named and with another day where one is given; `setAside` keeps it with
 * the reason and asks nobody any more. Problems: those of recording, notFound, wrongState when somebody decided before.
 *
 * A correction that came second (`correctedMeanwhile`) is recorded over the version that `overVersion` names: the one that
 * counted when the person looked at both. Of another entry it changes nothing; where somebody corrected it once more, the
 * problem stands and the person looks again.
 */
export const syncUnfiledDecide = route({
  name: 'sync.unfiledDecide',
  method: 'POST',
  path: '/api/sync/unfiled/:province/:itemId',
  access: 'device.read',
  effect: 'write',
  subject: 'none',
  beyondWall: true,
  input: z.object({
    province: provinceSchema,
    itemId: idSchema,
    decision: z.enum(['record', 'setAside']),
    householdId: idSchema.nullable().default(null),
    happenedOn: z.iso.date().nullable().default(null),
    overVersion: idSchema.nullable().default(null),
    reason: reasonSchema,
  }),
  output: z.object({ outcome: itemOutcomeSchema.nullable() }),
})

export const syncRoutes = [
  syncPush,
  syncRescue,
  syncPhotoStart,
  syncPhotoPiece,
  syncPull,
  syncHouseholds,
  syncEstimate,
  syncUnfiledList,
  syncUnfiledDecide,
] as const
