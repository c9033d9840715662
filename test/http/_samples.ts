/**
 * Inputs for every route of the contract, made from its own schema: the part that points at something stands inside the
 * person's area, outside it, or at nothing. A new route gets its sample by itself, or fails the access test until it is
 * given one here.
 */
import { z } from 'zod'
import type { Route, Subject } from '../../src/contract/route.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import type { World } from '../_world.ts'

export type Where = 'inside' | 'outside' | 'nonexistent'
type Values = Record<string, unknown>

/** Everybody in the access test holds their role here. */
export const ownArea = '31'

const areas: Record<Where, readonly string[]> = {
  inside: ['31', '3104', '310401', '31040101'],
  outside: ['30', '3001', '300101', '30010101'],
  nonexistent: ['99', '9999', '999999', '99999999'],
}
const village = (where: Where) => areas[where][3]!
const province = (where: Where) => Number(areas[where][0])
const day = '2023-01-15'

/** Rows that samples need once for all. */
export async function prepare(world: World): Promise<void> {
  const rows = (['inside', 'outside'] as const)
    .flatMap((where) => areas[where])
    .map((code) => ({ code, name_th: 'ทดสอบ', name_key: 'ทดสอบ', origin: 'desk' }))
  await world.database.kysely
    .insertInto('area')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

type Builder = (world: World, actor: Actor, where: Where) => Promise<Values>

/** What a route's subject may be called in its input; only the names that the schema knows are sent. */
const builders: Record<Exclude<Subject, 'none' | 'self' | 'area'>, Builder> = {
  household: buildHousehold,
  person: buildPerson,
  centre: buildCentre,
  list: buildList,
  upload: buildUpload,
  batch: buildBatch,
  async row(world, actor, where) {
    const batch = await buildBatch(world, actor, where)
    return { ...batch, rows: [1], rowNumber: 1, row: 1 }
  },
}

/** Routes whose sample the schema alone does not tell. */
const samples: Record<string, (world: World, where: Where) => Promise<Values> | Values> = {
  'people.create': (_world, where) => ({
    username: `u${newId().slice(-12)}`,
    grants: [{ role: 'mentor', place: { kind: 'area', areaCode: areas[where][1] } }],
  }),
  'role.grant': () => ({ role: 'mentor', place: { kind: 'area', areaCode: '3104' } }),
  'team.create': async (world) => ({ centreId: (await buildCentre(world, null, 'inside'))['centreId'] }),
  'list.create': () => ({ code: `test-${newId().slice(-12)}` }),
  'list.setDenominator': () => ({ code: 'tpmap-2565' }),
  async 'list.removeDenominator'(world, where) {
    if (where === 'inside') {
      const stated = { households: 1, document: 'ก', entered_at: new Date() }
      const figure = { list_code: 'tpmap-2565', area_code: areas.inside[0]!, as_of: day, ...stated }
      await world.database.kysely
        .insertInto('list_denominator')
        .values(figure)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    return { code: 'tpmap-2565' }
  },
  // Everybody may read centres anywhere, so the route points at no place; but the centre must be there.
  'centre.show': (world) => buildCentre(world, null, 'inside').then(({ id }) => ({ id })),
  'rule.show': () => ({ version: 0 }),
  // Everybody's item, which the person's own province may take over.
  'catalogue.change': () => ({ code: 'elder-house', of: '2022-10-01', validFrom: '2022-10-01', validTo: null }),
  'catalogue.end': () => ({ code: 'elder-house', of: '2022-10-01', validTo: null }),
  'import.create': () => ({ areaCode: '31', listCode: 'tpmap-2565' }),
  'upload.append': () => ({ offset: 0, bytes: new Uint8Array([1, 2, 3]) }),
  'photo.add': () => ({ bytes: new Uint8Array([0xff, 0xd8, 0xff]) }),
  async 'photo.show'(world, where) {
    const household = await buildHousehold(world, { userId: newId() }, where)
    const photoId = newId()
    if (where !== 'nonexistent') {
      const photo = { province_code: province(where), id: photoId, household_id: String(household['id']) }
      await world.database.kysely
        .insertInto('photo')
        .values({
          ...photo,
          area_code: village(where),
          bytes: 3,
          sha256: Buffer.alloc(32),
          account_id: newId(),
          created_at: new Date(),
        })
        .execute()
    }
    return { id: household['id'], province: household['province'], photoId }
  },
  'centre.setCoverage': () => ({ areas: [] }),
  async 'sync.unfiledDecide'(world, where) {
    const [device, person] = [newId(), await buildPerson(world, null, where)]
    const item = { province_code: province(where), id: newId(), area_code: village(where), device_id: device }
    const now = new Date()
    await world.database.kysely
      .insertInto('unfiled_item')
      .values({
        ...{ ...item, account_id: String(person['personId']), kind: 'unknown', saved_at: now, received_at: now },
        ...{ problem: 'notUnderstood', digest: Buffer.alloc(32), protocol: 1 },
      })
      .execute()
    return { province: areas[where][0], itemId: item.id, decision: 'setAside' }
  },
  async 'hold.end'(world, where) {
    const id = newId()
    if (where === 'nonexistent') return { id }
    await world.database.kysely
      .insertInto('duty_hold')
      .values({
        province_code: province(where),
        id,
        area_code: areas[where][0]!,
        from_on: day,
        until_on: '2999-12-31',
        reason: 'น้ำท่วม',
        account_id: newId(),
        created_at: new Date(),
      })
      .execute()
    return { id }
  },
}

/** @throws Error naming the route when no valid input can be made */
export async function sampleFor(world: World, route: Route, actor: Actor, where: Where): Promise<Values> {
  const schema = z.toJSONSchema(route.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const known = Object.keys(schema.properties ?? {})
  const subject = await subjectValues(world, route, actor, where, known)
  const own = (await samples[route.name]?.(world, where)) ?? {}
  const input = { ...(made(schema) as Values), ...subject, ...own }
  // The body of a route that takes bytes stands beside its input.
  const checked = Object.fromEntries(Object.entries(input).filter(([, value]) => !(value instanceof Uint8Array)))
  const parsed = route.input.safeParse(checked)
  if (!parsed.success) {
    throw new Error(`Give ${route.name} a sample in test/http/_samples.ts: ${z.prettifyError(parsed.error)}`)
  }
  return input
}

async function subjectValues(
  world: World,
  route: Route,
  actor: Actor,
  where: Where,
  known: readonly string[],
): Promise<Values> {
  if (route.subject === 'none' || route.subject === 'self') return {}
  if (route.subject === 'area') {
    const name = known.find((one) => one === 'areaCode' || one === 'area')
    if (name === undefined) {
      if (samples[route.name]) return {}
      throw new Error(`${route.name} points at an area, but its input has neither area nor areaCode`)
    }
    const field = (route.input as z.ZodObject).shape[name] as z.ZodType
    const code = areas[where].find((one) => field.safeParse(one).success)
    if (code === undefined) throw new Error(`${route.name} takes no area that the access test knows`)
    return { [name]: code }
  }
  const all = await builders[route.subject](world, actor, where)
  const fitting = Object.entries(all).filter(([name]) => known.includes(name))
  if (fitting.length === 0) {
    throw new Error(`${route.name} points at a ${route.subject}, but its input has none of: ${Object.keys(all).join()}`)
  }
  return Object.fromEntries(fitting)
}

async function buildHousehold(world: World, actor: Pick<Actor, 'userId'>, where: Where): Promise<Values> {
  const [id, otherId, memberId, mergeId] = [newId(), newId(), newId(), newId()]
  const code = String(province(where)).padStart(2, '0')
  const values = { id, householdId: id, province: code, provinceCode: code, otherId, memberId, mergeId }
  if (where === 'nonexistent') return { ...values, province: '31', provinceCode: '31' }
  const now = new Date()
  const common = { province_code: province(where), area_code: village(where), created_at: now, updated_at: now }
  const { kysely } = world.database
  await kysely
    .insertInto('household')
    .values([id, otherId].map((one) => ({ id: one, as_of: day, ...common })))
    .execute()
  const nationalId = '9310400000013'
  await kysely
    .insertInto('member')
    .values({
      id: memberId,
      household_id: id,
      position: 1,
      first_name: 'สมชาย',
      name_key: 'สมชาย',
      national_id_hash: world.deps.secrets.hashNationalId(nationalId),
      national_id_cipher: world.deps.secrets.encryptNationalId(nationalId),
      ...common,
    })
    .execute()
  const merged = newId()
  await kysely
    .insertInto('household')
    .values({ id: merged, as_of: day, state: 'merged', merged_into: id, ...common })
    .execute()
  await kysely
    .insertInto('household_merge')
    .values({
      province_code: province(where),
      id: mergeId,
      kept_id: id,
      merged_id: merged,
      moved: '{}',
      account_id: actor.userId,
      at: now,
    })
    .execute()
  return values
}

/** Somebody who holds the lowest role there, so that the level of roles decides nothing. */
async function buildPerson(world: World, _actor: Actor | null, where: Where): Promise<Values> {
  const [personId, grantId] = [newId(), newId()]
  if (where === 'nonexistent') return { personId, grantId }
  const { kysely } = world.database
  await kysely
    .insertInto('account')
    .values({ id: personId, name: 'ก', email: `${personId}@example.invalid`, username: `p${personId.slice(-12)}` })
    .execute()
  await kysely
    .insertInto('role_grant')
    .values({ id: grantId, account_id: personId, role: 'mentor', area_code: areas[where][2]!, valid_from: day })
    .execute()
  return { personId, grantId }
}

async function buildCentre(world: World, _actor: Actor | null, where: Where): Promise<Values> {
  const id = newId()
  const values = { id, centreId: id, code: `TOWN-${id.slice(-8)}` }
  if (where === 'nonexistent') return values
  await world.database.kysely
    .insertInto('centre')
    .values({
      id,
      code: values.code,
      kind: 'town',
      name_th: 'ศูนย์ทดสอบ',
      short_name_th: 'ศจพ.ทดสอบ',
      name_en: 'Test',
      province_code: province(where),
      area_code: areas[where][0]!,
    })
    .execute()
  return values
}

async function buildList(world: World, _actor: Actor, where: Where): Promise<Values> {
  const code = `sample-${newId().slice(-12)}`
  const values = { code, list: code, listCode: code }
  if (where === 'nonexistent') return values
  await world.database.kysely
    .insertInto('target_list')
    .values({
      code,
      name_th: 'ทดสอบ',
      name_en: 'Test',
      list_date: day,
      document: 'ทดสอบ',
      position: 99,
      province_code: province(where),
    })
    .execute()
  return values
}

/** An upload is its owner's: outside means somebody else's. */
async function buildUpload(world: World, actor: Actor, where: Where): Promise<Values> {
  const id = newId()
  if (where === 'nonexistent') return { uploadId: id }
  const owner = where === 'inside' ? actor.userId : String((await buildPerson(world, null, 'outside'))['personId'])
  await world.database.kysely
    .insertInto('upload')
    .values({ id, account_id: owner, file_name: 'list.csv', size: 3, created_at: new Date() })
    .execute()
  await world.deps.uploads.create(id)
  return { uploadId: id }
}

async function buildBatch(world: World, actor: Actor, where: Where): Promise<Values> {
  const id = newId()
  if (where === 'nonexistent') return { batchId: id }
  const owner = String((await buildPerson(world, null, where))['personId'])
  const upload = await buildUpload(world, { ...actor, userId: owner }, 'inside')
  const now = new Date()
  const { kysely } = world.database
  await kysely
    .insertInto('import_batch')
    .values({
      id,
      upload_id: String(upload['uploadId']),
      list_code: 'tpmap-2565',
      list_date: day,
      area_code: areas[where][0]!,
      file_name: 'list.csv',
      file_digest: id,
      state: 'reviewing',
      account_id: owner,
      created_at: now,
      updated_at: now,
    })
    .execute()
  const place = { province_code: province(where), batch_id: id, row_number: 1, area_code: village(where) }
  await kysely
    .insertInto('source_row')
    .values({ ...place, leader_row: 1 })
    .execute()
  await kysely
    .insertInto('row_verdict')
    .values({ ...place, verdict: 'conflict', reason: 'nationalId' })
    .execute()
  return { batchId: id }
}

interface JsonSchema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  minItems?: number
  minimum?: number
  minLength?: number
  format?: string
  pattern?: string
}

const texts = [
  ...['31', '31040101', '310401', '3104', '123456', 'somchai1', 'test-list', '9310400000013', '0'.repeat(64)],
  // A key of 32 bytes, and a moment.
  ...[`${'A'.repeat(43)}=`, '2023-01-15T03:00:00Z'],
]

/** The least value that a schema takes: only what is required, null where it may be null. */
function made(schema: JsonSchema): unknown {
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return choices.some((one) => one.type === 'null') ? null : made(choices[0]!)
  if (schema.type === 'object') {
    const entries = (schema.required ?? []).map((name) => [name, made(schema.properties?.[name] ?? {})])
    return Object.fromEntries(entries)
  }
  if (schema.type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => made(schema.items ?? {}))
  if (schema.type === 'integer' || schema.type === 'number') {
    return schema.minimum !== undefined && schema.minimum > -1e9 ? Math.max(1, schema.minimum) : 1
  }
  if (schema.type === 'boolean') return true
  if (schema.format === 'uuid') return newId()
  if (schema.format === 'date') return day
  if (schema.format === 'email') return 'somebody@example.invalid'
  const pattern = schema.pattern ?? schema.allOf?.find((one) => one.pattern)?.pattern
  if (pattern !== undefined) return texts.find((text) => new RegExp(pattern, 'u').test(text)) ?? ''
  return 'ทดสอบระบบ'.padEnd(schema.minLength ?? 0, 'ก')
}
